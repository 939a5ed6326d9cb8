import { foldName, sameName } from '../../dialect/kuzu-names';
import type { Column, Connection, NodeTable, RelTable, Schema, Table } from '../model';
import { indexByName, joinNames } from '../order';

export type FamilyTable = NodeTable | RelTable;

/** A table on both sides of a way. */
export interface SharedTable<T extends FamilyTable = FamilyTable> {
  readonly before: T;
  /** `before` with its new names, its columns in the same places. */
  readonly renamed: T;
  readonly after: T;
}

/** The tables of a way: which go, which come, and which stay in some form. */
export interface Tables {
  readonly gone: readonly { readonly before: FamilyTable; readonly renamed: FamilyTable }[];
  readonly added: readonly FamilyTable[];
  readonly shared: readonly SharedTable[];
}

/**
 * A table that became one of the other kind goes and comes.
 * @param renamed `before` with all renames applied, its tables in the same places
 */
export function pairTables(before: Schema, renamed: Schema, after: Schema): Tables {
  const newer = indexByName(after.tables.map(familyTable), ({ name }) => name);
  const gone: { before: FamilyTable; renamed: FamilyTable }[] = [];
  const shared: SharedTable[] = [];
  for (const [at, table] of before.tables.entries()) {
    const pair = { before: familyTable(table), renamed: familyTable(renamed.tables[at] ?? table) };
    const key = foldName(pair.renamed.name);
    const target = newer.get(key);
    if (target?.kind !== table.kind) {
      gone.push(pair);
      continue;
    }
    shared.push({ ...pair, after: target });
    newer.delete(key);
  }
  return { gone, added: [...newer.values()], shared };
}

export function isNode(table: SharedTable): table is SharedTable<NodeTable> {
  return table.after.kind === 'node';
}

export function isRel(table: SharedTable): table is SharedTable<RelTable> {
  return table.after.kind === 'rel';
}

/** The column whose values a column of `after` takes over, as it was called and typed before; none for a new one. */
export function originOf({ before, renamed }: SharedTable, column: string): Column | undefined {
  return before.columns[renamed.columns.findIndex(({ name }) => sameName(name, column))];
}

export function keyOfPair({ from, to }: Connection): string {
  return foldName(joinNames(from, to));
}

/** The sequence that the engine makes for a SERIAL column, in the spelling of the statement that made the table. */
export function serialSequence(table: string, column: string): string {
  return `${table}_${column}_serial`;
}

export function serialColumns(table: FamilyTable): string[] {
  return table.columns.filter(({ type }) => type === 'SERIAL').map(({ name }) => name);
}

function familyTable(table: Table): FamilyTable {
  if (table.kind === 'table') throw new TypeError(`${table.name} is a SQL table`);
  return table;
}
