import type { Dialect } from '../dialect/dialect';
import type { SchemaObject } from './definition';

const PART = '(?:`[^`]+`|"(?:[^"]|"")+"|[\\p{L}_][\\p{L}\\p{N}_]*)';

/** Names with dots between, as `app."User".mail`; in backquotes or double quotes as they are written. */
export const NAME_PATH = new RegExp(`${PART}(?:\\s*\\.\\s*${PART})*`, 'u');

/**
 * What a name in a script may be that of, the likeliest first. In SQL what stands before a name may be its schema, and a
 * schema stands for what it is written before; a name behind a dot is never one without a schema.
 * @param path as {@link NAME_PATH} finds it
 * @param offset of the place that is asked about, in the path
 */
export function objectsAt(path: string, offset: number, dialect: Dialect): SchemaObject[] {
  const parts = [...path.matchAll(new RegExp(PART, 'gu'))];
  const at = parts.findIndex(({ index, 0: { length } }) => offset >= index && offset <= index + length);
  const name = (index: number) => unquoted(parts[index]?.[0] ?? '');
  if (at < 0) return [];
  if (dialect === 'cypher') return [{ kind: 'any', name: name(at) }];
  const pair = (first: number): SchemaObject[] =>
    first < 0 || first + 1 >= parts.length ? [] : [{ kind: 'any', sqlSchema: name(first), name: name(first + 1) }];
  return [...pair(at - 1), ...pair(at), ...(at === 0 ? [{ kind: 'any' as const, name: name(0) }] : [])];
}

function unquoted(written: string): string {
  if (written.startsWith('`')) return written.slice(1, -1);
  return written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
}
