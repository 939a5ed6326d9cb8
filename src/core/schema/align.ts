import { foldName } from '../dialect/kuzu-names';
import type { Column, Connection, Schema, Sequence, SqlConstraint, Table } from './model';
import { indexByName, joinNames, keyOf } from './order';
import { constraintText } from './sql-statements';

interface Named {
  readonly name: string;
  readonly schema?: string;
}

/**
 * The same schema in the spelling and order of an older one: what both have stands as it stood there, new things behind
 * it. Printed side by side, only real differences show.
 */
export function alignSchema(schema: Schema, older: Schema): Schema {
  const tables = indexByName(older.tables, keyOf);
  const respell = <T extends Named>(items: readonly T[], olderItems: readonly T[]): T[] => {
    const known = indexByName(olderItems, keyOf);
    return items.map((item) => withName(item, known.get(foldName(keyOf(item)))?.name));
  };
  return {
    tables: schema.tables.map((table) => alignTable(table, tables.get(foldName(keyOf(table))))),
    sequences: respell(schema.sequences, older.sequences).map((sequence) => withStart(sequence, older.sequences)),
    macros: respell(schema.macros, older.macros),
    types: respell(schema.types, older.types),
    indexes: schema.indexes,
    // Their definitions are whole statements, with the name inside.
    ...(schema.views === undefined ? {} : { views: schema.views }),
    ...(schema.schemas === undefined ? {} : { schemas: schema.schemas }),
  };
}

/** One table in the spelling and order of its older self; a table that was of the other kind only takes its name. */
export function alignTable(table: Table, older: Table | undefined): Table {
  if (!older || older === table) return table;
  if (table.kind === 'node') {
    if (older.kind !== 'node') return withName(table, older.name);
    return { ...table, name: older.name, columns: alignColumns(table.columns, older.columns) };
  }
  if (table.kind === 'table') {
    if (older.kind !== 'table') return withName(table, older.name);
    const constraints = alignItems(table.constraints, older.constraints, constraintKey, (_, old) => old);
    return { ...table, name: older.name, columns: alignColumns(table.columns, older.columns), constraints };
  }
  if (older.kind !== 'rel') return withName(table, older.name);
  return {
    ...table,
    name: older.name,
    columns: alignColumns(table.columns, older.columns),
    connections: alignItems(table.connections, older.connections, connectionKey, (_, old) => old),
  };
}

function alignColumns<T extends Column>(columns: readonly T[], older: readonly T[]): readonly T[] {
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

/** DuckDB says the next number of a used sequence for its start: no difference, see `diffSchemas`. */
function withStart(sequence: Sequence, older: readonly Sequence[]): Sequence {
  if (sequence.schema === undefined) return sequence;
  const start = older.find((old) => keyOf(old) === keyOf(sequence))?.start;
  return start === undefined || start === sequence.start ? sequence : { ...sequence, start };
}

function withName<T extends { readonly name: string }>(item: T, name: string | undefined): T {
  return name === undefined || name === item.name ? item : { ...item, name };
}

function constraintKey(constraint: SqlConstraint): string {
  return constraintText(constraint);
}

function connectionKey(connection: Connection): string {
  return joinNames(connection.from, connection.to);
}
