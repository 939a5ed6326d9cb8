import { writeName } from '../dialect/kuzu-names';
import { hazardsOf } from '../hazard/hazards';
import type { Change, ChangeRow, TableChange } from '../schema/change';
import type { Column, Connection } from '../schema/model';
import { sqlLabel } from '../schema/sql-diff';
import {
  columnText,
  commentOnTable,
  connectionText,
  createMacro,
  createSequence,
  createTable,
  createType,
  dropIndex,
} from '../schema/statements';
import { oneLine } from './one-line';
import { sqlOnlyText, sqlVariantText } from './sql-changes';

/** The rows of `diff --format changes`, one a change, in the same order. */
export function changeRows(changes: readonly Change[]): ChangeRow[] {
  return changes.map((change) => ({
    kind: change.kind,
    object: changeObject(change),
    hazards: hazardsOf(change),
    text: changeText(change),
  }));
}

/** What a change is about: `User`, `User.email`, `Follows(User->User)`, for an index `User.name_fts`; one line. */
export function changeObject(change: Change): string {
  return oneLine(objectName(change));
}

/**
 * A change as one line. It is the DDL that makes it where there is such a statement; what the engine has none for is written
 * in the same manner with CHANGE … TO. For people and for logs: line breaks inside are gone, so it is not for execution.
 */
export function changeText(change: Change): string {
  return oneLine(sqlVariantText(change) ?? statementText(change));
}

function objectName(change: Change): string {
  switch (change.kind) {
    case 'add-table':
    case 'drop-table':
      return labelOf(change.table);
    case 'rename-table':
      return sqlLabel(change.sqlSchema ?? 'main', change.from);
    case 'rename-column':
      return sqlLabel(change.sqlSchema ?? 'main', change.table, change.from);
    case 'add-column':
    case 'drop-column':
      return tableLabel(change, change.column.name);
    case 'change-column-type':
    case 'change-default':
    case 'change-not-null':
    case 'change-generated':
      return tableLabel(change, change.before.name);
    case 'add-constraint':
    case 'drop-constraint':
    case 'change-comment':
      return tableLabel(change);
    case 'change-object-comment':
      return change.object;
    case 'add-schema':
    case 'drop-schema':
      return change.schema;
    case 'add-view':
    case 'drop-view':
      return labelOf(change.view);
    case 'change-view':
      return labelOf(change.before);
    case 'add-connection':
    case 'drop-connection':
      return connectionName(change.table, change.connection);
    case 'change-primary-key':
    case 'change-multiplicity':
    case 'change-storage-direction':
      return change.table;
    case 'add-sequence':
    case 'drop-sequence':
      return labelOf(change.sequence);
    case 'add-macro':
    case 'drop-macro':
      return labelOf(change.macro);
    case 'add-type':
    case 'drop-type':
      return labelOf(change.type);
    case 'add-index':
    case 'drop-index':
      return sqlLabel(change.index.schema ?? 'main', change.index.table, change.index.name);
    case 'change-index':
      return sqlLabel(change.before.schema ?? 'main', change.before.table, change.before.name);
    case 'change-sequence':
    case 'change-macro':
    case 'change-type':
      return labelOf(change.before);
  }
}

function labelOf({ schema = 'main', name }: { readonly schema?: string; readonly name: string }): string {
  return sqlLabel(schema, name);
}

function tableLabel({ table, sqlSchema = 'main' }: TableChange, ...names: readonly string[]): string {
  return sqlLabel(sqlSchema, table, ...names);
}

function statementText(change: Change): string {
  switch (change.kind) {
    case 'add-table':
      return createTable(change.table, 'line');
    case 'drop-table':
      return `DROP TABLE ${writeName(change.table.name)}`;
    case 'rename-table':
      return `${alter(change.from)} RENAME TO ${writeName(change.to)}`;
    case 'rename-column':
      return `${alter(change.table)} RENAME ${writeName(change.from)} TO ${writeName(change.to)}`;
    case 'add-column':
      return `${alter(change.table)} ADD ${columnText(change.column)}`;
    case 'drop-column':
      return `${alter(change.table)} DROP ${writeName(change.column.name)}`;
    case 'change-column-type':
      return `${alterColumn(change.table, change.before)} ${change.before.type} TO ${change.after.type}`;
    case 'change-default':
      return `${alterColumn(change.table, change.before)} ${defaultText(change.before)} TO ${defaultText(change.after)}`;
    case 'change-primary-key':
      return `${alter(change.table)} CHANGE PRIMARY KEY (${writeName(change.before)}) TO (${writeName(change.after)})`;
    case 'add-connection':
      return `${alter(change.table)} ADD ${connectionText(change.connection)}`;
    case 'drop-connection':
      return `${alter(change.table)} DROP ${connectionText(change.connection)}`;
    case 'change-multiplicity':
      return `${alter(change.table)} CHANGE ${change.before} TO ${change.after}`;
    case 'change-storage-direction':
      return `${alter(change.table)} CHANGE storage_direction '${change.before}' TO '${change.after}'`;
    case 'change-comment':
      return commentOnTable(change.table, change.after ?? '');
    case 'add-sequence':
      return createSequence(change.sequence);
    case 'drop-sequence':
      return `DROP SEQUENCE ${writeName(change.sequence.name)}`;
    case 'change-sequence':
      return `CHANGE ${createSequence(change.before)} TO ${createSequence(change.after)}`;
    case 'add-macro':
      return createMacro(change.macro);
    case 'drop-macro':
      return `DROP MACRO ${writeName(change.macro.name)}`;
    case 'change-macro':
      return `CHANGE ${createMacro(change.before)} TO ${createMacro(change.after)}`;
    case 'add-type':
      return createType(change.type);
    case 'drop-type':
      return `DROP TYPE ${writeName(change.type.name)}`;
    case 'change-type':
      return `CHANGE ${createType(change.before)} TO ${createType(change.after)}`;
    case 'add-index':
      return change.index.definition;
    case 'drop-index':
      return dropIndex(change.index);
    case 'change-index':
      return `CHANGE ${change.before.definition} TO ${change.after.definition}`;
    case 'add-schema':
    case 'drop-schema':
    case 'add-view':
    case 'drop-view':
    case 'change-view':
    case 'change-object-comment':
    case 'change-not-null':
    case 'change-generated':
    case 'add-constraint':
    case 'drop-constraint':
      return sqlOnlyText(change);
  }
}

function alter(table: string): string {
  return `ALTER TABLE ${writeName(table)}`;
}

function alterColumn(table: string, column: Column): string {
  return `${alter(table)} CHANGE ${writeName(column.name)}`;
}

function defaultText(column: Column): string {
  return `DEFAULT ${column.default ?? 'NULL'}`;
}

function connectionName(table: string, { from, to }: Connection): string {
  return `${table}(${from}->${to})`;
}
