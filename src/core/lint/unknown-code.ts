import type { Script } from '../script/script';

/** A slip in a code would silence nothing, and nobody would know. */
export const unknownCode = {
  code: 'KM434',
  summary: 'Names a code in lint-ignore that there isn’t.',
  severity: 'note',
} as const;

export interface UnknownCode {
  readonly code: string;
  /** Offset into the file. */
  readonly start: number;
}

/** The codes of `lint-ignore` directives that are not among the known ones, where they stand. */
export function unknownCodes(text: string, script: Script, known: ReadonlySet<string>): UnknownCode[] {
  const sections = [script.up, ...(script.down ? [script.down] : [])];
  const used = new Set([
    ...script.ignores,
    ...sections.flatMap(({ statements }) => statements.flatMap((one) => one.ignores)),
  ]);
  const wrong = new Set([...used].filter((code) => !known.has(code)));
  if (wrong.size === 0) return [];
  const found: UnknownCode[] = [];
  for (const line of text.matchAll(/^[^\S\n\r]*(?:--|\/\/)[^\S\n\r]*lint-ignore\b[^\S\n\r]*:?([^\n\r]*)/gim)) {
    const list = line[1] ?? '';
    const start = line.index + line[0].length - list.length;
    for (const code of list.matchAll(/[\w.-]+/g)) {
      if (wrong.has(code[0])) found.push({ code: code[0], start: start + code.index });
    }
  }
  return found;
}
