import { foldName } from '../dialect/kuzu-names';
import { behindNeeds } from './dependencies';
import type { Macro, Schema, SqlTable, View } from './model';
import { joinNames, keyOf, sortByName } from './order';
import { constraintText, sqlColumnText } from './sql-statements';
import { sqlTokens } from './sql-tokens';

/** What DuckDB binds when it is made, so that it needs what it mentions to be there. */
export type SqlObject =
  | { readonly kind: 'macro'; readonly item: Macro }
  | { readonly kind: 'table'; readonly item: SqlTable }
  | { readonly kind: 'view'; readonly item: View };

/**
 * Macros, tables and views in an order in which they can be made: by kind and name, each behind those that it mentions.
 * Types and sequences need nothing of these (a type's definition has others written out), indexes everything.
 */
export function sqlOrder(schema: Schema): SqlObject[] {
  const { objects, needed } = sqlNeeds(schema);
  return behindNeeds(objects, needed);
}

/** The same objects by kind and name, and which of them each mentions. */
export function sqlNeeds(schema: Schema): {
  readonly objects: readonly SqlObject[];
  readonly needed: (object: SqlObject) => readonly SqlObject[];
} {
  const objects: SqlObject[] = [
    ...sortByName(schema.macros, keyOf).map((item) => ({ kind: 'macro' as const, item })),
    ...sortByName(
      schema.tables.flatMap((table) => (table.kind === 'table' ? [table] : [])),
      keyOf,
    ).map((item) => ({ kind: 'table' as const, item })),
    ...sortByName(schema.views ?? [], keyOf).map((item) => ({ kind: 'view' as const, item })),
  ];
  const byName = new Map<string, SqlObject[]>();
  const add = (name: string, object: SqlObject) => {
    const key = foldName(name);
    byName.set(key, [...(byName.get(key) ?? []), object]);
  };
  for (const object of objects) {
    add(object.item.name, object);
    add(keyOf({ schema: 'main', ...object.item }), object);
  }
  const schemas = new Set(objects.map(({ item }) => foldName(item.schema ?? 'main')));
  const needed = (object: SqlObject) =>
    mentions(object, schemas).flatMap(({ name, isCall }) =>
      (byName.get(foldName(name)) ?? []).filter((other) => other !== object && mayNeed(object, other, isCall)),
    );
  return { objects, needed };
}

/** A table needs macros, which it calls, and the tables of its foreign keys; the others may need anything. */
function mayNeed(object: SqlObject, other: SqlObject, isCall: boolean): boolean {
  if (other.kind === 'macro') return isCall;
  if (object.kind === 'table') return other.kind === 'table' && !isCall;
  return true;
}

interface Mention {
  /** Alone, or joined with its schema. */
  readonly name: string;
  readonly isCall: boolean;
}

function mentions(object: SqlObject, schemas: ReadonlySet<string>): Mention[] {
  switch (object.kind) {
    case 'table': {
      const { columns, constraints } = object.item;
      const keys = constraints.flatMap((one) =>
        one.kind === 'foreign-key' ? [{ name: joinNames(one.schema, one.table), isCall: false }] : [],
      );
      const texts = [...columns.map(sqlColumnText), ...constraints.map(constraintText)];
      return [...keys, ...texts.flatMap((text) => namesIn(text, schemas)).filter(({ isCall }) => isCall)];
    }
    case 'macro': {
      const own = new Set(sqlTokens(object.item.parameters).map(({ text }) => foldName(text)));
      const text = `${object.item.parameters}, ${object.item.body}`;
      return namesIn(text, schemas).filter(({ name, isCall }) => isCall || !own.has(foldName(name)));
    }
    case 'view':
      return namesIn(object.item.definition, schemas);
  }
}

/** Names that may be those of objects: no aliases behind AS, no columns behind a table's name. */
function namesIn(text: string, schemas: ReadonlySet<string>): Mention[] {
  const tokens = sqlTokens(text);
  return tokens.flatMap((token, at) => {
    if (token.kind !== 'name') return [];
    const [before, dot] = [tokens[at - 2], tokens[at - 1]];
    if (dot?.kind === 'name' && dot.text === 'AS') return [];
    const isCall = tokens[at + 1]?.text === '(' && tokens[at + 1]?.kind === 'other';
    if (dot?.kind !== 'other' || dot.text !== '.') return [{ name: token.text, isCall }];
    return before && schemas.has(foldName(before.text)) ? [{ name: joinNames(before.text, token.text), isCall }] : [];
  });
}
