import { sameName } from '../dialect/kuzu-names';
import type { Column, Index, Schema, Table } from '../schema/model';
import { indexDefinition, isHelperMacro } from './index-text';
import type { Catalog, CatalogColumn, CatalogRelTable, CatalogSequence } from './model';

/**
 * Whether a sequence numbers a SERIAL column. An import makes such a sequence anew as one of its own, so the columns
 * tell it, too.
 */
export function isSerialSequence(catalog: Catalog, sequence: CatalogSequence): boolean {
  if (sequence.hasParent) return true;
  const columns = [...catalog.nodeTables, ...catalog.relTables].flatMap((table) => table.columns);
  return columns.some(({ serialSequence }) => serialSequence !== undefined && sameName(serialSequence, sequence.name));
}

function columnsOf(columns: readonly CatalogColumn[]): Column[] {
  return columns.map(({ name, type, default: text }) => ({
    name,
    type,
    ...(text === undefined ? {} : { default: text }),
  }));
}

function commentOf(comment: string): { comment?: string } {
  return comment === '' ? {} : { comment };
}

function relTable(table: CatalogRelTable, names: ReadonlyMap<bigint, string>): Table {
  const name = (id: bigint) => names.get(id) ?? `#${id}`;
  return {
    kind: 'rel',
    name: table.name,
    columns: columnsOf(table.columns),
    connections: table.connections.map(({ fromId, toId }) => ({ from: name(fromId), to: name(toId) })),
    multiplicity: table.multiplicity,
    storageDirection: table.storageDirection,
    ...commentOf(table.comment),
  };
}

function indexesOf(catalog: Catalog): Index[] {
  return catalog.indexes.flatMap((index) => {
    const table = catalog.nodeTables.find((candidate) => candidate.id === index.tableId);
    if (table === undefined || index.internal) return [];
    const columns = index.columnIds.map((id) => table.columns.find((column) => column.id === id)?.name ?? `#${id}`);
    const definition = indexDefinition(index, table.name, columns, catalog.macros);
    return definition === undefined
      ? []
      : [{ name: index.indexName, table: table.name, type: index.type, columns, definition }];
  });
}

/**
 * The user's schema in a catalog, each kind of object in the order of creation: without the helper tables and macros of
 * indexes, the sequences of SERIAL columns and the types that extensions bring along.
 * @throws CatalogFormatError MALFORMED, for the settings of an index
 */
export function schemaOfCatalog(catalog: Catalog): Schema {
  const names = new Map(catalog.nodeTables.map((table) => [table.id, table.name]));
  const nodes = catalog.nodeTables
    .filter((table) => !table.internal)
    .map(
      (table): Table => ({
        kind: 'node',
        name: table.name,
        columns: columnsOf(table.columns),
        primaryKey: table.primaryKey,
        ...commentOf(table.comment),
      }),
    );
  return {
    tables: [...nodes, ...catalog.relTables.filter((table) => !table.internal).map((table) => relTable(table, names))],
    sequences: catalog.sequences
      .filter((sequence) => !sequence.internal && !isSerialSequence(catalog, sequence))
      .map(({ name, start, increment, min, max, cycle }) => ({
        name,
        start: String(start),
        increment: String(increment),
        min: String(min),
        max: String(max),
        cycle,
      })),
    macros: catalog.macros
      .filter((macro) => !macro.internal && !isHelperMacro(macro))
      .map(({ name, parameters, body }) => ({ name, parameters, body })),
    indexes: indexesOf(catalog),
    types: catalog.types
      .filter((type) => !type.internal && type.definition !== type.name)
      .map(({ name, definition }) => ({ name, definition })),
  };
}
