import { sortByDependency } from './dependencies';
import { diffSchemas } from './diff';
import type { Schema } from './model';
import { joinNames, sortByName } from './order';

/**
 * The canonical order: types and macros by name behind what they mention, node tables before rel tables, all by name,
 * indexes by table and name. Columns and connections keep their order: it matters to a COPY without column names.
 */
export function normaliseSchema(schema: Schema): Schema {
  return {
    types: sortByDependency(
      schema.types,
      (type) => type.name,
      (type) => type.definition,
    ),
    sequences: sortByName(schema.sequences, (sequence) => sequence.name),
    tables: [
      ...sortByName(
        schema.tables.filter((table) => table.kind === 'node'),
        (table) => table.name,
      ),
      ...sortByName(
        schema.tables.filter((table) => table.kind === 'rel'),
        (table) => table.name,
      ),
    ],
    macros: sortByDependency(
      schema.macros,
      (macro) => macro.name,
      (macro) => macro.body,
    ),
    indexes: sortByName(schema.indexes, (index) => joinNames(index.table, index.name)),
  };
}

/** Whether two schemas mean the same: the order of columns and FROM–TO pairs and the case of names do not count. */
export function equalSchemas(a: Schema, b: Schema): boolean {
  return a === b || diffSchemas(a, b).length === 0;
}
