import { foldName } from '../../dialect/kuzu-names';
import { quoteSqlName, writeSqlName } from '../../dialect/sql-names';
import { temporaryName } from './temporary-name';

/** A key to the own table. */
export interface Way {
  readonly columns: readonly string[];
  readonly referenced: readonly string[];
}

/** A column and what is selected for it. */
export interface Carried {
  readonly name: string;
  readonly value: string;
}

/**
 * A query for rows that refer to rows of their own table, in an order in which they can be inserted.
 * @param from a table, or what stands for one
 * @param isWhole whether it has all rows that rows refer to; else rows also come first that refer to none of it
 */
export function byLevel(
  columns: readonly Carried[],
  from: string,
  [way, ...others]: readonly [Way, ...Way[]],
  isWhole = true,
): string {
  const values = columns.map(({ name, value }) => aliased(value, name)).join(', ');
  const written = columns.map(({ name }) => writeSqlName(name));
  if (others.length === 0) return oneWay(values, written, from, way, isWhole);
  const taken = new Set(columns.map(({ name }) => foldName(name)));
  const [row, up, depth] = ['#row', '#up', '#depth'].map((name) => quoteSqlName(temporaryName(name, taken)));
  const own = { row: row ?? '', up: up ?? '', depth: depth ?? '' };
  return severalWays(values, written.join(', '), from, [way, ...others], own);
}

function aliased(value: string, name: string): string {
  return value === writeSqlName(name) ? value : `${value} AS ${writeSqlName(name)}`;
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

/**
 * The same with several keys: each row one level below the lowest of those that it refers to. Rows have numbers of the
 * query's own, under names that no column has: a column may be called `rowid`, and hides the engine's.
 */
function severalWays(
  values: string,
  names: string,
  from: string,
  ways: readonly Way[],
  { row, up, depth }: { readonly row: string; readonly up: string; readonly depth: string },
): string {
  const links = ways.map(
    (way) => `SELECT a.${row}, b.${row} AS ${up} FROM kept AS a JOIN kept AS b ON ${joined('a', 'b', way)}`,
  );
  return [
    `WITH RECURSIVE kept AS MATERIALIZED (SELECT row_number() OVER () AS ${row}, ${values} FROM ${from}), `,
    `link AS MATERIALIZED (${links.join(' UNION ')}), `,
    `depth AS (SELECT ${row}, 0 AS ${depth} FROM kept WHERE ${row} NOT IN (SELECT ${row} FROM link) `,
    `UNION SELECT link.${row}, ${depth} + 1 FROM link JOIN depth ON link.${up} = depth.${row} `,
    `WHERE ${depth} < (SELECT count(*) FROM kept)), `,
    `place AS (SELECT ${row}, max(${depth}) AS ${depth} FROM depth GROUP BY ALL), `,
    // Each turn reads all of what it takes its level from: one table that is joined already.
    `placed AS MATERIALIZED (SELECT kept.*, ${depth} FROM kept JOIN place USING (${row})), `,
    `level AS (SELECT * FROM placed WHERE ${depth} = 0 `,
    `UNION ALL SELECT placed.* FROM placed JOIN (SELECT max(${depth}) + 1 AS ${up} FROM level) AS done `,
    `ON placed.${depth} = done.${up}) `,
    `SELECT ${names} FROM level`,
  ].join('');
}

function joined(child: string, parent: string, { columns, referenced }: Way): string {
  return columns
    .map((name, at) => `${child}.${writeSqlName(name)} = ${parent}.${writeSqlName(referenced[at] ?? '')}`)
    .join(' AND ');
}
