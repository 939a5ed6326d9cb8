import { foldName, sameName } from '../../dialect/kuzu-names';
import { quoteSqlString, writeSqlName } from '../../dialect/sql-names';
import type { Schema } from '../model';
import { sqlLabel } from '../sql-diff';
import { createSqlTable, defaultExpression, sqlName } from '../sql-statements';
import { castColumn } from './sql-cast';
import type { KeptTable } from './sql-pairs';
import { foreignKeys, isOwn } from './sql-treatment';

/** Where the rows of a table wait while it is made anew; a temporary table, which is gone with the transaction. */
export function keepRows({ before }: KeptTable, copy: string): string {
  return `CREATE TEMP TABLE ${writeSqlName(copy)} AS FROM ${sqlName(before)}`;
}

/** Names for copies that hide no table or view of either side: a temporary table is found first. */
export function copyNames(tables: readonly KeptTable[], schemas: readonly Schema[]): Map<KeptTable, string> {
  const used = new Set(
    schemas.flatMap(({ tables: all, views = [] }) => [...all, ...views].map(({ name }) => foldName(name))),
  );
  return new Map(
    tables.map((table) => {
      let name = `${table.before.name}_rows`;
      for (let at = 2; used.has(foldName(name)); at++) name = `${table.before.name}_rows_${at}`;
      used.add(foldName(name));
      return [table, name];
    }),
  );
}

/** Makes the table as it is to be and puts its rows back. */
export function rebuild(pair: KeptTable, copy: string): string[] {
  return [createSqlTable(pair.after, 'lines'), ...fill(pair, copy), `DROP TABLE ${writeSqlName(copy)}`];
}

interface Carried {
  readonly name: string;
  readonly value: string;
}

function fill(pair: KeptTable, copy: string): string[] {
  const { after, columns } = pair;
  const from = writeSqlName(copy);
  const carried = columns.flatMap(({ before: was, after: is }): Carried[] => {
    if (!was || !is || is.generated !== undefined) return [];
    if (was.type === is.type) return [{ name: is.name, value: writeSqlName(was.name) }];
    const label = sqlLabel(after.schema, after.name, is.name);
    return [{ name: is.name, value: castColumn(was.name, was.type, is.type, label) }];
  });
  // Rows stay rows, even if nothing is left of them.
  const some = carried.length > 0 ? carried : after.columns.flatMap(emptyValue).slice(0, 1);
  const written = some.map(({ name }) => writeSqlName(name));
  const names = written.join(', ');
  const into = `INSERT INTO ${sqlName(after)} (${names})`;
  const isCarried = (column: string) => carried.some(({ name }) => sameName(name, column));
  const ways = foreignKeys(after).filter(
    (key) => isOwn(key, after) && [...key.columns, ...key.referenced].every(isCarried),
  );
  const [way, ...others] = ways;
  if (way === undefined) return [`${into} SELECT ${some.map(({ value }) => value).join(', ')} FROM ${from}`];
  const values = some.map(({ name, value }) => aliased(value, name)).join(', ');
  const source = byLevel(values, written, from, [way, ...others]);
  const count = (table: string) => `(SELECT count(*) FROM ${table})`;
  const complaint = `${after.name}: rows refer to themselves or to no row`;
  return [
    `${into} ${source}`,
    `SELECT CASE WHEN ${count(sqlName(after))} < ${count(from)} THEN error(${quoteSqlString(complaint)}) END`,
  ];
}

function emptyValue(column: KeptTable['after']['columns'][number]): Carried[] {
  if (column.generated !== undefined) return [];
  return [{ name: column.name, value: column.default === undefined ? 'NULL' : defaultExpression(column.default) }];
}

function aliased(value: string, name: string): string {
  return value === writeSqlName(name) ? value : `${value} AS ${writeSqlName(name)}`;
}

/** A key to the own table. */
export interface Way {
  readonly columns: readonly string[];
  readonly referenced: readonly string[];
}

/**
 * A query for rows that refer to rows of their own table, in an order in which they can be inserted.
 * @param values what to select of each row, under the names `written`
 * @param from a table, or what stands for one and has a `rowid`
 * @param isWhole whether it has all rows that rows refer to; else rows also come first that refer to none of it
 */
export function byLevel(
  values: string,
  written: readonly string[],
  from: string,
  [way, ...others]: readonly [Way, ...Way[]],
  isWhole = true,
): string {
  if (others.length === 0) return oneWay(values, written, from, way, isWhole);
  return severalWays(values, written.join(', '), from, [way, ...others]);
}

/**
 * Rows that refer to rows of their own table, those first that refer to none. A key is checked chunk by chunk, against
 * rows that stand in the table already, and each turn of a recursion is a chunk of its own (measured).
 */
function oneWay(values: string, written: readonly string[], from: string, way: Way, isWhole: boolean): string {
  const isRoot = isWhole
    ? way.columns.map((name) => `${writeSqlName(name)} IS NULL`).join(' OR ')
    : `NOT EXISTS (SELECT 1 FROM kept AS up WHERE ${joined('kept', 'up', way)})`;
  const names = written.join(', ');
  const own = written.map((name) => `kept.${name}`).join(', ');
  return [
    `WITH RECURSIVE kept AS (SELECT ${values} FROM ${from}), level AS (`,
    `SELECT ${names} FROM kept WHERE ${isRoot} `,
    `UNION ALL SELECT ${own} FROM kept JOIN level ON ${joined('kept', 'level', way)}) `,
    `SELECT ${names} FROM level`,
  ].join('');
}

/** The same with several keys: each row one level below the lowest of those that it refers to. */
function severalWays(values: string, names: string, from: string, ways: readonly Way[]): string {
  const links = ways.map(
    (way) => `SELECT a."#row", b."#row" AS "#up" FROM kept AS a JOIN kept AS b ON ${joined('a', 'b', way)}`,
  );
  return [
    `WITH RECURSIVE kept AS (SELECT rowid AS "#row", ${values} FROM ${from}), `,
    `link AS (${links.join(' UNION ')}), `,
    'depth AS (SELECT "#row", 0 AS "#depth" FROM kept WHERE "#row" NOT IN (SELECT "#row" FROM link) ',
    'UNION SELECT link."#row", "#depth" + 1 FROM link JOIN depth ON link."#up" = depth."#row" ',
    'WHERE "#depth" < (SELECT count(*) FROM kept)), ',
    'place AS (SELECT "#row", max("#depth") AS "#depth" FROM depth GROUP BY ALL), ',
    'level AS (SELECT kept.*, "#depth" FROM kept JOIN place USING ("#row") WHERE "#depth" = 0 ',
    'UNION ALL SELECT kept.*, place."#depth" FROM (SELECT DISTINCT "#depth" FROM level) AS done ',
    'JOIN place ON place."#depth" = done."#depth" + 1 JOIN kept USING ("#row")) ',
    `SELECT ${names} FROM level`,
  ].join('');
}

function joined(child: string, parent: string, { columns, referenced }: Way): string {
  return columns
    .map((name, at) => `${child}.${writeSqlName(name)} = ${parent}.${writeSqlName(referenced[at] ?? '')}`)
    .join(' AND ');
}
