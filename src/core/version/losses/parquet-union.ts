import { type LossRule, lossOf, probed } from '../loss';
import { isConverted } from '../parquet-types';
import { columnValue, countWhere, probeColumns } from '../probe';
import { typesWithin } from '../value-path';

/** The engine reads the struct that a UNION is inside as a text, `{tag: 0, n: 1.000000, s: }`, and stores that. */
export const parquetUnion: LossRule = {
  code: 'KX041',
  name: 'parquet-union',
  find(context) {
    if (context.format !== 'parquet') return probed(context, []);
    return probed(
      context,
      probeColumns(context)
        .filter(({ column }) =>
          typesWithin(column.logicalType).some((type) => type.id === 'UNION' && isConverted(type)),
        )
        .map((column) => ({
          query: countWhere(column, `${columnValue(column)} IS NOT NULL`),
          loss: lossOf(this, 'warning', column.object, { type: column.column.type }),
        })),
    );
  },
};
