import { sameName } from '../../dialect/kuzu-names';
import { quoteSqlName, writeSqlName } from '../../dialect/sql-names';
import type { SqlTable } from '../../schema/model';
import type { Way } from '../../schema/plan/sql-copy';
import { foreignKeys, isOwn } from '../../schema/plan/sql-treatment';

/**
 * A COPY takes no row that refers to a row of the same COPY, so that the rows of a table that refers to itself are in
 * several files: each with rows that refer to none, or to rows of files before it.
 */
export interface Levels {
  /** The temporary table with the `pos` and `level` of the rows that are placed. */
  readonly placed: string;
  readonly count: number;
  /** Whether some rows are placed nowhere: too deep, or in a ring. */
  readonly hasRest: boolean;
}

/** Files beyond this number are no help: chains of so many rows are rare, and each level reads the table anew. */
export const MOST_LEVELS = 64;

/** The keys of a table that lead to the table itself. */
export function selfReferences(table: SqlTable): Way[] {
  return foreignKeys(table).filter((key) => isOwn(key, table));
}

/** Whether the engine tells rows of the table apart by a name of its own, which a column's would hide. */
export function hasRowids({ columns }: SqlTable): boolean {
  return !columns.some(({ name }) => sameName(name, 'rowid'));
}

/** The name of the temporary table for the table of a number. */
export function placedName(number: number): string {
  return ['temp', 'main', `kuzu_migrate_levels_${number}`].map(quoteSqlName).join('.');
}

export function createPlaced(placed: string): string {
  return `CREATE TEMP TABLE ${placed} (pos BIGINT, level INTEGER)`;
}

/**
 * Places the rows of which all that they refer to are placed already.
 * @param from the table's name, as it can be asked for
 */
export function placeLevel(table: SqlTable, from: string, placed: string, level: number): string {
  const isOpen = (row: string) => `${row}.rowid NOT IN (SELECT pos FROM ${placed})`;
  const waits = selfReferences(table).map(({ columns, referenced }) => {
    const isIt = columns.map((name, at) => `a.${writeSqlName(name)} = b.${writeSqlName(referenced[at] ?? '')}`);
    return `AND NOT EXISTS (SELECT 1 FROM ${from} AS b WHERE ${isIt.join(' AND ')} AND ${isOpen('b')})`;
  });
  return `INSERT INTO ${placed} SELECT a.rowid, ${level} FROM ${from} AS a WHERE ${isOpen('a')} ${waits.join(' ')}`;
}

/** The condition for the rows of a level; of no level, for all that are placed nowhere. */
export function inLevel(placed: string, level?: number): string {
  const of = level === undefined ? '' : ` WHERE level = ${level}`;
  return `rowid ${level === undefined ? 'NOT ' : ''}IN (SELECT pos FROM ${placed}${of})`;
}
