import { sameName } from '../../dialect/kuzu-names';
import { quoteSqlString, writeSqlName } from '../../dialect/sql-names';
import type { SqlTable } from '../../schema/model';
import { byLevel, type Carried } from '../../schema/plan/sql-levels';
import { withoutCollation } from '../../schema/sql-type';
import { readColumn } from './boxed';
import { selfReferences } from './levels';
import type { SqlCopy } from './load-statement';

/**
 * Brings in the rows of a file whose rows refer to each other: those first that refer to none of them.
 * @param copy names its columns; all that the keys are made of are among them
 * @param into the table's name, as it is to be written
 */
export function sortedInsert(table: SqlTable, into: string, copy: SqlCopy): string {
  const columns = copy.columns.map((column): Carried => {
    const type = table.columns.find(({ name }) => sameName(name, column))?.type ?? 'VARCHAR';
    return { name: column, value: readColumn(column, withoutCollation(type)) };
  });
  const has = (column: string) => copy.columns.some((name) => sameName(name, column));
  const [way, ...others] = selfReferences(table).filter((key) => [...key.columns, ...key.referenced].every(has));
  const rows = fileRows(copy);
  const names = columns.map(({ name }) => writeSqlName(name)).join(', ');
  const source = way
    ? byLevel(columns, rows, [way, ...others], false)
    : `SELECT ${columns.map(({ value }) => value).join(', ')} FROM ${rows}`;
  return `INSERT INTO ${into} (${names}) ${source}`;
}

function fileRows({ file, options, columns }: SqlCopy): string {
  const path = quoteSqlString(file);
  if (options.get('FORMAT')?.replaceAll("'", '').toLowerCase() === 'parquet') return `read_parquet(${path})`;
  const types = columns.map((name) => `${quoteSqlString(name)}: 'VARCHAR'`).join(', ');
  const more = [...options]
    .filter(([name]) => name !== 'FORMAT' && name !== 'AUTO_DETECT')
    .map(([name, value]) => `, ${READ_NAMES.get(name) ?? name.toLowerCase()} = ${value === '' ? 'true' : value}`);
  return `read_csv(${path}, columns = {${types}}, auto_detect = false${more.join('')})`;
}

/** What `read_csv` calls otherwise than COPY. */
const READ_NAMES: ReadonlyMap<string, string> = new Map([
  ['DELIMITER', 'delim'],
  ['NULL', 'nullstr'],
]);
