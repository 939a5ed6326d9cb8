import type { Entry } from '../danger/rule';
import type { Range } from '../schema/build/read-items';
import type { Tokens } from '../statement/tokens';
import type { Hit, HitEdit, Look } from './rule';

/** The end of the token at a place. */
export function endOf(tokens: Tokens, at: number): number {
  return tokens.start(at) + tokens.raw(at).length;
}

/** A hit on tokens of a statement, from the first to the last of them. */
export function hitAt({ index, tokens }: Entry, from: number, to: number, argument: string, edits?: HitEdit[]): Hit {
  const range = { start: tokens.start(from), end: endOf(tokens, to) };
  return { index, ...range, argument, ...(edits ? { edits } : {}) };
}

/** Takes tokens out with the blanks before them. */
export function without(tokens: Tokens, from: number, to: number): HitEdit[] {
  return [{ start: from === 0 ? 0 : endOf(tokens, from - 1), end: endOf(tokens, to), text: '' }];
}

/** The hits of a test that looks at each statement by itself. */
export function eachEntry(look: Look, hits: (entry: Entry) => readonly Hit[] | Hit | undefined): Hit[] {
  return look.entries.flatMap((entry) => hits(entry) ?? []);
}

/** Behind `IF [NOT] EXISTS`, which may stand at a place. */
export function skipIf(tokens: Tokens, at: number): number {
  if (tokens.matches(at, 'if', 'not', 'exists')) return at + 3;
  return tokens.matches(at, 'if', 'exists') ? at + 2 : at;
}

/** Tokens as they stand, with one blank between each two. */
export function rawOf(tokens: Tokens, { from, to }: Range): string {
  return Array.from({ length: to - from }, (_, at) => tokens.raw(from + at)).join(' ');
}

/** A name as written, without its quotes. */
export function written(tokens: Tokens, at: number): string {
  const raw = tokens.raw(at);
  return tokens.kind(at) === 'name' ? raw.slice(1, -1) : raw;
}
