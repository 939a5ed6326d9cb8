import { foldName, sameName } from '../dialect/kuzu-names';
import type { Change, Rename } from '../schema/change';
import { castColumn } from '../schema/plan/cypher-cast';
import { type Lost, tableKey } from './lost';

/**
 * What a change takes with it that can be counted: a table, a column, the relationships of a connection, the values of a
 * column that the engine does not bring to their new type.
 * @param renames of the same comparison: a database that it has not happened to has the older names
 */
export function lostInChange(change: Change, renames: readonly Rename[]): Lost | undefined {
  switch (change.kind) {
    case 'drop-table':
      return { what: 'table', table: tableKey(change.table) };
    case 'drop-column': {
      const { table: name, sqlSchema, column } = change;
      return { what: 'column', table: keyBefore(name, sqlSchema, renames), column: column.name };
    }
    case 'drop-connection': {
      const { from, to } = change.connection;
      const [table, source, target] = [change.table, from, to].map((name) => keyBefore(name, undefined, renames));
      return { what: 'connection', table: table ?? '', from: source ?? '', to: target ?? '' };
    }
    case 'change-column-type': {
      const { table: name, sqlSchema, before, after } = change;
      if (sqlSchema !== undefined || castColumn('x', before, after.type) !== undefined) return undefined;
      return {
        what: 'column',
        table: keyBefore(name, sqlSchema, renames),
        column: columnBefore(name, before.name, renames),
      };
    }
    default:
      return undefined;
  }
}

/** The name that a column of a Kùzu table had before its renames, which come behind those of tables. */
function columnBefore(table: string, column: string, renames: readonly Rename[]): string {
  return renames.reduceRight(
    (now, rename) =>
      rename.kind === 'rename-column' && sameName(rename.table, table) && sameName(rename.to, now) ? rename.from : now,
    column,
  );
}

/** The key of a table by the name that it had before its renames. */
function keyBefore(name: string, sqlSchema: string | undefined, renames: readonly Rename[]): string {
  const older = renames.reduceRight(
    (now, rename) =>
      rename.kind === 'rename-table' &&
      sameName(rename.to, now) &&
      foldName(rename.sqlSchema ?? 'main') === foldName(sqlSchema ?? 'main')
        ? rename.from
        : now,
    name,
  );
  return tableKey({ name: older, ...(sqlSchema === undefined ? {} : { schema: sqlSchema }) });
}
