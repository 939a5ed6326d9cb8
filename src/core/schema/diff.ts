import { foldName, sameName } from '../dialect/kuzu-names';
import type { Change } from './change';
import type { Column, Connection, Index, Macro, NodeTable, RelTable, Schema, Sequence, Table, UserType } from './model';
import { compareCodePoints, indexByName, joinNames } from './order';

/** A table whose columns or connections are the same in another order: nothing to migrate, but worth a word. */
export interface OrderNote {
  readonly table: string;
  readonly what: 'columns' | 'connections';
}

/**
 * What turns one schema into the other: matched by name as the engine matches names, empty exactly when the schemas are
 * equal. In a fixed order: types, sequences, macros, tables, indexes, each by name; within a table by the older order.
 */
export function diffSchemas(before: Schema, after: Schema): Change[] {
  const changes: Change[] = [];
  match(before.types, after.types, nameOf, {
    added: (type) => changes.push({ kind: 'add-type', type }),
    dropped: (type) => changes.push({ kind: 'drop-type', type }),
    both: (a, b) => {
      if (!sameType(a, b)) changes.push({ kind: 'change-type', before: a, after: b });
    },
  });
  match(before.sequences, after.sequences, nameOf, {
    added: (sequence) => changes.push({ kind: 'add-sequence', sequence }),
    dropped: (sequence) => changes.push({ kind: 'drop-sequence', sequence }),
    both: (a, b) => {
      if (!sameSequence(a, b)) changes.push({ kind: 'change-sequence', before: a, after: b });
    },
  });
  match(before.macros, after.macros, nameOf, {
    added: (macro) => changes.push({ kind: 'add-macro', macro }),
    dropped: (macro) => changes.push({ kind: 'drop-macro', macro }),
    both: (a, b) => {
      if (!sameMacro(a, b)) changes.push({ kind: 'change-macro', before: a, after: b });
    },
  });
  match(before.tables, after.tables, nameOf, {
    added: (table) => changes.push({ kind: 'add-table', table }),
    dropped: (table) => changes.push({ kind: 'drop-table', table }),
    both: (a, b) => {
      if (a === b) return;
      if (a.kind === 'node' && b.kind === 'node') diffNodeTable(a, b, changes);
      else if (a.kind === 'rel' && b.kind === 'rel') diffRelTable(a, b, changes);
      else changes.push({ kind: 'drop-table', table: a }, { kind: 'add-table', table: b });
    },
  });
  match(before.indexes, after.indexes, indexKey, {
    added: (index) => changes.push({ kind: 'add-index', index }),
    dropped: (index) => changes.push({ kind: 'drop-index', index }),
    both: (a, b) => {
      if (a.definition !== b.definition) changes.push({ kind: 'change-index', before: a, after: b });
    },
  });
  return changes;
}

/** The tables on both sides that differ in the order of what they share. */
export function orderNotes(before: Schema, after: Schema): OrderNote[] {
  const found: OrderNote[] = [];
  match(before.tables, after.tables, nameOf, {
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

function diffColumns(a: Table, b: Table, changes: Change[]): void {
  const table = a.name;
  const older = indexByName(a.columns, nameOf);
  const newer = indexByName(b.columns, nameOf);
  for (const [key, before] of older) {
    const after = newer.get(key);
    if (!after) {
      changes.push({ kind: 'drop-column', table, column: before });
      continue;
    }
    if (before.type !== after.type) changes.push({ kind: 'change-column-type', table, before, after });
    if (before.default !== after.default) changes.push({ kind: 'change-default', table, before, after });
  }
  for (const [key, column] of newer) {
    if (!older.has(key)) changes.push({ kind: 'add-column', table, column });
  }
}

function diffComment(a: Table, b: Table, changes: Change[]): void {
  // The engine has no way to remove a comment but to set the empty one, so both mean none.
  const before = a.comment || undefined;
  const after = b.comment || undefined;
  if (before === after) return;
  changes.push({
    kind: 'change-comment',
    table: a.name,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
}

interface Matched<T> {
  readonly added?: (item: T) => void;
  readonly dropped?: (item: T) => void;
  readonly both: (before: T, after: T) => void;
}

function match<T>(before: readonly T[], after: readonly T[], key: (item: T) => string, on: Matched<T>): void {
  const older = indexByName(before, key);
  const newer = indexByName(after, key);
  for (const name of [...new Set([...older.keys(), ...newer.keys()])].sort(compareCodePoints)) {
    const a = older.get(name);
    const b = newer.get(name);
    if (a && b) on.both(a, b);
    else if (a) on.dropped?.(a);
    else if (b) on.added?.(b);
  }
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

function sameSequence(a: Sequence, b: Sequence): boolean {
  return (
    a.start === b.start && a.increment === b.increment && a.min === b.min && a.max === b.max && a.cycle === b.cycle
  );
}

function nameOf(item: Table | Column | Sequence | Macro | UserType): string {
  return item.name;
}

function connectionKey(connection: Connection): string {
  return foldName(joinNames(connection.from, connection.to));
}

function indexKey(index: Index): string {
  return joinNames(index.table, index.name);
}
