import type { LogicalType } from '../../catalog/logical-type';
import { quoteString } from '../../dialect/kuzu-names';
import type { ExportColumn } from '../export-tables';
import { anyRow, columnValue, matchRows, placesOf } from '../probe';
import { isNested, typesWithin, valuePaths } from '../value-path';
import { type Carried, itself, sure } from './carried';
import { decimalText, plainText } from './exact-text';
import { nestedText } from './nested-text';

/** The engine writes these to parquet as something else, or not at all; inside of other types only a text helps. */
const FOREIGN = ['INT128', 'DECIMAL', 'INTERVAL', 'json', 'UNION'];

/** Types that a file holds as another one (TIMESTAMP, a list): read back by a conversion, and maps have none. */
const CONVERTED = ['TIMESTAMP_NS', 'TIMESTAMP_MS', 'TIMESTAMP_SEC', 'TIMESTAMP_TZ', 'ARRAY'];

/**
 * `{k=, l=[,{x: 1}]}`: nothing behind an equals sign, a comma or a bracket is how the text of a map has a NULL. An empty
 * list in a map looks the same.
 */
const NULL_IN_MAP = quoteString('[=,[][],}]');

/** What a parquet file of the engine can hold (measured on 0.11.3). */
export function carryInParquet(column: ExportColumn): readonly Carried[] {
  const type = column.column.logicalType;
  const value = columnValue(column);
  switch (type.id) {
    case 'INT128':
      return [sure(plainText)];
    case 'DECIMAL':
      return [sure(decimalText)];
    case 'INTERVAL':
      // A text with a minus is one that no cast reads.
      return [{ write: plainText, doubts: [anyRow(column, `${plainText(value)} CONTAINS '-'`)] }];
    case 'json':
      // Nothing is no JSON.
      return [{ write: plainText, doubts: [anyRow(column, `${value} IS NULL`)] }];
    default:
      return [...asItself(column, type), ...(isNested(type) ? nestedText(column) : [])];
  }
}

function asItself(column: ExportColumn, type: LogicalType): readonly Carried[] {
  const within = typesWithin(type);
  if (within.some(({ id }) => FOREIGN.includes(id))) return [];
  if (within.some(({ id }) => id === 'MAP') && within.some(({ id }) => CONVERTED.includes(id))) return [];
  return [{ write: itself, doubts: nullShifts(column) }];
}

/** Fields of a list kind are written apart from the others and keep their places. */
function hasFlatField(type: LogicalType): boolean {
  return (type.fields ?? []).some((field) =>
    field.type.fields === undefined ? field.type.element === undefined : hasFlatField(field.type),
  );
}

/** After a NULL in place of a STRUCT every later value of its fields moves on by one row. */
function nullShifts(column: ExportColumn): string[] {
  const type = column.column.logicalType;
  const value = columnValue(column);
  const top = hasFlatField(type)
    ? [`${matchRows(column)} RETURN CASE WHEN count(${value}) > 0 THEN count(*) - count(${value}) ELSE 0 END AS count`]
    : [];
  const inner = valuePaths(type, value)
    .filter((path) => path.depth > 0 && !path.inMap && hasFlatField(path.type))
    .map((path) => placesOf(column, path, (place) => `${place} IS NULL`));
  const hasMap = typesWithin(type).some((one) => one.id === 'MAP' && typesWithin(one).slice(2).some(hasFlatField));
  const maps = hasMap ? [anyRow(column, `regexp_matches(${plainText(value)}, ${NULL_IN_MAP})`)] : [];
  return [...top, ...inner, ...maps];
}
