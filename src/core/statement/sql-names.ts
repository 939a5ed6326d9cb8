import { sqlKey } from '../dialect/sql-names';
import type { Tokens } from './tokens';

export interface Named {
  /** See `sqlKey`. */
  readonly name: string;
  /** The place behind it. */
  readonly end: number;
}

/** A name with its parts, as DuckDB finds it: `Db.main."T"` is `db.t`. Empty where no name stands. */
export function sqlName(tokens: Tokens, at: number): Named {
  const parts: string[] = [];
  let end = at;
  while (tokens.name(end) !== '') {
    parts.push(tokens.name(end));
    end++;
    if (tokens.word(end) !== '.') break;
    end++;
  }
  return { name: sqlKey(parts), end };
}

/** Behind `IF [NOT] EXISTS`, which may stand at a place. */
export function skipIfExists(tokens: Tokens, at: number): number {
  if (tokens.matches(at, 'if', 'not', 'exists')) return at + 3;
  return tokens.matches(at, 'if', 'exists') ? at + 2 : at;
}
