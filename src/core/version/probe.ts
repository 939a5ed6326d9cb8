import { quoteName, quoteString } from '../dialect/kuzu-names';
import { type ExportColumn, type ExportTable, exportColumns } from './export-tables';
import type { LossContext } from './loss';
import { type ValuePath, valuePaths } from './value-path';

/** Rel tables that store only the backward direction can't be queried, and one without a pair crashes the engine. */
function canBeQueried({ table, connections }: ExportTable): boolean {
  return table.kind === 'node' || (table.storageDirection !== 'bwd' && connections.length > 0);
}

/** The columns that a query may ask for. */
export function probeColumns({ catalog }: LossContext): ExportColumn[] {
  return exportColumns(catalog).filter(canBeQueried);
}

/** The rows of a table, as `t`. */
export function matchRows({ table }: ExportTable): string {
  const name = quoteName(table.name);
  return table.kind === 'node' ? `MATCH (t:${name})` : `MATCH ()-[t:${name}]->()`;
}

/** The value of a column in a query of `matchRows`. */
export function columnValue({ column }: Pick<ExportColumn, 'column'>): string {
  return `t.${quoteName(column.name)}`;
}

/** For every type but STRING the engine reads blanks and the word NULL, in any case, from CSV as NULL. */
export function readsAsNull(text: string): string {
  return `regexp_full_match(${text}, ${quoteString('(?i)\\s*(null)?\\s*')})`;
}

/** Whether some row of a table fulfils a condition, as 0 or 1: the scan of a column ends at the first one. */
export function anyRow(table: ExportTable, condition: string): string {
  return `${matchRows(table)} WHERE ${condition} WITH t LIMIT 1 RETURN count(*) AS count`;
}

/** Whether some value at a place of a column fulfils a condition, as 0 or 1. */
export function placesOf(table: ExportTable, path: ValuePath, test: (value: string) => string): string {
  const { steps, scope, guards, value } = path;
  const conditions = [...guards, `(${test(value)})`].join(' AND ');
  if (steps.length === 0) return anyRow(table, conditions);
  return `${matchRows(table)} ${steps.join(' ')} WITH ${scope} WHERE ${conditions} WITH ${scope} LIMIT 1 RETURN count(*) AS count`;
}

export interface ProbePath {
  readonly column: ExportColumn;
  /** The query that tells whether some value of this place fulfils a condition. */
  any(test: (value: string) => string): string;
}

/** Each place in the user's columns at which values of a wanted type lie. */
export function probePaths(
  context: LossContext,
  wanted: (path: ValuePath, column: ExportColumn) => boolean,
): ProbePath[] {
  return probeColumns(context).flatMap((column) =>
    valuePaths(column.column.logicalType, columnValue(column))
      .filter((path) => wanted(path, column))
      .map((path) => ({ column, any: (test) => placesOf(column, path, test) })),
  );
}
