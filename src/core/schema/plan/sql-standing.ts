import { foldName, sameName } from '../../dialect/kuzu-names';
import type { Index, Schema, View } from '../model';
import { indexByName, indexKey, keyOf } from '../order';
import type { Replaced } from './sql-replaced';
import { indexesOf, staysIndex, type Treated } from './sql-treatment';
import type { WayRequest } from './types';

/** The objects that the way leaves where they are, on the older and on the newer side; all others go or are made. */
export interface Standing {
  readonly indexes: ReadonlySet<Index>;
  readonly newer: ReadonlySet<unknown>;
}

export function standingObjects(
  { before, after }: WayRequest,
  treated: readonly Treated[],
  replaced: Replaced,
  droppedViews: ReadonlySet<View>,
): Standing {
  const indexes = standingIndexes(before, after, treated, replaced);
  const gone = new Set<unknown>([...replaced.types, ...replaced.sequences, ...replaced.macros, ...droppedViews]);
  const stay = <T>(older: readonly T[], newer: readonly T[], key: (item: T) => string): T[] => {
    const known = indexByName(
      older.filter((item) => !gone.has(item)),
      key,
    );
    return newer.filter((item) => known.has(foldName(key(item))));
  };
  return {
    indexes,
    newer: new Set<unknown>([
      ...stay(before.types, after.types, keyOf),
      ...stay(before.sequences, after.sequences, keyOf),
      ...stay(before.macros, after.macros, keyOf),
      ...stay(before.views ?? [], after.views ?? [], keyOf),
      ...stay([...indexes], after.indexes, indexKey),
      ...treated.flatMap(({ pair, treatment }) => (treatment === 'add' || treatment === 'rebuild' ? [] : [pair.after])),
    ]),
  };
}

/** Their text and what it mentions are the same, and their table is not altered in a way that they forbid. */
function standingIndexes(
  before: Schema,
  after: Schema,
  treated: readonly Treated[],
  replaced: Replaced,
): ReadonlySet<Index> {
  const newer = indexByName(after.indexes, indexKey);
  return new Set(
    treated.flatMap(({ pair, treatment }) => {
      if (pair.before === undefined || (treatment !== 'keep' && treatment !== 'light')) return [];
      return indexesOf(pair.before, before.indexes).filter((index) =>
        staysIndex(index, newer.get(foldName(indexKey(index))), replaced),
      );
    }),
  );
}

/** Whether an index goes without a statement, with a table that is dropped. */
export function goesWithTable(index: Index, treated: readonly Treated[]): boolean {
  return treated.some(
    ({ pair: { before }, treatment }) =>
      (treatment === 'drop' || treatment === 'rebuild') &&
      before !== undefined &&
      sameName(index.schema ?? 'main', before.schema) &&
      sameName(index.table, before.name),
  );
}
