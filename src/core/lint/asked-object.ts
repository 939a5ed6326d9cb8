import { sqlKey, sqlKeyParts, writeSqlName } from '../dialect/sql-names';
import { tableKey } from '../loss/lost';
import type { Range } from '../schema/build/read-items';
import type { InSqlSchema, Schema } from '../schema/model';
import { sqlName } from '../statement/sql-names';
import { type Tokens, tokenize } from '../statement/tokens';
import { endOf } from './spots';

/** `CREATE … IF NOT EXISTS` of something whose text DuckDB keeps in words of its own. */
export interface AskedObject {
  readonly kind: 'view' | 'macro' | 'type' | 'index';
  /** The key that the engine finds it by. */
  readonly name: string;
  /** Of the last part of its name. */
  readonly nameAt: number;
  /** Where its schema stands, up to the dot behind it: before its name, of an index before that of its table. */
  readonly schema: Range;
}

/** The name under which the engine is asked to make it once more, so that both can be compared in its own words. */
export const PROBE = 'kuzu_migrate_asked';

/** @source measured on DuckDB 1.5.5: these take IF NOT EXISTS besides tables and sequences; in Kùzu 0.11.3 none does */
export function askedObject(tokens: Tokens): AskedObject | undefined {
  if (tokens.word(0) !== 'create') return undefined;
  const at = tokens.word(1) === 'unique' ? 2 : 1;
  const word = tokens.word(at);
  const kind = word === 'function' ? 'macro' : word;
  if (kind !== 'view' && kind !== 'macro' && kind !== 'type' && kind !== 'index') return undefined;
  if (!tokens.matches(at + 1, 'if', 'not', 'exists')) return undefined;
  const { name, end } = sqlName(tokens, at + 4);
  if (name === '') return undefined;
  const nameAt = end - 1;
  if (kind !== 'index') return { kind, name, nameAt, schema: { from: at + 4, to: nameAt } };
  const table = sqlName(tokens, end + 1);
  const key = sqlKey([...sqlKeyParts(table.name).slice(0, -1), ...sqlKeyParts(name)]);
  return { kind, name: key, nameAt, schema: { from: end + 1, to: table.end - 1 } };
}

/** The statement that makes the same under another name, and the one that takes that away. */
export function probeStatements(text: string, tokens: Tokens, asked: AskedObject): [string, string] {
  const { kind, nameAt } = asked;
  const { from, to } = asked.schema;
  const schema = text.slice(tokens.start(from), tokens.start(to));
  const condition = tokens.start(tokens.word(1) === 'unique' ? 3 : 2);
  const place = kind === 'index' ? '' : schema;
  const make = `${text.slice(0, condition)}${place}${PROBE}${text.slice(endOf(tokens, nameAt))}`;
  return [make, `DROP ${kind.toUpperCase()} ${schema}${PROBE}`];
}

export function isThere(asked: AskedObject, before: Schema): boolean {
  return definitions(before, asked.kind).some(({ key }) => key === asked.name);
}

/** What is there under the name, where it isn't what the engine has made of the statement; else undefined. */
export function otherObject(asked: AskedObject, before: Schema, made: Schema): string | undefined {
  const there = definitions(before, asked.kind).find(({ key }) => key === asked.name);
  const probe = definitions(made, asked.kind).find(({ key }) => sqlKeyParts(key).at(-1) === PROBE);
  if (!there || !probe || there.rest === probe.rest) return undefined;
  return insteadText(there.text);
}

/** A nested text that shows the definition of what is there. */
export function insteadText(definition: string): string {
  return `@lint.shape.instead:${definition.replaceAll(/\s+/g, ' ')}`;
}

interface Definition {
  readonly key: string;
  readonly text: string;
  /** Without its name, and names as the engine finds them. */
  readonly rest: string;
}

function definitions(schema: Schema, kind: AskedObject['kind']): Definition[] {
  const keyed = <T extends InSqlSchema & { readonly name: string }>(
    objects: readonly T[],
    text: (one: T) => string,
  ): Definition[] =>
    objects.map((one) => ({ key: tableKey(one), text: text(one), rest: withoutName(text(one), kind) }));
  switch (kind) {
    case 'view':
      return keyed(schema.views ?? [], ({ definition }) => definition);
    case 'index':
      return keyed(schema.indexes, ({ definition }) => definition);
    case 'type':
      return keyed(schema.types, ({ name, definition }) => `TYPE ${writeSqlName(name)} AS ${definition}`);
    case 'macro':
      return keyed(
        schema.macros,
        ({ name, parameters, body }) => `MACRO ${writeSqlName(name)}(${parameters}) AS ${body}`,
      );
  }
}

function withoutName(definition: string, kind: AskedObject['kind']): string {
  const tokens = tokenize(definition, 'sql');
  let at = 0;
  while (at < tokens.length && tokens.word(at) !== kind) at++;
  const { end } = sqlName(tokens, at + 1);
  const words = Array.from({ length: tokens.length }, (_, place) => tokens.name(place) || tokens.raw(place));
  return [...words.slice(0, at), ...words.slice(end)].join(' ');
}
