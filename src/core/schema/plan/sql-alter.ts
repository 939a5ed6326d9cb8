import { sameName } from '../../dialect/kuzu-names';
import { writeSqlName } from '../../dialect/sql-names';
import type { SqlColumn } from '../model';
import { sqlLabel } from '../sql-diff';
import { constraintText, defaultExpression, sqlColumnText, sqlName } from '../sql-statements';
import { castColumn } from './sql-cast';
import { type KeptTable, renamedColumns } from './sql-pairs';
import type { Replaced } from './sql-replaced';
import { keyOfTable, resetsDefault } from './sql-treatment';

/** Takes off the defaults that change, or that hold on to what is replaced; under the older names. */
export function dropDefaults({ before, columns }: KeptTable, replaced: Replaced): string[] {
  return columns.flatMap((column) => {
    const { before: was, after: is } = column;
    if (was?.default === undefined) return [];
    // A column that goes lets go of a sequence too late: it is dropped behind what is replaced.
    if (is === undefined ? !replaced.mentionedBy(was.default) : !resetsDefault(column, replaced)) return [];
    return [`ALTER TABLE ${sqlName(before)} ALTER COLUMN ${writeSqlName(was.name)} DROP DEFAULT`];
  });
}

export function renameTable({ before, after }: KeptTable): string[] {
  if (sameName(before.name, after.name)) return [];
  return [`ALTER TABLE ${sqlName(before)} RENAME TO ${writeSqlName(after.name)}`];
}

/** What is left to alter once the table has its name, one action a statement: the engine takes no more. */
export function alterTable(pair: KeptTable, replaced: Replaced): string[] {
  const { before, after, columns } = pair;
  const alter = `ALTER TABLE ${sqlName(after)}`;
  const added = columns.flatMap(({ before: was, after: is }) => (was === undefined && is ? [is] : []));
  const dropped = columns.flatMap(({ before: was, after: is }) => (is === undefined && was ? [was] : []));
  const key = keyOfTable(after);
  return [
    ...dropped.map(({ name }) => `${alter} DROP COLUMN ${writeSqlName(name)}`),
    ...renamedColumns(pair).map(([from, to]) => `${alter} RENAME COLUMN ${writeSqlName(from)} TO ${writeSqlName(to)}`),
    ...columns.flatMap(({ before: was, after: is }) => {
      if (!was || !is || was.type === is.type) return [];
      const value = castColumn(is.name, was.type, is.type, sqlLabel(after.schema, after.name, is.name));
      return [`${alter} ALTER COLUMN ${writeSqlName(is.name)} SET DATA TYPE ${is.type} USING ${value}`];
    }),
    ...added.map(({ notNull: _, ...column }) => `${alter} ADD COLUMN ${sqlColumnText(column)}`),
    ...columns.flatMap((column) => {
      const { after: is } = column;
      if (is?.default === undefined || !resetsDefault(column, replaced)) return [];
      return [`${alter} ALTER COLUMN ${writeSqlName(is.name)} SET DEFAULT ${defaultExpression(is.default)}`];
    }),
    ...columns.flatMap(({ before: was, after: is }) => (is ? notNull(alter, was, is, key) : [])),
    ...after.constraints.flatMap((one) =>
      one.kind === 'primary-key' && keyOfTable(before) === undefined ? [`${alter} ADD ${constraintText(one)}`] : [],
    ),
  ];
}

/** A key says by itself that its columns are never null. */
function notNull(alter: string, was: SqlColumn | undefined, is: SqlColumn, key: readonly string[] = []): string[] {
  if (was?.notNull === is.notNull || key.some((name) => sameName(name, is.name))) return [];
  return [`${alter} ALTER COLUMN ${writeSqlName(is.name)} ${is.notNull ? 'SET' : 'DROP'} NOT NULL`];
}
