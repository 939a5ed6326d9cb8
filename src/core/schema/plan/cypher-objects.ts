import { foldName, needsQuotes, writeName } from '../../dialect/kuzu-names';
import type { Change } from '../change';
import type { Index, Schema } from '../model';
import { createMacro, createSequence, createType, dropIndex } from '../statements';
import type { Work } from './cypher-work';

/**
 * Types, sequences and macros that come or change: before the tables, whose defaults may use them. A default finds them
 * by name each time, so that what has changed may be dropped under it.
 */
export function addObjects(work: Work, changes: readonly Change[], after: Schema): void {
  const dropped = changes.flatMap((change) => {
    if (change.kind === 'change-type') return [`DROP TYPE ${writeName(change.before.name)}`];
    if (change.kind === 'change-sequence') return [`DROP SEQUENCE ${writeName(change.before.name)}`];
    if (change.kind === 'change-macro') return [`DROP MACRO ${writeName(change.before.name)}`];
    return [];
  });
  work.add(...dropped);
  // In the order of the newer schema, which has each behind what it mentions.
  const made = new Set<unknown>(
    changes.map((change) => {
      if (change.kind === 'add-type') return change.type;
      if (change.kind === 'add-sequence') return change.sequence;
      if (change.kind === 'add-macro') return change.macro;
      return change.kind === 'change-type' || change.kind === 'change-sequence' || change.kind === 'change-macro'
        ? change.after
        : undefined;
    }),
  );
  work.add(
    ...after.types.filter((one) => made.has(one)).map(createType),
    ...after.sequences.filter((one) => made.has(one)).map(createSequence),
    ...after.macros.filter((one) => made.has(one)).map(createMacro),
  );
}

/** What goes of them: behind the tables, and what uses others before those. */
export function dropObjects(work: Work, changes: readonly Change[], before: Schema): void {
  const gone = new Set<unknown>(
    changes.map((change) => {
      if (change.kind === 'drop-type') return change.type;
      if (change.kind === 'drop-sequence') return change.sequence;
      return change.kind === 'drop-macro' ? change.macro : undefined;
    }),
  );
  const drop = (what: string, objects: readonly { readonly name: string }[]) =>
    [...objects].reverse().flatMap((one) => (gone.has(one) ? [`DROP ${what} ${writeName(one.name)}`] : []));
  work.add(...drop('MACRO', before.macros), ...drop('SEQUENCE', before.sequences), ...drop('TYPE', before.types));
}

export interface IndexWork {
  readonly drop: readonly Index[];
  readonly create: readonly Index[];
}

/**
 * The indexes that go, as they are called before all renames, and those that come; both, where one stands on a table
 * that is made anew.
 */
export function indexWork(
  work: Work,
  changes: readonly Change[],
  { before, renamed, after }: { readonly before: Schema; readonly renamed: Schema; readonly after: Schema },
): IndexWork {
  const anew = new Set([...work.rebuilds].map((table) => foldName(table.after.name)));
  const gone = new Set<Index>();
  const made = new Set<Index>();
  for (const change of changes) {
    if (change.kind === 'drop-index') gone.add(change.index);
    if (change.kind === 'add-index') made.add(change.index);
    if (change.kind === 'change-index') {
      gone.add(change.before);
      made.add(change.after);
    }
  }
  const isAnew = ({ table }: Index) => anew.has(foldName(table));
  return {
    drop: before.indexes.filter((_, at) => {
      const index = renamed.indexes[at];
      return index !== undefined && (gone.has(index) || isAnew(index));
    }),
    create: after.indexes.filter((index) => made.has(index) || isAnew(index)),
  };
}

export function dropIndexes(work: Work, { drop }: IndexWork): void {
  work.add(...drop.map(dropIndex));
}

export function createIndexes(work: Work, { create }: IndexWork): void {
  for (const index of create) {
    const name = unquotable(index);
    if (name === undefined) work.add(index.definition);
    else work.left.push({ key: 'plan.left.index', params: { index: index.name, table: index.table, name } });
  }
}

/**
 * A name that keeps the index from being made, though the engine keeps one that stood there before a rename.
 * @source measured on Kùzu 0.11.3, which writes it into queries of its own without quotes: the columns of a full-text
 * index, the table of a vector index
 */
function unquotable({ type, table, columns }: Index): string | undefined {
  return (type.toUpperCase() === 'HNSW' ? [table] : columns).find(needsQuotes);
}
