import { foldName } from '../dialect/kuzu-names';
import type { Rename } from './change';
import type { RelTable, Table } from './model';
import { nameSimilarity } from './name-similarity';
import { indexByName, joinNames } from './order';
import type { RenameEvidence, ScoredRename } from './rename-candidate';
import { keyColumns } from './rename-columns';

const WEIGHT = { columns: 0.6, key: 0.2, name: 0.2 };

/**
 * How well two tables would be one; undefined where they can't be, being of two kinds or in two schemas.
 * @param nodes the new names of node tables that may have one, by folded older name: what rel tables connect
 */
export function scoreTables(
  before: Table,
  after: Table,
  nodes: ReadonlyMap<string, string> = new Map(),
): ScoredRename | undefined {
  if (before.kind !== after.kind) return undefined;
  if (before.kind === 'table' && after.kind === 'table' && before.schema !== after.schema) return undefined;
  const { same, share } = sharedColumns(before, after);
  const key = keyShare(before, after, nodes);
  // The name is asked last: it costs the most, and alone it says too little.
  const most = WEIGHT.columns * share + WEIGHT.key * key + WEIGHT.name;
  if (most < 0.3) return undefined;
  const name = nameSimilarity(before.name, after.name);
  const evidence: RenameEvidence[] = [];
  const total = Math.max(before.columns.length, after.columns.length);
  if (same > 0) {
    evidence.push({ key: 'rename.evidence.columns', params: { same: String(same), total: String(total) } });
  }
  if (key === 1) evidence.push({ key: `rename.evidence.${before.kind === 'rel' ? 'connections' : 'key'}`, params: {} });
  if (name >= 0.5) evidence.push({ key: 'rename.evidence.name', params: {} });
  const rename: Rename = {
    kind: 'rename-table',
    from: before.name,
    to: after.name,
    ...(before.kind === 'table' ? { sqlSchema: before.schema } : {}),
  };
  return { rename, score: most - WEIGHT.name * (1 - name), evidence };
}

/** A column under another name still has its type: worth a third. Few columns are alike by accident. */
function sharedColumns(before: Table, after: Table): { readonly same: number; readonly share: number } {
  const total = Math.max(before.columns.length, after.columns.length);
  // Rel tables without columns have only their connections to be known by.
  if (total === 0) return { same: 0, share: 0.7 };
  const newer = indexByName(after.columns, ({ name }) => name);
  const types = new Map<string, number>();
  let same = 0;
  let sum = 0;
  for (const { name, type } of before.columns) {
    const other = newer.get(foldName(name));
    if (other) newer.delete(foldName(name));
    else types.set(type, (types.get(type) ?? 0) + 1);
    if (other?.type === type) same++;
    else if (other) sum += 0.6;
  }
  for (const { type } of newer.values()) {
    const left = types.get(type) ?? 0;
    if (left > 0) sum += 1 / 3;
    types.set(type, left - 1);
  }
  const trust = total > 2 ? 1 : total === 2 ? 0.9 : 0.7;
  return { same, share: (trust * (same + sum)) / total };
}

function keyShare(before: Table, after: Table, nodes: ReadonlyMap<string, string>): number {
  if (before.kind === 'rel' && after.kind === 'rel') return connectionShare(before, after, nodes);
  const [older, newer] = [keyColumns(before), keyColumns(after)];
  if (older.size === 0 && newer.size === 0) return 0.5;
  if ([...older].every((name) => newer.has(name)) && older.size === newer.size) return 1;
  return typesOf(before, older) === typesOf(after, newer) ? 0.5 : 0;
}

function connectionShare(before: RelTable, after: RelTable, nodes: ReadonlyMap<string, string>): number {
  const renamed = (name: string) => foldName(nodes.get(foldName(name)) ?? name);
  const older = before.connections.map(({ from, to }) => joinNames(renamed(from), renamed(to)));
  const newer = new Set(after.connections.map(({ from, to }) => joinNames(foldName(from), foldName(to))));
  const shared = older.filter((one) => newer.has(one)).length / Math.max(older.length, newer.size, 1);
  return before.multiplicity === after.multiplicity ? shared : shared * 0.8;
}

function typesOf(table: Table, names: ReadonlySet<string>): string {
  return table.columns
    .filter(({ name }) => names.has(foldName(name)))
    .map(({ type }) => type)
    .join();
}
