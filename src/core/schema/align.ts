import { foldName } from '../dialect/kuzu-names';
import type { Column, Connection, Schema, Table } from './model';
import { indexByName, joinNames } from './order';

/**
 * The same schema in the spelling and order of an older one: what both have stands as it stood there, new things behind
 * it. Printed side by side, only real differences show.
 */
export function alignSchema(schema: Schema, older: Schema): Schema {
  const tables = indexByName(older.tables, (table) => table.name);
  const respell = <T extends { readonly name: string }>(items: readonly T[], olderItems: readonly T[]): T[] => {
    const known = indexByName(olderItems, (item) => item.name);
    return items.map((item) => withName(item, known.get(foldName(item.name))?.name));
  };
  return {
    tables: schema.tables.map((table) => alignTable(table, tables.get(foldName(table.name)))),
    sequences: respell(schema.sequences, older.sequences),
    macros: respell(schema.macros, older.macros),
    types: respell(schema.types, older.types),
    indexes: schema.indexes,
  };
}

/** One table in the spelling and order of its older self; a table that was of the other kind only takes its name. */
export function alignTable(table: Table, older: Table | undefined): Table {
  if (!older || older === table) return table;
  if (table.kind === 'node') {
    if (older.kind !== 'node') return withName(table, older.name);
    return { ...table, name: older.name, columns: alignColumns(table.columns, older.columns) };
  }
  if (older.kind !== 'rel') return withName(table, older.name);
  return {
    ...table,
    name: older.name,
    columns: alignColumns(table.columns, older.columns),
    connections: alignItems(table.connections, older.connections, connectionKey, (_, old) => old),
  };
}

function alignColumns(columns: readonly Column[], older: readonly Column[]): readonly Column[] {
  return alignItems(
    columns,
    older,
    (column) => column.name,
    (column, old) => withName(column, old.name),
  );
}

function alignItems<T>(
  items: readonly T[],
  older: readonly T[],
  key: (item: T) => string,
  respell: (item: T, old: T) => T,
): readonly T[] {
  const inPlace = items.length >= older.length && older.every((old, i) => items[i] && key(old) === key(items[i]));
  if (inPlace) return items;
  const left = indexByName(items, key);
  const shared: T[] = [];
  for (const old of older) {
    const name = foldName(key(old));
    const item = left.get(name);
    if (item === undefined) continue;
    shared.push(respell(item, old));
    left.delete(name);
  }
  return [...shared, ...left.values()];
}

function withName<T extends { readonly name: string }>(item: T, name: string | undefined): T {
  return name === undefined || name === item.name ? item : { ...item, name };
}

function connectionKey(connection: Connection): string {
  return joinNames(connection.from, connection.to);
}
