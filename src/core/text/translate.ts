import type { Params } from '../errors';
import { en } from './en';
import { fill } from './fill';
import { ja } from './ja';

export type Language = 'en' | 'ja';

/** `ja_JP.UTF-8` and `ja` are Japanese; everything else reads English. */
export function languageOf(locale: string | undefined): Language {
  return locale?.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}

/** A text in a language with its parameters filled in; for the command line, which carries both tables. */
export function translate(language: Language, key: string, params: Params = {}): string {
  const table: Readonly<Record<string, string>> = language === 'ja' ? ja : en;
  return fill(table[key] ?? key, params, (inner) => table[inner] ?? inner);
}
