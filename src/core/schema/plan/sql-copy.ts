import { foldName, sameName } from '../../dialect/kuzu-names';
import { quoteSqlString, writeSqlName } from '../../dialect/sql-names';
import type { Schema } from '../model';
import { sqlLabel } from '../sql-diff';
import { createSqlTable, defaultExpression, sqlName } from '../sql-statements';
import { castColumn } from './sql-cast';
import { byLevel, type Carried } from './sql-levels';
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
  const names = some.map(({ name }) => writeSqlName(name)).join(', ');
  const into = `INSERT INTO ${sqlName(after)} (${names})`;
  const isCarried = (column: string) => carried.some(({ name }) => sameName(name, column));
  const ways = foreignKeys(after).filter(
    (key) => isOwn(key, after) && [...key.columns, ...key.referenced].every(isCarried),
  );
  const [way, ...others] = ways;
  if (way === undefined) return [`${into} SELECT ${some.map(({ value }) => value).join(', ')} FROM ${from}`];
  const source = byLevel(some, from, [way, ...others]);
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
