import type { Params } from '../errors';
import { en } from './en';
import { fill } from './fill';

/** How a face turns a key of the table into a sentence of its user's language. */
export type Translate = (key: string, params?: Params) => string;

/** For what is written in English whoever reads it: the log, and files that travel. */
export const english: Translate = (key, params = {}) => {
  const table: Readonly<Record<string, string>> = en;
  return fill(table[key] ?? key, params, (inner) => table[inner] ?? inner);
};
