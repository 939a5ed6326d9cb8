import { foldName } from '../dialect/kuzu-names';
import type { Rename } from './change';
import type { Column, Table } from './model';
import { nameSimilarity } from './name-similarity';
import { indexByName } from './order';
import type { RenameEvidence, ScoredRename } from './rename-candidate';

const WEIGHT = { type: 0.35, rest: 0.1, position: 0.3, name: 0.25 };

/** Each column that went with each that came, of one table or of two that may be one. */
export function scoreColumns(before: Table, after: Table, under?: Rename): ScoredRename[] {
  const older = indexByName(before.columns, ({ name }) => name);
  const newer = indexByName(after.columns, ({ name }) => name);
  const gone = before.columns.filter(({ name }) => !newer.has(foldName(name)));
  const came = after.columns.filter(({ name }) => !older.has(foldName(name)));
  if (gone.length === 0 || came.length === 0) return [];
  const was = placesOf(before.columns, newer);
  const is = placesOf(after.columns, older);
  const keys = [keyColumns(before), keyColumns(after)];
  return gone.flatMap((from) =>
    came.map((to): ScoredRename => {
      const isType = from.type === to.type;
      const rest = restOf(from) === restOf(to) ? 1 : 0;
      const position = likeness(was.get(from) ?? [], is.get(to) ?? []);
      const name = nameSimilarity(from.name, to.name);
      const isKey = [keys[0]?.has(foldName(from.name)), keys[1]?.has(foldName(to.name))];
      let score = (isType ? WEIGHT.type : 0) + WEIGHT.rest * rest + WEIGHT.position * position + WEIGHT.name * name;
      if (isKey[0] !== isKey[1]) score /= 2;
      else if (isKey[0]) score = Math.min(1, score + 0.1);
      const evidence: RenameEvidence[] = [];
      if (isType) evidence.push({ key: 'rename.evidence.type', params: { type: from.type } });
      if (isKey[0] && isKey[1]) evidence.push({ key: 'rename.evidence.isKey', params: {} });
      if (position >= 0.5) evidence.push({ key: 'rename.evidence.position', params: {} });
      if (name >= 0.5) evidence.push({ key: 'rename.evidence.name', params: {} });
      const rename: Rename = {
        kind: 'rename-column',
        table: after.name,
        from: from.name,
        to: to.name,
        ...(after.kind === 'table' ? { sqlSchema: after.schema } : {}),
      };
      return { rename, score, evidence, ...(under ? { under } : {}) };
    }),
  );
}

/** The names of the key's columns, folded. */
export function keyColumns(table: Table): Set<string> {
  if (table.kind === 'node') return new Set([foldName(table.primaryKey)]);
  const key = table.kind === 'table' ? table.constraints.find((one) => one.kind === 'primary-key') : undefined;
  return new Set(key?.kind === 'primary-key' ? key.columns.map(foldName) : []);
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
