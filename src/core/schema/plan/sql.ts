import { sameName } from '../../dialect/kuzu-names';
import { writeSqlName } from '../../dialect/sql-names';
import { match } from '../match';
import type { Macro, Schema } from '../model';
import { keyOf } from '../order';
import { type SqlObject, sqlOrder } from '../sql-order';
import {
  createSqlMacro,
  createSqlSchema,
  createSqlSequence,
  createSqlTable,
  createSqlType,
  dropSqlIndex,
  isTableMacro,
  sqlName,
  sqlTypeName,
} from '../sql-statements';
import { alterTable, dropDefaults, renameTable } from './sql-alter';
import { comments } from './sql-comments';
import { copyNames, keepRows, rebuild } from './sql-copy';
import { isKept, type KeptTable, tablePairs } from './sql-pairs';
import { mustDropMacro, replacedObjects } from './sql-replaced';
import { goesWithTable, standingObjects } from './sql-standing';
import { type Treated, type Treatment, treatments } from './sql-treatment';
import { viewsToDrop } from './sql-views';
import type { Way, WayRequest } from './types';

/**
 * The way from one schema of DuckDB to another, in one transaction, with the rows kept. First goes what is in the way:
 * views, indexes, tables that are made anew (their rows wait in temporary tables), defaults, macros, sequences, types;
 * then comes everything in an order in which it can be made; indexes and comments come last. Nothing throws: what rows do not
 * allow (a NULL under NOT NULL, a cast) fails when it runs, and the transaction with it.
 */
export function planSql(request: WayRequest): Way {
  const { before, after } = request;
  const pairs = tablePairs(request);
  const replaced = replacedObjects(request);
  const treated = treatments(request, pairs, replaced);
  const by = (...wanted: readonly Treatment[]): KeptTable[] =>
    treated.flatMap(({ pair, treatment }) => (wanted.includes(treatment) && isKept(pair) ? [pair] : []));
  const copies = copyNames(by('rebuild'), [before, after]);
  const views = viewsToDrop(request, treated, replaced.macros);
  const standing = standingObjects(request, treated, replaced, views);
  const made = (object: unknown) => !standing.newer.has(object);
  const older = [...sqlOrder(before)].reverse();
  const make = (object: SqlObject): string[] => {
    switch (object.kind) {
      case 'view':
        return made(object.item) ? [object.item.definition] : [];
      case 'macro':
        return made(object.item) ? [makeMacro(object.item, before)] : [];
      case 'table': {
        const found = treated.find(({ pair }) => pair.after === object.item);
        if (found === undefined || found.treatment === 'keep') return [];
        if (!isKept(found.pair)) return [createSqlTable(object.item, 'lines')];
        const copy = copies.get(found.pair);
        return copy === undefined ? alterTable(found.pair, replaced) : rebuild(found.pair, copy);
      }
    }
  };
  const schemas = schemaChanges(before, after);
  const texts = [
    ...schemas.added.map(createSqlSchema),
    ...older.flatMap(({ kind, item }) => (kind === 'view' && views.has(item) ? [`DROP VIEW ${sqlName(item)}`] : [])),
    ...before.indexes
      .filter((index) => !standing.indexes.has(index) && !goesWithTable(index, treated))
      .map(dropSqlIndex),
    ...[...copies].map(([pair, copy]) => keepRows(pair, copy)),
    ...older.flatMap(({ kind, item }) =>
      kind === 'table' && isDropped(treated, item) ? [`DROP TABLE ${sqlName(item)}`] : [],
    ),
    ...by('light', 'alter').flatMap((pair) => dropDefaults(pair, replaced)),
    ...replaced.macros.filter((macro) => mustDropMacro(macro, after)).map(dropMacro),
    ...replaced.sequences.map((sequence) => `DROP SEQUENCE ${sqlName(sequence)}`),
    ...replaced.types.map((type) => `DROP TYPE ${sqlTypeName(type)}`),
    ...by('alter').flatMap(renameTable),
    ...after.types.filter(made).map(createSqlType),
    ...after.sequences.filter(made).map(createSqlSequence),
    ...sqlOrder(after).flatMap(make),
    ...after.indexes.filter(made).map(({ definition }) => definition),
    ...comments(before, after, pairs, made),
    ...[...schemas.dropped].reverse().map((name) => `DROP SCHEMA ${writeSqlName(name)}`),
  ];
  return { statements: texts.map((text) => ({ text })), transactional: true, left: [] };
}

function isDropped(treated: readonly Treated[], table: unknown): boolean {
  return treated.some(
    ({ pair, treatment }) => pair.before === table && (treatment === 'drop' || treatment === 'rebuild'),
  );
}

function makeMacro(macro: Macro, before: Schema): string {
  const older = before.macros.find((one) => sameName(keyOf(one), keyOf(macro)));
  const replaces = older !== undefined && isTableMacro(older) === isTableMacro(macro);
  return replaces ? createSqlMacro(macro).replace('CREATE', 'CREATE OR REPLACE') : createSqlMacro(macro);
}

function dropMacro(macro: Macro): string {
  return `DROP MACRO ${isTableMacro(macro) ? 'TABLE ' : ''}${sqlName(macro)}`;
}

function schemaChanges(before: Schema, after: Schema): { added: readonly string[]; dropped: readonly string[] } {
  const added: string[] = [];
  const dropped: string[] = [];
  match(before.schemas ?? [], after.schemas ?? [], (name) => name, {
    added: (name) => added.push(name),
    dropped: (name) => dropped.push(name),
    both: () => undefined,
  });
  return { added, dropped };
}
