import { foldName, sameName } from '../dialect/kuzu-names';
import type { Change, Rename } from './change';
import { diffColumns, diffComment } from './diff-columns';
import { match } from './match';
import type { Column, Connection, Macro, NodeTable, RelTable, Schema, Sequence, UserType } from './model';
import { indexKey, joinNames, keyOf } from './order';
import { applyRenames } from './rename';
import { diffComments, diffSqlTable } from './sql-diff';

/** A table whose columns or connections are the same in another order: nothing to migrate, but worth a word. */
export interface OrderNote {
  readonly table: string;
  readonly what: 'columns' | 'connections';
}

/**
 * What turns one schema into the other: matched by name as the engine matches names, empty exactly when the schemas are
 * equal. In a fixed order: renames, schemas, types, sequences, macros, tables, views, indexes, each by name; within a table by the older order.
 * @param renames what was decided to be the same under another name; the other changes are those that are left then
 */
export function diffSchemas(older: Schema, after: Schema, renames: readonly Rename[] = []): Change[] {
  const before = applyRenames(older, renames);
  const changes: Change[] = [...renames];
  match(before.schemas ?? [], after.schemas ?? [], (name) => name, {
    added: (schema) => changes.push({ kind: 'add-schema', schema }),
    dropped: (schema) => changes.push({ kind: 'drop-schema', schema }),
    both: () => undefined,
  });
  match(before.types, after.types, keyOf, {
    added: (type) => changes.push({ kind: 'add-type', type }),
    dropped: (type) => changes.push({ kind: 'drop-type', type }),
    both: (a, b) => {
      if (!sameType(a, b)) changes.push({ kind: 'change-type', before: a, after: b });
    },
  });
  match(before.sequences, after.sequences, keyOf, {
    added: (sequence) => changes.push({ kind: 'add-sequence', sequence }),
    dropped: (sequence) => changes.push({ kind: 'drop-sequence', sequence }),
    both: (a, b) => {
      if (!sameSequence(a, b)) changes.push({ kind: 'change-sequence', before: a, after: b });
    },
  });
  match(before.macros, after.macros, keyOf, {
    added: (macro) => changes.push({ kind: 'add-macro', macro }),
    dropped: (macro) => changes.push({ kind: 'drop-macro', macro }),
    both: (a, b) => {
      if (!sameMacro(a, b)) changes.push({ kind: 'change-macro', before: a, after: b });
    },
  });
  match(before.tables, after.tables, keyOf, {
    added: (table) => changes.push({ kind: 'add-table', table }),
    dropped: (table) => changes.push({ kind: 'drop-table', table }),
    both: (a, b) => {
      if (a === b) return;
      if (a.kind === 'node' && b.kind === 'node') diffNodeTable(a, b, changes);
      else if (a.kind === 'rel' && b.kind === 'rel') diffRelTable(a, b, changes);
      else if (a.kind === 'table' && b.kind === 'table') diffSqlTable(a, b, changes);
      else changes.push({ kind: 'drop-table', table: a }, { kind: 'add-table', table: b });
    },
  });
  match(before.views ?? [], after.views ?? [], keyOf, {
    added: (view) => changes.push({ kind: 'add-view', view }),
    dropped: (view) => changes.push({ kind: 'drop-view', view }),
    both: (a, b) => {
      if (a.definition !== b.definition) changes.push({ kind: 'change-view', before: a, after: b });
    },
  });
  match(before.indexes, after.indexes, indexKey, {
    added: (index) => changes.push({ kind: 'add-index', index }),
    dropped: (index) => changes.push({ kind: 'drop-index', index }),
    both: (a, b) => {
      if (a.definition !== b.definition) changes.push({ kind: 'change-index', before: a, after: b });
    },
  });
  diffComments(before, after, changes);
  return changes;
}

/** The tables on both sides that differ in the order of what they share; a renamed table goes by its new name. */
export function orderNotes(older: Schema, after: Schema, renames: readonly Rename[] = []): OrderNote[] {
  const before = applyRenames(older, renames);
  const found: OrderNote[] = [];
  match(before.tables, after.tables, keyOf, {
    both: (a, b) => {
      if (a === b || a.kind !== b.kind) return;
      if (!sameOrder(a.columns, b.columns, nameOf)) found.push({ table: a.name, what: 'columns' });
      if (a.kind === 'rel' && b.kind === 'rel' && !sameOrder(a.connections, b.connections, connectionKey)) {
        found.push({ table: a.name, what: 'connections' });
      }
    },
  });
  return found;
}

function diffNodeTable(a: NodeTable, b: NodeTable, changes: Change[]): void {
  diffColumns(a, b, changes);
  if (!sameName(a.primaryKey, b.primaryKey)) {
    changes.push({ kind: 'change-primary-key', table: a.name, before: a.primaryKey, after: b.primaryKey });
  }
  diffComment(a, b, changes);
}

function diffRelTable(a: RelTable, b: RelTable, changes: Change[]): void {
  const table = a.name;
  const before = new Set(a.connections.map(connectionKey));
  const after = new Set(b.connections.map(connectionKey));
  for (const connection of a.connections) {
    if (!after.has(connectionKey(connection))) changes.push({ kind: 'drop-connection', table, connection });
  }
  for (const connection of b.connections) {
    if (!before.has(connectionKey(connection))) changes.push({ kind: 'add-connection', table, connection });
  }
  diffColumns(a, b, changes);
  if (a.multiplicity !== b.multiplicity) {
    changes.push({ kind: 'change-multiplicity', table, before: a.multiplicity, after: b.multiplicity });
  }
  if (a.storageDirection !== b.storageDirection) {
    changes.push({ kind: 'change-storage-direction', table, before: a.storageDirection, after: b.storageDirection });
  }
  diffComment(a, b, changes);
}

function sameOrder<T>(before: readonly T[], after: readonly T[], key: (item: T) => string): boolean {
  const older = before.map((item) => foldName(key(item)));
  const newer = after.map((item) => foldName(key(item)));
  const inNewer = new Set(newer);
  const inOlder = new Set(older);
  const shared = older.filter((name) => inNewer.has(name));
  return newer.filter((name) => inOlder.has(name)).every((name, i) => name === shared[i]);
}

function sameType(a: UserType, b: UserType): boolean {
  return a.definition === b.definition;
}

function sameMacro(a: Macro, b: Macro): boolean {
  return a.parameters === b.parameters && a.body === b.body;
}

/** DuckDB forgets the start of a sequence once it is used: it says the next number instead. */
export function sameSequence(a: Sequence, b: Sequence): boolean {
  const sameStart = a.start === b.start || a.schema !== undefined;
  return sameStart && a.increment === b.increment && a.min === b.min && a.max === b.max && a.cycle === b.cycle;
}

function nameOf(item: Column): string {
  return item.name;
}

function connectionKey(connection: Connection): string {
  return foldName(joinNames(connection.from, connection.to));
}
