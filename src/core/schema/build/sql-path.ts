import { sqlKey } from '../../dialect/sql-names';
import type { Tokens } from '../../statement/tokens';
import type { Definition, NameSpace, Need } from './types';

/** A name with its parts, folded, without `main` in front: a name without a schema means the same. */
export interface Path {
  readonly parts: readonly string[];
  /** As written. */
  readonly shown: string;
  /** The place behind it. */
  readonly end: number;
}

export function pathAt(tokens: Tokens, at: number): Path {
  const parts: string[] = [];
  const words: string[] = [];
  let end = at;
  while (tokens.name(end) !== '') {
    parts.push(tokens.name(end));
    words.push(tokens.raw(end));
    end++;
    if (tokens.word(end) !== '.') break;
    end++;
  }
  if (parts.length > 1 && parts[0] === 'main') parts.shift();
  return { parts, shown: words.join('.'), end };
}

/** The schema of an object's path; empty for `main`. */
export function schemaOf({ parts }: Path): string {
  return parts.length > 1 ? (parts.at(-2) ?? '') : '';
}

export function define(space: NameSpace, { parts, shown }: Path): Definition {
  return { space, name: sqlKey(parts), shown };
}

/** A need by a name that stands at a place; a name without a schema is looked for in that of its object, too. */
export function needOf(
  tokens: Tokens,
  at: number,
  path: Path,
  {
    schema,
    spaces,
    how,
  }: { readonly schema: string; readonly spaces: readonly NameSpace[]; readonly how: Need['how'] },
): Need {
  const name = sqlKey(path.parts);
  const names = path.parts.length === 1 && schema !== '' ? [sqlKey([schema, ...path.parts]), name] : [name];
  // The parts of a longer name may be those of another database, which only the engine can tell.
  return { spaces, names, shown: path.shown, at: tokens.start(at), how: path.parts.length > 2 ? 'maybe' : how };
}

const BUILT_IN_SCHEMAS = new Set(['main', 'temp', 'information_schema', 'pg_catalog']);

/** The schema that an object with such a name needs. */
export function schemaNeed(tokens: Tokens, at: number, path: Path): Need[] {
  const schema = schemaOf(path);
  if (path.parts.length !== 2 || BUILT_IN_SCHEMAS.has(schema)) return [];
  return [{ spaces: ['schema'], names: [schema], shown: tokens.raw(at), at: tokens.start(at), how: 'must' }];
}
