import { foldName, sameName } from '../dialect/kuzu-names';
import type { Rename } from './change';
import type { RelTable, Table } from './model';
import { bareName, bareSimilarity } from './name-similarity';
import { joinNames } from './order';
import { FLOOR, type RenameEvidence, type ScoredRename } from './rename-candidate';
import { keyColumns } from './rename-columns';

const WEIGHT = { columns: 0.6, key: 0.2, name: 0.2 };

/** What is compared of a table, made once for all its pairs. */
export interface TableShape {
  readonly table: Table;
  readonly bare: string;
  /** The types of its columns by their folded names. */
  readonly types: ReadonlyMap<string, string>;
  readonly key: ReadonlySet<string>;
}

export function shapeOf(table: Table): TableShape {
  const types = new Map(table.columns.map(({ name, type }) => [foldName(name), type]));
  return { table, bare: bareName(table.name), types, key: keyColumns(table) };
}

/**
 * How well two tables would be one; undefined where they can't be, being of two kinds. In two schemas only tables of one
 * name may be one: a table that moves and gets another name at once looks too much like any other.
 * @param nodes the new names of node tables that may have one, by folded older name: what rel tables connect
 */
export function scoreTables(
  older: TableShape,
  newer: TableShape,
  nodes: ReadonlyMap<string, string>,
): ScoredRename | undefined {
  const { table: before } = older;
  const { table: after } = newer;
  if (before.kind !== after.kind) return undefined;
  const moves = before.kind === 'table' && after.kind === 'table' && !sameName(before.schema, after.schema);
  if (moves && !sameName(before.name, after.name)) return undefined;
  const { same, share } = sharedColumns(older.types, newer.types);
  const key = keyShare(older, newer, nodes);
  // The name is asked last: it costs the most, and alone it says too little.
  const most = WEIGHT.columns * share + WEIGHT.key * key + WEIGHT.name;
  if (most < FLOOR) return undefined;
  const name = bareSimilarity(older.bare, newer.bare);
  const score = most - WEIGHT.name * (1 - name);
  if (score < FLOOR) return undefined;
  const evidence: RenameEvidence[] = [];
  const total = Math.max(before.columns.length, after.columns.length);
  if (same > 0) {
    evidence.push({ key: 'rename.evidence.columns', params: { same: String(same), total: String(total) } });
  }
  if (key === 1) evidence.push({ key: `rename.evidence.${before.kind === 'rel' ? 'connections' : 'key'}`, params: {} });
  if (moves) evidence.push({ key: 'rename.evidence.schema', params: { schema: after.schema } });
  else if (name >= 0.5) evidence.push({ key: 'rename.evidence.name', params: {} });
  const rename: Rename = {
    kind: 'rename-table',
    from: before.name,
    to: after.name,
    ...(before.kind === 'table' ? { sqlSchema: before.schema } : {}),
    ...(moves ? { toSchema: after.schema } : {}),
  };
  return { rename, score, evidence };
}

/** A column under another name still has its type: worth a third. Few columns are alike by accident. */
function sharedColumns(
  older: ReadonlyMap<string, string>,
  newer: ReadonlyMap<string, string>,
): { readonly same: number; readonly share: number } {
  const total = Math.max(older.size, newer.size);
  // Rel tables without columns have only their connections to be known by.
  if (total === 0) return { same: 0, share: 0.7 };
  const left = new Map<string, number>();
  let same = 0;
  let sum = 0;
  for (const [name, type] of older) {
    const other = newer.get(name);
    if (other === type) same++;
    else if (other !== undefined) sum += 0.6;
    else left.set(type, (left.get(type) ?? 0) + 1);
  }
  if (left.size > 0) {
    for (const [name, type] of newer) {
      const count = older.has(name) ? 0 : (left.get(type) ?? 0);
      if (count === 0) continue;
      sum += 1 / 3;
      left.set(type, count - 1);
    }
  }
  const trust = total > 2 ? 1 : total === 2 ? 0.9 : 0.7;
  return { same, share: (trust * (same + sum)) / total };
}

function keyShare(older: TableShape, newer: TableShape, nodes: ReadonlyMap<string, string>): number {
  const { table: before, key } = older;
  const { table: after } = newer;
  if (before.kind === 'rel' && after.kind === 'rel') return connectionShare(before, after, nodes);
  if (key.size === 0 && newer.key.size === 0) return 0.5;
  if (key.size !== newer.key.size) return 0;
  if ([...key].every((name) => newer.key.has(name))) return 1;
  const typesOf = (shape: TableShape) => [...shape.key].map((name) => shape.types.get(name)).join();
  return typesOf(older) === typesOf(newer) ? 0.5 : 0;
}

function connectionShare(before: RelTable, after: RelTable, nodes: ReadonlyMap<string, string>): number {
  const renamed = (name: string) => foldName(nodes.get(foldName(name)) ?? name);
  const older = before.connections.map(({ from, to }) => joinNames(renamed(from), renamed(to)));
  const newer = new Set(after.connections.map(({ from, to }) => joinNames(foldName(from), foldName(to))));
  const shared = older.filter((one) => newer.has(one)).length / Math.max(older.length, newer.size, 1);
  return before.multiplicity === after.multiplicity ? shared : shared * 0.8;
}
