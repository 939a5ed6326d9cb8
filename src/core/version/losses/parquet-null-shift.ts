import type { LogicalType } from '../../catalog/logical-type';
import { quoteString } from '../../dialect/kuzu-names';
import { type LossProbe, type LossRule, lossOf, probed } from '../loss';
import { anyRow, columnValue, matchRows, probeColumns, probePaths } from '../probe';
import { typesWithin } from '../value-path';

/**
 * `{k=, l=[,{x: 1}]}`: nothing behind an equals sign, a comma or a bracket is how the text of a map has a NULL. An empty
 * list in a map looks the same.
 */
const NULL_IN_MAP = quoteString('[=,[][],}]');

/** Fields of a list kind are written apart from the others and keep their places. */
function hasFlatField(type: LogicalType): boolean {
  return (type.fields ?? []).some((field) =>
    field.type.fields === undefined ? field.type.element === undefined : hasFlatField(field.type),
  );
}

/**
 * After a NULL in place of a STRUCT or UNION every later value of its fields moves on by one row, so that the next one
 * reads as 0 or empty (measured; a NULL after the last value does no harm, but rows are not written in any order).
 */
export const parquetNullShift: LossRule = {
  code: 'KX015',
  name: 'parquet-null-shift',
  find(context) {
    if (context.format !== 'parquet') return probed(context, []);
    const top = probePaths(context, ({ type, depth }) => depth === 0 && hasFlatField(type)).map(
      ({ column }): LossProbe => ({
        query: `${matchRows(column)} RETURN CASE WHEN count(${columnValue(column)}) > 0 THEN count(*) - count(${columnValue(column)}) ELSE 0 END AS count`,
        loss: lossOf(this, 'warning', column.object),
      }),
    );
    const inner = probePaths(context, ({ type, depth, inMap }) => depth > 0 && !inMap && hasFlatField(type)).map(
      ({ column, any }): LossProbe => ({
        query: any((value) => `${value} IS NULL`),
        loss: lossOf(this, 'warning', column.object),
      }),
    );
    const maps = probeColumns(context)
      .filter(({ column }) =>
        typesWithin(column.logicalType).some(
          (type) => type.id === 'MAP' && typesWithin(type).slice(2).some(hasFlatField),
        ),
      )
      .map(
        (column): LossProbe => ({
          query: anyRow(column, `regexp_matches(CAST(${columnValue(column)} AS STRING), ${NULL_IN_MAP})`),
          loss: lossOf(this, 'warning', column.object),
        }),
      );
    return probed(context, [...top, ...inner, ...maps]);
  },
};
