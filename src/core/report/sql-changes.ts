import { writeSqlName } from '../dialect/sql-names';
import type { Change, SqlOnlyChange } from '../schema/change';
import type { Column } from '../schema/model';
import {
  constraintText,
  createSqlMacro,
  createSqlSchema,
  defaultExpression,
  isTableMacro,
  sqlColumnText,
  sqlComment,
  sqlName,
  sqlTypeName,
} from '../schema/sql-statements';

/** The statement of a change that only DuckDB has; in the same manner where the engine has none. */
export function sqlOnlyText(change: SqlOnlyChange): string {
  switch (change.kind) {
    case 'add-schema':
      return createSqlSchema(change.schema);
    case 'drop-schema':
      return `DROP SCHEMA ${writeSqlName(change.schema)}`;
    case 'add-view':
      return change.view.definition;
    case 'drop-view':
      return `DROP VIEW ${sqlName(change.view)}`;
    case 'change-view':
      return change.after.definition.replace(/^CREATE VIEW/, 'CREATE OR REPLACE VIEW');
    case 'change-object-comment':
      return sqlComment(change.target, change.after);
    case 'change-not-null':
      return `${alterColumn(change, change.before)} ${change.after.notNull ? 'SET' : 'DROP'} NOT NULL`;
    case 'change-generated': {
      const text = (expression: string | undefined) => `(${expression ?? 'NOT GENERATED'})`;
      const [before, after] = [text(change.before.generated), text(change.after.generated)];
      return `${alter(change)} CHANGE ${writeSqlName(change.before.name)} ${before} TO ${after}`;
    }
    case 'add-constraint':
      return `${alter(change)} ADD ${constraintText(change.constraint)}`;
    case 'drop-constraint':
      return `${alter(change)} DROP ${constraintText(change.constraint)}`;
  }
}

/** The statement of a change that both families have, where it is one of DuckDB's and reads otherwise there. */
export function sqlVariantText(change: Change): string | undefined {
  switch (change.kind) {
    case 'drop-table':
      return change.table.kind === 'table' ? `DROP TABLE ${sqlName(change.table)}` : undefined;
    case 'rename-table': {
      const { sqlSchema: schema, toSchema, from, to } = change;
      // Where it moves this is no statement of the engine's, which has none.
      const target = toSchema === undefined ? writeSqlName(to) : `${writeSqlName(toSchema)}.${writeSqlName(to)}`;
      return schema && `ALTER TABLE ${sqlName({ schema, name: from })} RENAME TO ${target}`;
    }
    case 'rename-column':
      return (
        change.sqlSchema && `${alter(change)} RENAME COLUMN ${writeSqlName(change.from)} TO ${writeSqlName(change.to)}`
      );
    case 'drop-sequence':
      return change.sequence.schema === undefined ? undefined : `DROP SEQUENCE ${sqlName(change.sequence)}`;
    case 'drop-type':
      return change.type.schema === undefined ? undefined : `DROP TYPE ${sqlTypeName(change.type)}`;
    case 'drop-macro': {
      if (change.macro.schema === undefined) return undefined;
      return `DROP MACRO ${isTableMacro(change.macro) ? 'TABLE ' : ''}${sqlName(change.macro)}`;
    }
    case 'change-macro':
      if (change.after.schema === undefined) return undefined;
      return createSqlMacro(change.after).replace(/^CREATE/, 'CREATE OR REPLACE');
    case 'add-column':
      return change.sqlSchema && `${alter(change)} ADD COLUMN ${sqlColumnText(change.column)}`;
    case 'drop-column':
      return change.sqlSchema && `${alter(change)} DROP COLUMN ${writeSqlName(change.column.name)}`;
    case 'change-column-type':
      return change.sqlSchema && `${alterColumn(change, change.before)} SET DATA TYPE ${change.after.type}`;
    case 'change-default': {
      const value = change.after.default;
      const action = value === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${defaultExpression(value)}`;
      return change.sqlSchema && `${alterColumn(change, change.before)} ${action}`;
    }
    case 'change-comment': {
      const target = `TABLE ${sqlName({ schema: change.sqlSchema ?? 'main', name: change.table })}`;
      return change.sqlSchema && sqlComment(target, change.after);
    }
    default:
      return undefined;
  }
}

function alter({ table, sqlSchema = 'main' }: { readonly table: string; readonly sqlSchema?: string }): string {
  return `ALTER TABLE ${sqlName({ schema: sqlSchema, name: table })}`;
}

function alterColumn(change: { readonly table: string; readonly sqlSchema?: string }, column: Column): string {
  return `${alter(change)} ALTER COLUMN ${writeSqlName(column.name)}`;
}
