import { foldName } from '../../dialect/kuzu-names';
import type { Macro, Schema, View } from '../model';
import { indexByName, keyOf } from '../order';
import { type SqlObject, sqlNeeds } from '../sql-order';
import type { Treated } from './sql-treatment';

/**
 * The views that go or have to be made anew: those that changed, and those that read, by other views and macros too,
 * from what did. A view remembers the names and types of its columns, and fails once they are others.
 */
export function viewsToDrop(
  { before, after }: { readonly before: Schema; readonly after: Schema },
  tables: readonly Treated[],
  macros: readonly Macro[],
): ReadonlySet<View> {
  const newer = indexByName(after.views ?? [], keyOf);
  const { objects, needed } = sqlNeeds(before);
  const moved = new Set<unknown>([
    ...macros,
    ...tables.flatMap((table) => (showsOtherColumns(table) ? [table.pair.before] : [])),
    ...(before.views ?? []).filter((view) => newer.get(foldName(keyOf(view)))?.definition !== view.definition),
  ]);
  const follows = (object: SqlObject) => object.kind !== 'table' && needed(object).some(({ item }) => moved.has(item));
  for (let size = -1; size !== moved.size; ) {
    size = moved.size;
    for (const object of objects) if (follows(object)) moved.add(object.item);
  }
  return new Set((before.views ?? []).filter((view) => moved.has(view)));
}

function showsOtherColumns({ pair, treatment }: Treated): boolean {
  if (treatment === 'light') return pair.columns.some(({ before }) => before === undefined);
  return treatment !== 'keep';
}
