import { foldName, sameName } from '../dialect/kuzu-names';
import { losesValues } from '../hazard/drop-column';
import { type Change, newSchemaOf, type Rename } from '../schema/change';
import { type Lost, tableKey } from './lost';

/**
 * What a change takes with it that can be counted: a table, the values of a column, the relationships of a connection.
 * @param renames of the same comparison: a database that it has not happened to has the older names
 */
export function lostInChange(change: Change, renames: readonly Rename[]): Lost | undefined {
  switch (change.kind) {
    case 'drop-table':
      return { what: 'table', table: tableKey(change.table) };
    case 'drop-column': {
      const { table, sqlSchema, column } = change;
      return { what: 'column', table: keyBefore(table, sqlSchema, renames), column: column.name };
    }
    case 'change-column-type':
    case 'change-generated': {
      if (!losesValues(change)) return undefined;
      const { table, sqlSchema } = change;
      return { what: 'column', table: keyBefore(table, sqlSchema, renames), column: columnBefore(change, renames) };
    }
    case 'drop-connection': {
      const { from, to } = change.connection;
      const [table, source, target] = [change.table, from, to].map((name) => keyBefore(name, undefined, renames));
      return { what: 'connection', table: table ?? '', from: source ?? '', to: target ?? '' };
    }
    default:
      return undefined;
  }
}

interface Place {
  readonly name: string;
  readonly schema?: string;
}

/** The key of a table by the name, and the schema, that it had before its renames. */
function keyBefore(name: string, schema: string | undefined, renames: readonly Rename[]): string {
  const isAt = (rename: Rename, place: Place) =>
    sameName(rename.to, place.name) && isSameSchema(newSchemaOf(rename), place.schema);
  const older = renames.reduceRight<Place>(
    (now, rename) =>
      rename.kind === 'rename-table' && isAt(rename, now)
        ? { name: rename.from, ...(rename.sqlSchema === undefined ? {} : { schema: rename.sqlSchema }) }
        : now,
    { name, ...(schema === undefined ? {} : { schema }) },
  );
  return tableKey(older);
}

function columnBefore(
  { table, sqlSchema, before }: Extract<Change, { readonly kind: 'change-column-type' | 'change-generated' }>,
  renames: readonly Rename[],
): string {
  return renames.reduceRight(
    (now, rename) =>
      rename.kind === 'rename-column' &&
      sameName(rename.to, now) &&
      sameName(rename.table, table) &&
      isSameSchema(rename.sqlSchema, sqlSchema)
        ? rename.from
        : now,
    before.name,
  );
}

function isSameSchema(a: string | undefined, b: string | undefined): boolean {
  return foldName(a ?? 'main') === foldName(b ?? 'main');
}
