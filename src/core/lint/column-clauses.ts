import type { Range } from '../schema/build/read-items';
import { behindBracket } from '../statement/shape';
import type { Tokens } from '../statement/tokens';

/** What stands behind the type of a column. */
export interface ColumnClauses {
  /** `null` where it says DEFAULT NULL, or nothing. */
  readonly default: Range | null;
  readonly notNull: boolean;
  readonly unique: boolean;
  readonly generated: boolean;
  readonly checks: number;
  /** The place of the table behind REFERENCES. */
  readonly references?: number;
}

/** Reads from behind the type to the end of the item; of both dialects. */
export function columnClauses(tokens: Tokens, { from, to }: Range): ColumnClauses {
  const found = { default: null as Range | null, notNull: false, unique: false, generated: false, checks: 0 };
  let references: number | undefined;
  for (let at = from; at < to; ) {
    const word = tokens.word(at);
    if (word === 'default') {
      const end = expressionEnd(tokens, at + 1, to);
      const isNull = end === at + 2 && tokens.word(at + 1) === 'null';
      found.default = isNull ? null : { from: at + 1, to: end };
      at = end;
      continue;
    }
    if (tokens.matches(at, 'not', 'null')) found.notNull = true;
    if (word === 'unique') found.unique = true;
    if (word === 'generated' || word === 'as') found.generated = true;
    if (word === 'check') found.checks++;
    if (word === 'references') references = at + 1;
    at = word === '(' ? behindBracket(tokens, at) : at + 1;
  }
  return { ...found, ...(references === undefined ? {} : { references }) };
}

const NEXT = new Set(['primary', 'not', 'unique', 'references', 'check', 'collate', 'constraint', 'generated']);

function expressionEnd(tokens: Tokens, from: number, to: number): number {
  let at = from;
  while (at < to && (at === from || !NEXT.has(tokens.word(at)))) {
    at = ['(', '[', '{'].includes(tokens.word(at)) ? behindBracket(tokens, at) : at + 1;
  }
  return Math.min(at, to);
}

/**
 * Whether two defaults are surely different: one is none, or both are plain literals of unlike values. The engines write
 * every other expression in words of their own.
 */
export function defaultsDiffer(asked: string | undefined, there: string | undefined): boolean {
  const [a, b] = [asked, there].map((text) => (text === undefined || /^null$/i.test(text) ? null : literal(text)));
  if (a === null || b === null) return a !== b;
  return a !== undefined && b !== undefined && a !== b;
}

function literal(text: string): string | undefined {
  const plain = text.trim();
  if (/^[+-]?\s*\d+(?:\.\d*)?$/.test(plain)) return `number ${Number(plain.replace(/\s/g, ''))}`;
  const string = /^'((?:[^'\\]|'')*)'$/.exec(plain) ?? /^"([^"\\]*)"$/.exec(plain);
  return string ? `string ${(string[1] ?? '').replaceAll("''", "'")}` : undefined;
}
