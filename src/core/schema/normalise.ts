import { sortByDependency } from './dependencies';
import { diffSchemas } from './diff';
import type { Schema } from './model';
import { indexKey, keyOf, sortByName } from './order';

/**
 * The canonical order: types and macros by name behind what they mention, node tables before rel tables, all by name,
 * indexes by table and name. Columns and connections keep their order: it matters to a COPY without column names.
 * SQL objects stand by schema and name only; which has to come first is for the printing.
 */
export function normaliseSchema(schema: Schema): Schema {
  return {
    types: sortByDependency(schema.types, keyOf, (type) => type.definition),
    sequences: sortByName(schema.sequences, keyOf),
    tables: [
      ...sortByName(
        schema.tables.filter((table) => table.kind === 'node'),
        (table) => table.name,
      ),
      ...sortByName(
        schema.tables.filter((table) => table.kind === 'rel'),
        (table) => table.name,
      ),
      ...sortByName(
        schema.tables.filter((table) => table.kind === 'table'),
        keyOf,
      ),
    ],
    macros: sortByDependency(schema.macros, keyOf, (macro) => macro.body),
    indexes: sortByName(schema.indexes, indexKey),
    ...(schema.schemas === undefined ? {} : { schemas: sortByName(schema.schemas, (name) => name) }),
    ...(schema.views === undefined ? {} : { views: sortByName(schema.views, keyOf) }),
  };
}

/** Whether two schemas mean the same: the order of columns and FROM–TO pairs and the case of names do not count. */
export function equalSchemas(a: Schema, b: Schema): boolean {
  return a === b || diffSchemas(a, b).length === 0;
}
