import { foldName } from '../../dialect/kuzu-names';
import type { Defaults } from './cypher-defaults';
import {
  isNode,
  isRel,
  keyOfPair,
  originOf,
  type SharedTable,
  serialColumns,
  serialSequence,
  type Tables,
} from './cypher-tables';

/**
 * The shared tables that no ALTER turns into what they shall be, so that they are made anew and filled from the old
 * ones: for a change of a type, a default, a key, a multiplicity or a storage direction, for a SERIAL column that comes
 * or is renamed, for a column whose default is no constant and no plain number of a sequence, and for every rel table at a
 * node table that is made anew.
 * @source measured on Kùzu 0.11.3: it has no statement for the first ones; ALTER … ADD of a SERIAL column makes no sequence
 * for it, and one that is renamed keeps its sequence under the old name; a rel table takes only a constant with ADD. For
 * defaults see {@link Defaults}.
 */
export function tablesToRebuild({ shared }: Tables, defaults: Defaults): Set<SharedTable> {
  const found = new Set<SharedTable>(shared.filter((table) => hasFixedChange(table, defaults)));
  const nodes = new Set([...found].filter(isNode).map(({ after }) => foldName(after.name)));
  for (const table of shared.filter(isRel)) {
    const ends = [...table.renamed.connections, ...table.after.connections].flatMap(({ from, to }) => [from, to]);
    if (ends.some((end) => nodes.has(foldName(end)))) found.add(table);
    const before = new Set(table.renamed.connections.map(keyOfPair));
    // Between the DROP of its last pair and the next ADD a table would have none; and nothing is there to be kept.
    if (!table.after.connections.some((pair) => before.has(keyOfPair(pair)))) found.add(table);
  }
  return found;
}

function hasFixedChange(table: SharedTable, defaults: Defaults): boolean {
  const { before, after } = table;
  for (const column of after.columns) {
    const origin = originOf(table, column.name);
    if (origin === undefined) {
      if (column.type === 'SERIAL') return true;
      if (['random', 'mixed'].includes(defaults.kindOf(column))) return true;
      if (after.kind === 'rel' && /\w\s*\(/.test(column.default ?? '')) return true;
      continue;
    }
    if (origin.type !== column.type || origin.default !== column.default) return true;
  }
  if (isNode(table) && foldName(table.renamed.primaryKey) !== foldName(table.after.primaryKey)) return true;
  if (isRel(table)) {
    const { renamed } = table;
    if (renamed.multiplicity !== table.after.multiplicity) return true;
    if (renamed.storageDirection !== table.after.storageDirection) return true;
  }
  return serialColumns(before).some((column) => {
    const at = before.columns.findIndex(({ name }) => name === column);
    const { name, columns } = table.renamed;
    return serialSequence(before.name, column) !== serialSequence(name, columns[at]?.name ?? '');
  });
}
