import { foldName } from '../../dialect/kuzu-names';
import { match } from '../match';
import type { Index, Schema } from '../model';
import { indexByName, indexKey, keyOf } from '../order';
import { commentTarget, type SqlCommented, sqlComment } from '../sql-statements';
import type { TablePair } from './sql-pairs';

/** The comments to set, where `isNew` says which objects of the newer schema were made anew and so have none. */
export function comments(
  before: Schema,
  after: Schema,
  tables: readonly TablePair[],
  isNew: (object: SqlCommented['item']) => boolean,
): string[] {
  const found: string[] = [];
  const compare = (object: SqlCommented, older: { readonly comment?: string } | undefined) => {
    const { comment } = object.item;
    const had = isNew(object.item) ? undefined : older?.comment;
    if (comment !== had) found.push(sqlComment(commentTarget(object), comment));
  };
  const each = <T extends { readonly name: string; readonly schema?: string; readonly comment?: string }>(
    [older, newer]: readonly [readonly T[], readonly T[]],
    object: (item: T) => SqlCommented,
    key: (item: T) => string = keyOf,
  ) => {
    const known = indexByName(older, key);
    for (const item of newer) compare(object(item), known.get(foldName(key(item))));
  };
  each([before.types, after.types], (item) => ({ kind: 'type', item }));
  each([before.sequences, after.sequences], (item) => ({ kind: 'sequence', item }));
  each([before.macros, after.macros], (item) => ({ kind: 'macro', item }));
  for (const { before: was, after: is, columns } of tables) {
    if (is === undefined) continue;
    compare({ kind: 'table', item: is }, was);
    for (const column of columns) {
      const item = column.after;
      if (item === undefined) continue;
      const had = isNew(is) ? undefined : column.before?.comment;
      if (item.comment !== had)
        found.push(sqlComment(commentTarget({ kind: 'column', table: is, item }), item.comment));
    }
  }
  each([before.views ?? [], after.views ?? []], (item) => ({ kind: 'view', item }));
  const older = indexByName(before.views ?? [], keyOf);
  for (const view of after.views ?? []) {
    const had = isNew(view) ? [] : (older.get(foldName(keyOf(view)))?.columnComments ?? []);
    match(had, view.columnComments ?? [], ({ name }) => name, {
      added: (item) => compare({ kind: 'column', table: view, item }, undefined),
      dropped: ({ name }) =>
        found.push(sqlComment(commentTarget({ kind: 'column', table: view, item: { name } }), undefined)),
      both: (was, item) => compare({ kind: 'column', table: view, item }, was),
    });
  }
  each<Index>([before.indexes, after.indexes], (item) => ({ kind: 'index', item }), indexKey);
  return found;
}
