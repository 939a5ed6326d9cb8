import type { Catalog, CatalogColumn, CatalogNodeTable, CatalogRelTable } from '../catalog/model';

/** A table as the engine's export treats it: node tables and rel tables of the user, with the tables they connect. */
export interface ExportTable {
  readonly table: CatalogNodeTable | CatalogRelTable;
  readonly connections: readonly { readonly from: CatalogNodeTable; readonly to: CatalogNodeTable }[];
}

/** One column of a table, under the name that a user knows it by. */
export interface ExportColumn extends ExportTable {
  readonly column: CatalogColumn;
  /** `User.email` */
  readonly object: string;
}

/** Every table that an export writes: the helper tables of indexes are not among them. */
export function exportTables({ nodeTables, relTables }: Catalog): ExportTable[] {
  const byId = new Map(nodeTables.map((table) => [table.id, table]));
  return [
    ...nodeTables.filter((table) => !table.internal).map((table) => ({ table, connections: [] })),
    ...relTables
      .filter((table) => !table.internal)
      .map((table) => ({
        table,
        connections: table.connections.flatMap(({ fromId, toId }) => {
          const from = byId.get(fromId);
          const to = byId.get(toId);
          return from === undefined || to === undefined ? [] : [{ from, to }];
        }),
      })),
  ];
}

export function exportColumns(catalog: Catalog): ExportColumn[] {
  return exportTables(catalog).flatMap((entry) =>
    entry.table.columns.map((column) => ({ ...entry, column, object: `${entry.table.name}.${column.name}` })),
  );
}
