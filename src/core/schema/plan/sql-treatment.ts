import { foldName, sameName } from '../../dialect/kuzu-names';
import type { Index, SqlColumn, SqlConstraint, SqlTable } from '../model';
import { indexByName, keyOf } from '../order';
import { renamedText } from '../rename';
import { constraintText } from '../sql-statements';
import { sqlTokens } from '../sql-tokens';
import { canAlterType } from './sql-cast';
import { isKept, type KeptTable, renamedColumns, renamedConstraint, type TablePair } from './sql-pairs';
import type { Replaced } from './sql-replaced';
import type { WayRequest } from './types';

/**
 * What is done with a table: nothing but comments; what DuckDB does with any table; what it refuses while an index or
 * another table's key is on it; or a table made anew.
 */
export type Treatment = 'keep' | 'light' | 'alter' | 'rebuild' | 'drop' | 'add';

export interface Treated {
  readonly pair: TablePair;
  readonly treatment: Treatment;
}

/**
 * Chooses for each table. A table whose key leads to one that has to be free of keys is made anew with it.
 * @source measured on DuckDB 1.5.5, see docs/engine-notes.md
 */
export function treatments({ before, after }: WayRequest, pairs: readonly TablePair[], replaced: Replaced): Treated[] {
  const kept = pairs.filter(isKept);
  const around = { kept, indexes: before.indexes, newIndexes: after.indexes, replaced };
  const treated = new Map<TablePair, Treatment>(
    pairs.map((pair) => [pair, isKept(pair) ? treatmentOf(pair, around) : endOf(pair)]),
  );
  const isMoving = (pair: TablePair) => {
    const treatment = treated.get(pair);
    return treatment === 'alter' || treatment === 'rebuild' || treatment === 'drop';
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const pair of kept) {
      if (treated.get(pair) === 'rebuild') continue;
      const keys = foreignKeys(pair.before);
      if (!pairs.some((other) => other !== pair && isMoving(other) && keys.some((key) => leadsTo(key, other))))
        continue;
      treated.set(pair, 'rebuild');
      changed = true;
    }
  }
  return pairs.map((pair) => ({ pair, treatment: treated.get(pair) ?? 'keep' }));
}

function leadsTo(key: ForeignKey, { before }: TablePair): boolean {
  return before !== undefined && isOwn(key, before);
}

interface Around {
  readonly kept: readonly KeptTable[];
  readonly indexes: readonly Index[];
  readonly newIndexes: readonly Index[];
  readonly replaced: Replaced;
}

function endOf(pair: TablePair): Treatment {
  return pair.after === undefined ? 'drop' : 'add';
}

function treatmentOf(pair: KeptTable, around: Around): Treatment {
  const treatment = ownTreatment(pair, around);
  return treatment !== 'rebuild' && remakesUniqueIndex(pair, treatment, around) ? 'rebuild' : treatment;
}

/** The name of a UNIQUE index can't be used again on the same table in the transaction that drops the index. */
function remakesUniqueIndex({ before }: KeptTable, treatment: Treatment, around: Around): boolean {
  const newer = indexByName(around.newIndexes, keyOf);
  return indexesOf(before, around.indexes).some((index) => {
    const next = newer.get(foldName(keyOf(index)));
    if (next === undefined || !/^CREATE UNIQUE /i.test(index.definition)) return false;
    return treatment === 'alter' || !staysIndex(index, next, around.replaced);
  });
}

/** Whether an index needs nothing done to it, as far as it is up to itself. */
export function staysIndex(index: Index, next: Index | undefined, replaced: Replaced): boolean {
  return next?.definition === index.definition && !replaced.mentionedBy(index.definition);
}

function ownTreatment(pair: KeptTable, around: Around): Treatment {
  if (needsRebuild(pair, around)) return 'rebuild';
  const { before, after, columns } = pair;
  const refersToItself = foreignKeys(before).some((key) => isOwn(key, before));
  const isHeavy =
    !sameName(before.name, after.name) ||
    renamedColumns(pair).length > 0 ||
    (keyOfTable(before) === undefined) !== (keyOfTable(after) === undefined) ||
    columns.some(({ before: was, after: is }) => {
      if (is === undefined || was === undefined) return was !== undefined || is?.notNull === true;
      return was.type !== is.type || was.notNull !== is.notNull;
    });
  // Behind the DROP of another table that refers to it, even ADD COLUMN finds its own key broken.
  if (refersToItself && (isHeavy || columns.some((column) => column.before === undefined))) return 'rebuild';
  if (isHeavy) return 'alter';
  const isLight = columns.some((column) => column.before === undefined || resetsDefault(column, around.replaced));
  return isLight ? 'light' : 'keep';
}

/** Whether the DEFAULT has to be taken off, or off and on again. */
export function resetsDefault({ before, after }: TablePair['columns'][number], replaced: Replaced): boolean {
  if (!before || !after || before.generated !== undefined) return false;
  if (before.default !== after.default) return true;
  return before.default !== undefined && (before.type !== after.type || replaced.mentionedBy(before.default));
}

function needsRebuild(pair: KeptTable, around: Around): boolean {
  const { before, after, columns } = pair;
  // No ALTER TABLE moves one to another schema.
  if (!sameName(before.schema, after.schema)) return true;
  const renames = renamedColumns(pair);
  const had = new Set(
    before.constraints.map((one) => constraintText(inOwnName(renamedConstraint(one, renames), pair))),
  );
  const has = new Set(after.constraints.map(constraintText));
  const gone = [...had].some((text) => !has.has(text));
  const come = after.constraints.filter((one) => !had.has(constraintText(one)));
  if (gone || come.some(({ kind }) => kind !== 'primary-key')) return true;
  if (movesNames(pair, around) || columns.some((column) => needsNewTable(column, pair, around))) return true;
  if (columns.every(({ before: was, after: is }) => was === undefined || is === undefined)) return true;
  return expressions(before).some(around.replaced.mentionedBy);
}

/** Renames that meet a key, after which the engine looks for the old name, or a name that is still in use. */
function movesNames(pair: KeptTable, { kept }: Around): boolean {
  const { before, after } = pair;
  const keys = foreignKeys(before);
  const renamed = !sameName(before.name, after.name);
  if (renamed && keys.length > 0) return true;
  const target = foldName(keyOf(after));
  if (renamed && kept.some((other) => other !== pair && foldName(keyOf(other.before)) === target)) return true;
  const inKey = (name: string) =>
    keys.some((key) =>
      [...key.columns, ...(isOwn(key, before) ? key.referenced : [])].some((one) => sameName(one, name)),
    );
  return renamedColumns(pair).some(
    ([from, to]) => inKey(from) || pair.columns.some((one) => one.before && one.after && sameName(one.before.name, to)),
  );
}

function needsNewTable(
  { before: was, after: is }: TablePair['columns'][number],
  pair: KeptTable,
  around: Around,
): boolean {
  const renames = renamedColumns(pair);
  if (was === undefined) return is?.generated !== undefined || (is?.default !== undefined && isComputed(is.default));
  if (is === undefined) return isTied(was, pair, around) || hasIndexBehind(was, pair, around);
  const generated = was.generated === undefined ? undefined : renamedText(was.generated, renames);
  if (generated !== is.generated) return true;
  if (was.type === is.type) return false;
  return is.generated !== undefined || !canAlterType(was.type, is.type) || isTied(was, pair, around);
}

/** Anything but a literal is written into a new column by an UPDATE, behind which the transaction can't alter or index the table. */
function isComputed(value: string): boolean {
  return !/^(?:'(?:[^']|'')*'|-?[\d.]+(?:e[-+]?\d+)?|NULL)$/is.test(value);
}

/** Whether a constraint, an index or another column's expression rests on a column. */
function isTied({ name }: SqlColumn, { before }: KeptTable, around: Around): boolean {
  if (expressions(before).some((text) => mentions(text, name))) return true;
  if (constrained(before).some((one) => sameName(one, name))) return true;
  // Within the transaction that drops the index the engine still counts it.
  return indexesOf(before, around.indexes).some(({ definition }) => mentions(definition, name));
}

function hasIndexBehind(column: SqlColumn, { before }: KeptTable, around: Around): boolean {
  const behind = before.columns.slice(before.columns.indexOf(column) + 1);
  const indexed = indexesOf(before, around.indexes);
  return behind.some(
    ({ name }) =>
      constrained(before).some((one) => sameName(one, name)) ||
      indexed.some(({ definition }) => mentions(definition, name)),
  );
}

export function indexesOf(table: SqlTable, indexes: readonly Index[]): Index[] {
  return indexes.filter((index) => sameName(index.schema ?? 'main', table.schema) && sameName(index.table, table.name));
}

type ForeignKey = Extract<SqlConstraint, { readonly kind: 'foreign-key' }>;

export function foreignKeys(table: SqlTable): ForeignKey[] {
  return table.constraints.flatMap((one) => (one.kind === 'foreign-key' ? [one] : []));
}

/** Whether a key leads to this table. */
export function isOwn(key: ForeignKey, table: SqlTable): boolean {
  return sameName(key.schema, table.schema) && sameName(key.table, table.name);
}

export function keyOfTable(table: SqlTable): readonly string[] | undefined {
  for (const one of table.constraints) if (one.kind === 'primary-key') return one.columns;
  return undefined;
}

/** The constraint with the new name of a table that it leads to, where that is its own. */
function inOwnName(constraint: SqlConstraint, { before, after }: KeptTable): SqlConstraint {
  const isIt = constraint.kind === 'foreign-key' && isOwn(constraint, before);
  return isIt ? { ...constraint, table: after.name } : constraint;
}

function constrained(table: SqlTable): string[] {
  return table.constraints.flatMap((one) => (one.kind === 'check' ? [] : one.columns));
}

function expressions(table: SqlTable): string[] {
  return [
    ...table.columns.flatMap(({ generated }) => (generated === undefined ? [] : [generated])),
    ...table.constraints.flatMap((one) => (one.kind === 'check' ? [one.expression] : [])),
  ];
}

function mentions(text: string, name: string): boolean {
  return sqlTokens(text).some((token) => token.kind === 'name' && sameName(token.text, name));
}
