import type { ExportColumn } from '../export-tables';
import { anyRow, columnValue, readsAsNull } from '../probe';
import { isNested } from '../value-path';
import { type Carried, itself, sure } from './carried';
import { decimalText, floatText, plainText } from './exact-text';
import { nestedText } from './nested-text';

const TIMES = ['DATE', 'TIMESTAMP', 'TIMESTAMP_SEC', 'TIMESTAMP_MS', 'TIMESTAMP_TZ'];

/** What a CSV file of the engine can hold (measured on 0.11.3). Texts depend on the whole table, see `texts`. */
export function carryInCsv(column: ExportColumn): readonly Carried[] {
  const type = column.column.logicalType;
  const value = columnValue(column);
  if (type.id === 'DECIMAL') return [sure(decimalText)];
  if (type.id === 'DOUBLE' || type.id === 'FLOAT') return [sure(floatText)];
  if (TIMES.includes(type.id)) {
    // Before the year 1 the engine writes `(BC)`, which it can't read.
    return [{ write: itself, doubts: [anyRow(column, `${value} < CAST('0001-01-01' AS ${column.column.type})`)] }];
  }
  if (type.id === 'INTERVAL') {
    return [{ write: itself, doubts: [anyRow(column, `${plainText(value)} CONTAINS '-'`)] }];
  }
  if (type.id === 'BLOB' || type.id === 'json') {
    return [{ write: itself, doubts: [anyRow(column, readsAsNull(plainText(value)))] }];
  }
  if (!isNested(type)) return [sure(itself)];
  // In CSV lists, structs and maps are their text as they are.
  return nestedText(column).map(({ doubts }) => ({ write: itself, doubts }));
}
