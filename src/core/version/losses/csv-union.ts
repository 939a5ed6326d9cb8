import { type LossRule, lossOf, probed } from '../loss';
import { columnValue, countWhere, probeColumns } from '../probe';
import { typesWithin } from '../value-path';

/**
 * CSV holds the value of a UNION without saying which member it is: the first member that can read it gets it. Inside
 * of other types there is no way to ask, so that every value there may be concerned.
 */
export const csvUnion: LossRule = {
  code: 'KX042',
  name: 'csv-union',
  find(context) {
    if (context.format !== 'csv') return probed(context, []);
    return probed(
      context,
      probeColumns(context)
        .filter(({ column }) => typesWithin(column.logicalType).some((type) => type.id === 'UNION'))
        .map((column) => {
          const value = columnValue(column);
          const again = `CAST(CAST(${value} AS STRING) AS ${column.column.type})`;
          const changed = `(upper(trim(CAST(${value} AS STRING))) IN ['', 'NULL'] OR ${again} IS NULL OR union_tag(${again}) <> union_tag(${value}) OR CAST(${again} AS STRING) <> CAST(${value} AS STRING))`;
          const isUnion = column.column.logicalType.id === 'UNION';
          return {
            query: countWhere(column, `${value} IS NOT NULL${isUnion ? ` AND ${changed}` : ''}`),
            loss: lossOf(this, 'warning', column.object),
            onError: lossOf(this, 'error', column.object),
          };
        }),
    );
  },
};
