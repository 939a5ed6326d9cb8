import type { ExportColumn } from './export-tables';

/** The sequence that the engine makes for a SERIAL column of this name; a rename does not reach it. */
export function serialName({ table, column }: Pick<ExportColumn, 'table' | 'column'>): string {
  return `${table.name}_${column.name}_serial`;
}
