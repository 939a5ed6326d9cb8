import type { ExportColumn } from '../export-tables';
import { anyRow, columnValue } from '../probe';
import { typesWithin } from '../value-path';
import type { Carried } from './carried';
import { plainText } from './exact-text';

/**
 * A list, struct or map as its text, which has no quotes and no escapes: whether it leads back is asked of each value, in
 * the words that an import asks it in. A UNION's text does not say which member it is, and a JSON's that is NULL comes
 * back from CSV as an empty one, though a cast of the same text says NULL.
 */
export function nestedText(column: ExportColumn): readonly Carried[] {
  const { logicalType, type } = column.column;
  if (typesWithin(logicalType).some(({ id }) => id === 'UNION' || id === 'json')) return [];
  const value = columnValue(column);
  const again = `CAST(${plainText(value)} AS ${type})`;
  return [{ write: plainText, doubts: [anyRow(column, `hash({x: ${again}}) <> hash({x: ${value}})`)] }];
}
