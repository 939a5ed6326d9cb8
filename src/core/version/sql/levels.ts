import { foldName, sameName } from '../../dialect/kuzu-names';
import { quoteSqlName, writeSqlName } from '../../dialect/sql-names';
import type { SqlTable } from '../../schema/model';
import type { Way } from '../../schema/plan/sql-levels';
import { foreignKeys, isOwn } from '../../schema/plan/sql-treatment';
import { temporaryName } from '../../schema/plan/temporary-name';

/**
 * A COPY takes no row that refers to a row of the same COPY, so that the rows of a table that refers to itself are in
 * several files: each with rows that refer to none, or to rows of files before it.
 */
export interface Levels {
  /** The temporary table with the `pos` and `level` of the rows that are placed. */
  readonly placed: string;
  /** The name of what tells rows apart. */
  readonly row: string;
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

/** What tells rows of the table apart: the engine's `rowid`; where a column hides that, a name for the number of a row. */
export function rowOf({ columns }: SqlTable): string {
  if (!columns.some(({ name }) => sameName(name, ROWID))) return ROWID;
  return quoteSqlName(temporaryName('#row', new Set(columns.map(({ name }) => foldName(name)))));
}

const ROWID = 'rowid';

/** The table with what tells its rows apart; one that nobody writes to meanwhile is read in one order. */
export function numbered(from: string, row: string): string {
  return row === ROWID ? from : `(SELECT *, row_number() OVER () AS ${row} FROM ${from})`;
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
 * @param name the table's, as it can be asked for
 */
export function placeLevel(table: SqlTable, name: string, placed: string, level: number): string {
  const row = rowOf(table);
  const from = numbered(name, row);
  const isOpen = (alias: string) => `${alias}.${row} NOT IN (SELECT pos FROM ${placed})`;
  const waits = selfReferences(table).map(({ columns, referenced }) => {
    const isIt = columns.map((name, at) => `a.${writeSqlName(name)} = b.${writeSqlName(referenced[at] ?? '')}`);
    return `AND NOT EXISTS (SELECT 1 FROM ${from} AS b WHERE ${isIt.join(' AND ')} AND ${isOpen('b')})`;
  });
  return `INSERT INTO ${placed} SELECT a.${row}, ${level} FROM ${from} AS a WHERE ${isOpen('a')} ${waits.join(' ')}`;
}

/** The condition for the rows of a level; of no level, for all that are placed nowhere. */
export function inLevel({ placed, row }: Pick<Levels, 'placed' | 'row'>, level?: number): string {
  const of = level === undefined ? '' : ` WHERE level = ${level}`;
  return `${row} ${level === undefined ? 'NOT ' : ''}IN (SELECT pos FROM ${placed}${of})`;
}
