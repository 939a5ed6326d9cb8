import type { LogicalType } from '../../catalog/logical-type';
import { type LossRule, lossOf, probed } from '../loss';
import { isConverted } from '../parquet-types';
import { anyRow, probeColumns } from '../probe';
import { typesWithin } from '../value-path';

const isMap = (type: LogicalType) => type.id === 'MAP';

/**
 * The engine has no conversion between maps, and it converts the whole of a column where a part of it needs that;
 * without a row it is not asked to.
 */
export const parquetMap: LossRule = {
  code: 'KX040',
  name: 'parquet-map',
  find(context) {
    if (context.format !== 'parquet') return probed(context, []);
    return probed(
      context,
      probeColumns(context)
        .filter(({ column: { logicalType } }) => isConverted(logicalType) && typesWithin(logicalType).some(isMap))
        .map((column) => ({
          query: anyRow(column, 'true'),
          loss: lossOf(this, 'error', column.object, { type: column.column.type }),
        })),
    );
  },
};
