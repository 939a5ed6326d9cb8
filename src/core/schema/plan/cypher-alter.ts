import { foldName, sameName, writeName } from '../../dialect/kuzu-names';
import type { Rename } from '../change';
import { columnText, commentOnTable, connectionText, createTable } from '../statements';
import { isRel, keyOfPair, originOf, type SharedTable, serialSequence } from './cypher-tables';
import type { Work } from './cypher-work';

/** Renames what keeps its table; a table that is made anew gets its names there, and one that goes gives way only. */
export function renameTables(work: Work, renames: readonly Rename[]): void {
  const kept = keptTables(work);
  const movable = [...kept, ...work.tables.gone.filter(({ before }) => before.kind === 'node')];
  // By folded names as they change from rename to rename, also of those tables that are not touched here.
  const now = [...work.tables.shared, ...work.tables.gone].map((table) => ({ table, name: table.before.name }));
  for (const rename of renames) {
    if (rename.kind === 'rename-table') {
      const found = now.find(({ name }) => sameName(name, rename.from));
      if (found === undefined) continue;
      found.name = rename.to;
      if (movable.some(({ before }) => before === found.table.before)) work.rename(found.table.before, rename.to);
    } else {
      const table = kept.find(({ renamed }) => sameName(renamed.name, rename.table));
      if (table === undefined) continue;
      const [name, from, to] = [work.nameOf(table.before), rename.from, rename.to].map(writeName);
      work.add(`ALTER TABLE ${name} RENAME ${from} TO ${to}`);
    }
  }
}

/** New pairs come before the old ones go: a table without any ends the process at its export (KM305). */
export function alterPairs(work: Work): void {
  for (const { before, renamed, after } of keptTables(work).filter(isRel)) {
    const table = writeName(work.nameOf(before));
    const older = new Set(renamed.connections.map(keyOfPair));
    const newer = new Set(after.connections.map(keyOfPair));
    for (const pair of after.connections) {
      if (!older.has(keyOfPair(pair))) work.add(`ALTER TABLE ${table} ADD ${connectionText(pair)}`);
    }
    for (const pair of renamed.connections) {
      if (!newer.has(keyOfPair(pair))) work.add(`ALTER TABLE ${table} DROP ${connectionText(pair)}`);
    }
  }
}

/** After the pairs: one that is added to a table which lost a column ends the process (KM304). */
export function alterColumns(work: Work): void {
  for (const table of keptTables(work)) {
    const { before, renamed, after } = table;
    const name = work.nameOf(before);
    const newer = new Set(after.columns.map((column) => foldName(column.name)));
    for (const column of after.columns) {
      if (originOf(table, column.name) === undefined) {
        work.add(`ALTER TABLE ${writeName(name)} ADD ${columnText(column)}`);
      }
    }
    for (const column of renamed.columns) {
      if (newer.has(foldName(column.name))) continue;
      work.add(`ALTER TABLE ${writeName(name)} DROP ${writeName(column.name)}`);
      if (column.type !== 'SERIAL') continue;
      // It would stay, and keep a later column of that name from being made.
      work.add(`DROP SEQUENCE IF EXISTS ${writeName(serialSequence(name, column.name))}`);
    }
    const [older, comment] = [before.comment ?? '', after.comment ?? ''];
    if (older !== comment) work.add(commentOnTable(name, comment));
  }
}

export function addTables(work: Work, kind: 'node' | 'rel'): void {
  for (const table of work.tables.added) {
    if (table.kind !== kind) continue;
    work.add(createTable(table, 'line'));
    work.comment(table);
  }
}

export function dropTables(work: Work, kind: 'node' | 'rel'): void {
  for (const { before } of work.tables.gone) {
    if (before.kind === kind) work.add(`DROP TABLE ${writeName(work.nameOf(before))}`);
  }
}

function keptTables(work: Work): SharedTable[] {
  return work.tables.shared.filter((table) => !work.rebuilds.has(table));
}
