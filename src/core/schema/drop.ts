import { writeName } from '../dialect/kuzu-names';
import { writeSqlName } from '../dialect/sql-names';
import type { Macro, Schema } from './model';
import { normaliseSchema } from './normalise';
import { type SqlObject, sqlOrder } from './sql-order';
import { isSqlSchema } from './sql-print';
import { isTableMacro, sqlName, sqlTypeName } from './sql-statements';
import { dropIndex } from './statements';

/** The way back of a schema. */
export interface Drops {
  /** Without final semicolons, in an order in which they run. */
  readonly statements: readonly string[];
}

/**
 * What drops everything that `printSchema` makes, in reverse. Kùzu knows neither DROP MACRO nor DROP TYPE: in a migration
 * they are carried out by the migrator.
 */
export function dropsOf(schema: Schema): Drops {
  const inOrder = normaliseSchema(schema);
  return isSqlSchema(inOrder) ? sqlDrops(inOrder) : kuzuDrops(inOrder);
}

function kuzuDrops({ tables, indexes, sequences, macros, types }: Schema): Drops {
  const drop = ({ name }: { readonly name: string }) => `DROP TABLE ${writeName(name)}`;
  return {
    statements: [
      ...[...indexes].reverse().map(dropIndex),
      // A rel table holds on to its node tables.
      ...tables.filter(({ kind }) => kind === 'rel').map(drop),
      ...tables.filter(({ kind }) => kind !== 'rel').map(drop),
      ...sequences.map(({ name }) => `DROP SEQUENCE ${writeName(name)}`),
      // Last, side by side: one copy of the database serves them all.
      ...[...macros].reverse().map(({ name }) => `DROP MACRO ${writeName(name)}`),
      ...[...types].reverse().map(({ name }) => `DROP TYPE ${writeName(name)}`),
    ],
  };
}

function sqlDrops(schema: Schema): Drops {
  const objects = [...sqlOrder(schema)].reverse();
  return {
    statements: [
      ...objects.map(dropObject),
      ...[...schema.sequences].reverse().map((item) => `DROP SEQUENCE ${sqlName(item)}`),
      ...[...schema.types].reverse().map((item) => `DROP TYPE ${sqlTypeName(item)}`),
      ...[...(schema.schemas ?? [])].reverse().map((name) => `DROP SCHEMA ${writeSqlName(name)}`),
    ],
  };
}

function dropObject({ kind, item }: SqlObject): string {
  if (kind === 'macro') return `DROP MACRO ${macroWord(item)}${sqlName(item)}`;
  return `DROP ${kind === 'view' ? 'VIEW' : 'TABLE'} ${sqlName(item)}`;
}

function macroWord(macro: Macro): string {
  return isTableMacro(macro) ? 'TABLE ' : '';
}
