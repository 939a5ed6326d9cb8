/** The tokens of SQL in the engine's own words: its catalog has no comments and no dollar quotes. */

/** A name in quotes (unquoted here), a word, a string, or one other character. */
export interface SqlToken {
  readonly kind: 'name' | 'string' | 'other';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN = /"((?:[^"]|"")*)"|('(?:[^']|'')*')|([\p{L}_][\p{L}\p{N}_$]*)|(\d[\w.]*)|(\S)/gu;

export function sqlTokens(text: string): SqlToken[] {
  return [...text.matchAll(TOKEN)].map((match) => {
    const [whole, quoted, string, word] = match;
    const name = quoted === undefined ? word : quoted.replaceAll('""', '"');
    const kind = name !== undefined ? 'name' : string !== undefined ? 'string' : 'other';
    return { kind, text: name ?? whole, start: match.index, end: match.index + whole.length };
  });
}

/** Where the item that starts at `from` ends: at the next comma or closing bracket outside of brackets and strings. */
export function itemEnd(text: string, from: number): number {
  let depth = 0;
  for (const token of sqlTokens(text.slice(from))) {
    if (token.kind !== 'other') continue;
    if ('([{'.includes(token.text)) depth++;
    else if (depth === 0 && ',)]}'.includes(token.text)) return from + token.start;
    else if (')]}'.includes(token.text)) depth--;
  }
  return text.length;
}

/** Where the first bracket stands that is no part of a name or a string; the text's length where there is none. */
export function firstBracket(text: string): number {
  return sqlTokens(text).find((token) => token.kind === 'other' && token.text === '(')?.start ?? text.length;
}
