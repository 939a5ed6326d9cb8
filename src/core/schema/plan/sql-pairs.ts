import { foldName, sameName } from '../../dialect/kuzu-names';
import { newSchemaOf, type Rename } from '../change';
import type { Schema, SqlColumn, SqlConstraint, SqlTable } from '../model';
import { keyOf } from '../order';
import { renamedText } from '../rename';
import type { WayRequest } from './types';

/** What a thing was and what it becomes; a side is missing where it is dropped or new. */
export interface Pair<T> {
  readonly before?: T;
  readonly after?: T;
}

export interface TablePair extends Pair<SqlTable> {
  readonly columns: readonly Pair<SqlColumn>[];
}

/** A table on both sides, the older one as the engine has it once its columns are renamed. */
export interface KeptTable extends TablePair {
  readonly before: SqlTable;
  readonly after: SqlTable;
}

/**
 * The tables and columns of both sides, put together by name and rename. Where a rename takes the name of something that
 * goes away, the renamed thing is the one that stays.
 */
export function tablePairs({ before, after, renames }: WayRequest): TablePair[] {
  const older = sqlTables(before);
  const found = pairUp(older, sqlTables(after), keyOf, (table) => keyOf(newPlace(table, renames)));
  return found.map((pair) => {
    const { before: was, after: is } = pair;
    const columns = pairUp(
      was?.columns ?? [],
      is?.columns ?? [],
      ({ name }) => name,
      ({ name }) => (was === undefined ? name : columnName(newPlace(was, renames), name, renames)),
    );
    return { ...pair, columns };
  });
}

export function isKept(pair: TablePair): pair is KeptTable {
  return pair.before !== undefined && pair.after !== undefined;
}

/** The columns that are renamed, as pairs of old and new name. */
export function renamedColumns({ columns }: TablePair): readonly (readonly [string, string])[] {
  return columns.flatMap(({ before, after }) =>
    before && after && !sameName(before.name, after.name) ? [[before.name, after.name] as const] : [],
  );
}

/** A constraint of a table after columns of it were renamed. */
export function renamedConstraint(
  constraint: SqlConstraint,
  renames: readonly (readonly [string, string])[],
): SqlConstraint {
  if (constraint.kind === 'check') return { ...constraint, expression: renamedText(constraint.expression, renames) };
  const columns = constraint.columns.map((name) => renames.find(([from]) => sameName(from, name))?.[1] ?? name);
  return { ...constraint, columns };
}

export function sqlTables({ tables }: Schema): SqlTable[] {
  return tables.flatMap((table) => (table.kind === 'table' ? [table] : []));
}

function pairUp<T>(
  before: readonly T[],
  after: readonly T[],
  key: (item: T) => string,
  becomes: (item: T) => string,
): Pair<T>[] {
  const newer = new Map(after.map((item) => [foldName(key(item)), item]));
  const isRenamed = (item: T) => foldName(becomes(item)) !== foldName(key(item));
  const taken = new Map<T, T>();
  for (const item of [...before.filter(isRenamed), ...before.filter((one) => !isRenamed(one))]) {
    const target = newer.get(foldName(becomes(item)));
    if (target === undefined) continue;
    newer.delete(foldName(becomes(item)));
    taken.set(item, target);
  }
  return [
    ...before.map((item): Pair<T> => {
      const target = taken.get(item);
      return target === undefined ? { before: item } : { before: item, after: target };
    }),
    ...[...newer.values()].map((item): Pair<T> => ({ after: item })),
  ];
}

interface Place {
  readonly schema: string;
  readonly name: string;
}

function newPlace(table: Place, renames: readonly Rename[]): Place {
  return renames.reduce(
    (place, one) =>
      one.kind === 'rename-table' && sameName(one.sqlSchema ?? 'main', place.schema) && sameName(one.from, place.name)
        ? { schema: newSchemaOf(one) ?? 'main', name: one.to }
        : place,
    table,
  );
}

function columnName(table: Place, column: string, renames: readonly Rename[]): string {
  return renames.reduce((name, one) => {
    if (one.kind !== 'rename-column' || !sameName(one.sqlSchema ?? 'main', table.schema)) return name;
    return sameName(one.table, table.name) && sameName(one.from, name) ? one.to : name;
  }, column);
}
