import { foldName } from '../../dialect/kuzu-names';
import { quoteSqlString, writeSqlName } from '../../dialect/sql-names';
import type { Schema, SqlColumn, SqlTable } from '../../schema/model';
import { keyOf } from '../../schema/order';
import { foreignKeys } from '../../schema/plan/sql-treatment';
import { sqlOrder } from '../../schema/sql-order';
import { sqlName } from '../../schema/sql-statements';
import { fileName } from '../carry/unit';
import type { DataFormat } from '../loss';
import { box, isBoxed } from './boxed';
import { carrierType, holdsInCsv, isCopied } from './carrier';
import { inLevel, type Levels, numbered } from './levels';
import { CSV_OPTIONS, PARQUET_OPTIONS, printSqlCopy } from './load-statement';

/** A table's data file. */
export interface DataFile {
  readonly table: SqlTable;
  readonly format: DataFormat;
  /** Inside the version. */
  readonly file: string;
  /** Without those that the engine computes. */
  readonly columns: readonly SqlColumn[];
  /** Which rows, and what the condition tells them apart by; left out: all. */
  readonly where?: { readonly row: string; readonly condition: string };
  /** Whether the engine's own import could not load it, so that it would undo all that it loaded before. */
  readonly isLater: boolean;
}

/**
 * The files of each table, behind those that its foreign keys lead to: one, or one a level. A table that CSV does not
 * hold whole is in parquet.
 */
export function dataFiles(
  schema: Schema,
  format: DataFormat,
  levels: ReadonlyMap<SqlTable, Levels> = new Map(),
): DataFile[] {
  const taken = new Set<string>();
  // Tables that the engine's own import leaves without some of their rows.
  const incomplete = new Set<string>();
  return sqlOrder(schema).flatMap(({ kind, item }): DataFile[] => {
    if (kind !== 'table') return [];
    const columns = storedColumns(item);
    const own = format === 'csv' && columns.every(({ type }) => holdsInCsv(type)) ? 'csv' : 'parquet';
    const name = item.schema === 'main' ? item.name : `${item.schema}_${item.name}`;
    const needs = foreignKeys(item).map((key) => tableKey({ schema: key.schema, name: key.table }));
    const isLater = !columns.every(({ type }) => isCopied(type)) || needs.some((key) => incomplete.has(key));
    const placed = levels.get(item);
    if (isLater || placed?.hasRest) incomplete.add(tableKey(item));
    const file = (wanted: string, more: Pick<DataFile, 'where' | 'isLater'>): DataFile => ({
      table: item,
      format: own,
      columns,
      file: `${fileName(wanted, taken)}.${own}`,
      ...more,
    });
    if (placed === undefined || (placed.count <= 1 && !placed.hasRest)) return [file(name, { isLater })];
    const numbers = Array.from({ length: placed.count }, (_, level) => level);
    return [
      ...numbers.map((level) =>
        file(level === 0 ? name : `${name}_level_${level + 1}`, { where: rowsIn(placed, level), isLater }),
      ),
      ...(placed.hasRest ? [file(`${name}_rest`, { where: rowsIn(placed), isLater: true })] : []),
    ];
  });
}

function rowsIn(levels: Levels, level?: number): NonNullable<DataFile['where']> {
  return { row: levels.row, condition: inLevel(levels, level) };
}

function tableKey({ schema, name }: Pick<SqlTable, 'schema' | 'name'>): string {
  return foldName(keyOf({ schema, name }));
}

export function storedColumns(table: SqlTable): SqlColumn[] {
  return table.columns.filter(({ generated }) => generated === undefined);
}

/** Writes the file. @param from the table's name, as it can be asked for */
export function copyOutOf({ format, columns, where }: DataFile, from: string, path: string): string {
  const values = columns.map(({ name, type }) => {
    const column = writeSqlName(name);
    if (isBoxed(type)) return `${box(column, type)} AS ${column}`;
    const carrier = format === 'csv' ? type : carrierType(type);
    return carrier === type ? column : `CAST(${column} AS ${carrier}) AS ${column}`;
  });
  const options =
    format === 'csv'
      ? `FORMAT csv, HEADER true, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '', FORCE_QUOTE *`
      : 'FORMAT parquet';
  // Written under its own name from the start: the files are hashed while they grow.
  const rows = where === undefined ? from : `${numbered(from, where.row)} WHERE ${where.condition}`;
  return `COPY (SELECT ${values.join(', ')} FROM ${rows}) TO ${quoteSqlString(path)} (${options}, USE_TMP_FILE false)`;
}

/** The line of `load.sql` or `load-2.sql`, without a final semicolon. */
export function copyInto({ table, format, file, columns }: DataFile): string {
  const { schema, name } = table;
  const options = format === 'csv' ? CSV_OPTIONS : PARQUET_OPTIONS;
  return printSqlCopy({ schema, name, columns: columns.map((one) => one.name), file, options }, sqlName(table), file);
}
