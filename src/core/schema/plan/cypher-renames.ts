import { foldName, sameName } from '../../dialect/kuzu-names';
import type { Rename } from '../change';
import type { Schema } from '../model';
import { applyRenames } from '../rename';
import { temporaryName } from './temporary-name';

/**
 * The renames, with others between them that make room: where a name is still that of a table or column which goes, or
 * differs from the old one in case only, which Kùzu refuses.
 * @param taken folded names of all tables, which get those of the new ones
 */
export function completeRenames(before: Schema, renames: readonly Rename[], taken: Set<string>): Rename[] {
  const complete: Rename[] = [];
  let schema = before;
  const add = (rename: Rename) => {
    complete.push(rename);
    schema = applyRenames(schema, [rename]);
  };
  for (const rename of renames) {
    const isThere = namesBeside(schema, rename).some((name) => sameName(name, rename.from));
    // On the way back of a rename, what it named may be gone.
    if (rename.from === rename.to || !isThere) continue;
    const onlyCase = sameName(rename.from, rename.to);
    const room = () => roomFor(schema, rename, taken);
    if (onlyCase) {
      const between = room();
      add({ ...rename, to: between });
      add({ ...rename, from: between });
      continue;
    }
    if (namesBeside(schema, rename).some((name) => sameName(name, rename.to))) {
      add({ ...rename, from: rename.to, to: room() });
    }
    add(rename);
  }
  return complete;
}

/**
 * The renames without those of tables that a later one takes back: on its way a table would lose the numbers of a SERIAL
 * column, which only a table that is made anew takes along.
 */
export function withoutDetours(renames: readonly Rename[]): readonly Rename[] {
  const isOf = (rename: Rename, name: string) => sameName(rename.from, name) || sameName(rename.to, name);
  for (const [at, one] of renames.entries()) {
    if (one.kind !== 'rename-table') continue;
    const next = renames.findIndex(
      (other, index) => index > at && other.kind === 'rename-table' && (isOf(other, one.from) || isOf(other, one.to)),
    );
    const back = renames[next];
    if (back?.from !== one.to || back.to !== one.from) continue;
    return withoutDetours(renames.filter((_, index) => index !== at && index !== next));
  }
  return renames;
}

/**
 * Renames for tables and columns of indexes that the newer schema spells in another case: the definition of an index is
 * compared as it stands, and the engine writes it in the spelling of the table.
 */
export function respellIndexed(renamed: Schema, after: Schema): Rename[] {
  return after.indexes.flatMap(({ table, columns }): Rename[] => {
    const found = renamed.tables.find(({ name }) => sameName(name, table));
    if (found === undefined) return [];
    const names = columns.flatMap((to): Rename[] => {
      const from = found.columns.find(({ name }) => sameName(name, to))?.name ?? to;
      return from === to ? [] : [{ kind: 'rename-column', table, from, to }];
    });
    return found.name === table ? names : [{ kind: 'rename-table', from: found.name, to: table }, ...names];
  });
}

function roomFor(schema: Schema, rename: Rename, tables: Set<string>): string {
  const taken = rename.kind === 'rename-table' ? tables : new Set(namesBeside(schema, rename).map(foldName));
  return temporaryName(`${rename.to}_old`, taken);
}

function namesBeside({ tables }: Schema, rename: Rename): string[] {
  if (rename.kind === 'rename-table') return tables.map(({ name }) => name);
  return tables.find(({ name }) => sameName(name, rename.table))?.columns.map(({ name }) => name) ?? [];
}
