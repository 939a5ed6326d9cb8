import { writeName } from '../dialect/kuzu-names';
import { hazardsOf } from '../hazard/hazards';
import type { Change, ChangeRow } from '../schema/change';
import type { Column, Connection } from '../schema/model';
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
 * A change as one line. It is the DDL that makes it where there is such a statement; what Kùzu has none for is written
 * in the same manner with CHANGE … TO. For people and for logs: line breaks inside are gone, so it is not for execution.
 */
export function changeText(change: Change): string {
  return oneLine(statementText(change));
}

function objectName(change: Change): string {
  switch (change.kind) {
    case 'add-table':
    case 'drop-table':
      return change.table.name;
    case 'add-column':
    case 'drop-column':
      return `${change.table}.${change.column.name}`;
    case 'change-column-type':
    case 'change-default':
      return `${change.table}.${change.before.name}`;
    case 'add-connection':
    case 'drop-connection':
      return connectionName(change.table, change.connection);
    case 'change-primary-key':
    case 'change-multiplicity':
    case 'change-storage-direction':
    case 'change-comment':
      return change.table;
    case 'add-sequence':
    case 'drop-sequence':
      return change.sequence.name;
    case 'add-macro':
    case 'drop-macro':
      return change.macro.name;
    case 'add-type':
    case 'drop-type':
      return change.type.name;
    case 'add-index':
    case 'drop-index':
      return `${change.index.table}.${change.index.name}`;
    case 'change-index':
      return `${change.before.table}.${change.before.name}`;
    case 'change-sequence':
    case 'change-macro':
    case 'change-type':
      return change.before.name;
  }
}

function statementText(change: Change): string {
  switch (change.kind) {
    case 'add-table':
      return createTable(change.table, 'line');
    case 'drop-table':
      return `DROP TABLE ${writeName(change.table.name)}`;
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
