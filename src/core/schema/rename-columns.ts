import { foldName } from '../dialect/kuzu-names';
import type { Rename } from './change';
import type { Column, Table } from './model';
import { bareName, bareSimilarity } from './name-similarity';
import { indexByName } from './order';
import { FLOOR, type RenameEvidence, type ScoredRename } from './rename-candidate';

const WEIGHT = { type: 0.35, rest: 0.1, position: 0.3, name: 0.25 };
/** What two keys have above two other columns. */
const KEY = 0.1;

/** Each column that went with each that came, of one table or of two that may be one. */
export function scoreColumns(before: Table, after: Table, under?: Rename): ScoredRename[] {
  // Nearly all tables of a comparison are such, and this costs the least.
  const isSame = before.columns.every(({ name }, at) => name === after.columns[at]?.name);
  if (isSame && before.columns.length === after.columns.length) return [];
  const older = indexByName(before.columns, ({ name }) => name);
  const newer = indexByName(after.columns, ({ name }) => name);
  const gone = shapesOf(before, newer);
  const came = shapesOf(after, older);
  return gone.flatMap((from) =>
    came.flatMap((to): ScoredRename[] => {
      const isType = from.type === to.type;
      const position = likeness(from.place, to.place);
      const rest = from.rest === to.rest ? 1 : 0;
      const most = (isType ? WEIGHT.type : 0) + WEIGHT.rest * rest + WEIGHT.position * position + WEIGHT.name;
      if (most + KEY < FLOOR) return [];
      const name = bareSimilarity(from.bare, to.bare);
      let score = most - WEIGHT.name * (1 - name);
      if (from.isKey !== to.isKey) score /= 2;
      else if (from.isKey) score = Math.min(1, score + KEY);
      if (score < FLOOR) return [];
      const evidence: RenameEvidence[] = [];
      if (isType) evidence.push({ key: 'rename.evidence.type', params: { type: from.type } });
      if (from.isKey && to.isKey) evidence.push({ key: 'rename.evidence.isKey', params: {} });
      if (position >= 0.5) evidence.push({ key: 'rename.evidence.position', params: {} });
      if (name >= 0.5) evidence.push({ key: 'rename.evidence.name', params: {} });
      const rename: Rename = {
        kind: 'rename-column',
        table: after.name,
        from: from.name,
        to: to.name,
        ...(after.kind === 'table' ? { sqlSchema: after.schema } : {}),
      };
      return [{ rename, score, evidence, ...(under ? { under } : {}) }];
    }),
  );
}

/** The names of the key's columns, folded. */
export function keyColumns(table: Table): Set<string> {
  if (table.kind === 'node') return new Set([foldName(table.primaryKey)]);
  const key = table.kind === 'table' ? table.constraints.find((one) => one.kind === 'primary-key') : undefined;
  return new Set(key?.kind === 'primary-key' ? key.columns.map(foldName) : []);
}

/** What is compared of a column, made once for all its pairs. */
interface ColumnShape {
  readonly name: string;
  readonly type: string;
  readonly bare: string;
  readonly rest: string;
  readonly place: readonly string[];
  readonly isKey: boolean;
}

/** The columns that the other table doesn't have. */
function shapesOf(table: Table, other: ReadonlyMap<string, unknown>): ColumnShape[] {
  const places = placesOf(table.columns, other);
  const keys = keyColumns(table);
  return [...places].map(([column, place]) => {
    const { name, type } = column;
    return { name, type, bare: bareName(name), rest: restOf(column), place, isKey: keys.has(foldName(name)) };
  });
}

/** What a column's definition holds beside its name and type. */
function restOf(column: Column & { readonly notNull?: true; readonly generated?: string }): string {
  return JSON.stringify([column.default ?? null, column.notNull ?? false, column.generated ?? null]);
}

/** For each column the next ones on both sides that both tables have, and how far they are. */
function placesOf(columns: readonly Column[], other: ReadonlyMap<string, unknown>): Map<Column, string[]> {
  const places = new Map<Column, string[]>();
  for (const inOrder of [columns, [...columns].reverse()]) {
    let anchor = '';
    let far = 0;
    for (const column of inOrder) {
      const name = foldName(column.name);
      if (other.has(name)) [anchor, far] = [name, 0];
      else places.set(column, [...(places.get(column) ?? []), anchor, String(++far)]);
    }
  }
  return places;
}

/** 1 where the neighbours and the distances to them are the same; half of a side's share where only the neighbour is. */
function likeness(a: readonly string[], b: readonly string[]): number {
  let found = 0;
  for (const at of [0, 2]) if (a[at] === b[at]) found += a[at + 1] === b[at + 1] ? 0.5 : 0.25;
  return found;
}
