import { type LossRule, lossOf, probed } from '../loss';
import { isConverted } from '../parquet-types';
import { matchRows, probeColumns } from '../probe';
import { typesWithin } from '../value-path';

/** The engine has no conversion between maps; without a row it is not asked for one. */
export const parquetMap: LossRule = {
  code: 'KX040',
  name: 'parquet-map',
  find(context) {
    if (context.format !== 'parquet') return probed(context, []);
    return probed(
      context,
      probeColumns(context)
        .filter(({ column }) => typesWithin(column.logicalType).some((type) => type.id === 'MAP' && isConverted(type)))
        .map((column) => ({
          query: `${matchRows(column)} RETURN count(*) AS count`,
          loss: lossOf(this, 'error', column.object, { type: column.column.type }),
        })),
    );
  },
};
