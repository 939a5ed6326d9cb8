import type { Change } from './change';
import type { Column, Table } from './model';
import { indexByName } from './order';

/** The columns that came, went, or changed what every engine's columns have. */
export function diffColumns(a: Table, b: Table, changes: Change[]): void {
  const table = a.kind === 'table' ? { table: a.name, sqlSchema: a.schema } : { table: a.name };
  const compare = (before: Column, after: Column) => {
    if (before.type !== after.type) changes.push({ kind: 'change-column-type', ...table, before, after });
    if (before.default !== after.default) changes.push({ kind: 'change-default', ...table, before, after });
  };
  // Nearly all columns of a schema stand where they stood, and need no looking up.
  let inPlace = 0;
  for (const [at, before] of a.columns.entries()) {
    const after = b.columns[at];
    if (after?.name !== before.name) break;
    compare(before, after);
    inPlace++;
  }
  const older = indexByName(a.columns.slice(inPlace), ({ name }) => name);
  const newer = indexByName(b.columns.slice(inPlace), ({ name }) => name);
  for (const [key, before] of older) {
    const after = newer.get(key);
    if (after) compare(before, after);
    else changes.push({ kind: 'drop-column', ...table, column: before });
  }
  for (const [key, column] of newer) {
    if (!older.has(key)) changes.push({ kind: 'add-column', ...table, column });
  }
}

export function diffComment(a: Table, b: Table, changes: Change[]): void {
  // The engine has no way to remove a comment but to set the empty one, so both mean none.
  const before = a.comment || undefined;
  const after = b.comment || undefined;
  if (before === after) return;
  changes.push({
    kind: 'change-comment',
    table: a.name,
    ...(a.kind === 'table' ? { sqlSchema: a.schema } : {}),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
}
