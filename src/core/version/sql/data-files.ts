import { quoteSqlString, writeSqlName } from '../../dialect/sql-names';
import type { Schema, SqlColumn, SqlTable } from '../../schema/model';
import { sqlOrder } from '../../schema/sql-order';
import { sqlName } from '../../schema/sql-statements';
import { fileName } from '../carry/unit';
import type { DataFormat } from '../loss';
import { box, isBoxed } from './boxed';
import { carrierType, holdsInCsv } from './carrier';
import { CSV_OPTIONS, PARQUET_OPTIONS, printSqlCopy } from './load-statement';

/** A table's data file. */
export interface DataFile {
  readonly table: SqlTable;
  readonly format: DataFormat;
  /** Inside the version. */
  readonly file: string;
  /** Without those that the engine computes. */
  readonly columns: readonly SqlColumn[];
}

/**
 * One file a table, each behind those that its foreign keys lead to. A table that CSV does not hold whole is in parquet.
 */
export function dataFiles(schema: Schema, format: DataFormat): DataFile[] {
  const taken = new Set<string>();
  return sqlOrder(schema).flatMap(({ kind, item }) => {
    if (kind !== 'table') return [];
    const columns = storedColumns(item);
    const own = format === 'csv' && columns.every(({ type }) => holdsInCsv(type)) ? 'csv' : 'parquet';
    const name = item.schema === 'main' ? item.name : `${item.schema}_${item.name}`;
    return [{ table: item, format: own, file: `${fileName(name, taken)}.${own}`, columns }];
  });
}

export function storedColumns(table: SqlTable): SqlColumn[] {
  return table.columns.filter(({ generated }) => generated === undefined);
}

/** Writes the file. @param from the table's name, as it can be asked for */
export function copyOutOf({ format, columns }: DataFile, from: string, path: string): string {
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
  return `COPY (SELECT ${values.join(', ')} FROM ${from}) TO ${quoteSqlString(path)} (${options}, USE_TMP_FILE false)`;
}

/** The line of `load.sql`, without a final semicolon. */
export function copyInto({ table, format, file, columns }: DataFile): string {
  const { schema, name } = table;
  const options = format === 'csv' ? CSV_OPTIONS : PARQUET_OPTIONS;
  return printSqlCopy({ schema, name, columns: columns.map((one) => one.name), file, options }, sqlName(table), file);
}
