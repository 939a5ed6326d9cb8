import type { LogicalType } from '../../catalog/logical-type';
import { type LossRule, lossOf, probed } from '../loss';
import { isConverted } from '../parquet-types';
import { columnValue, countWhere, matchRows, probeColumns } from '../probe';
import { typesWithin } from '../value-path';

/** A member that takes any text, also that of a whole union. */
function takesText(type: LogicalType): boolean {
  return (type.fields ?? []).slice(1).some((field) => field.type.id === 'STRING' || field.type.id === 'BLOB');
}

/**
 * The engine reads the struct that a UNION is inside as a text, `{tag: 0, n: 1.000000, s: }`, and stores that in the
 * first member that takes it.
 */
export const parquetUnion: LossRule = {
  code: 'KX041',
  name: 'parquet-union',
  find(context) {
    if (context.format !== 'parquet') return probed(context, []);
    return probed(
      context,
      probeColumns(context)
        .map((column) => ({
          column,
          unions: typesWithin(column.column.logicalType).filter((type) => type.id === 'UNION' && isConverted(type)),
        }))
        .filter(({ unions }) => unions.length > 0)
        .map(({ column, unions }) => ({
          // A NULL of the union itself is whole, one of a list or struct around it is not.
          query:
            column.column.logicalType.id === 'UNION'
              ? countWhere(column, `${columnValue(column)} IS NOT NULL`)
              : `${matchRows(column)} RETURN count(*) AS count`,
          loss: lossOf(this, unions.every(takesText) ? 'warning' : 'error', column.object, {
            type: column.column.type,
          }),
        })),
    );
  },
};
