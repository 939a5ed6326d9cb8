import { type LossRule, lossOf, probed } from '../loss';
import { probePaths } from '../probe';

/** The engine writes INT128 to parquet as DOUBLE. */
export const parquetInt128: LossRule = {
  code: 'KX013',
  name: 'parquet-int128',
  find(context) {
    if (context.format !== 'parquet') return probed(context, []);
    return probed(
      context,
      probePaths(context, ({ type }) => type.id === 'INT128').map(({ column, any }) => ({
        query: any((value) => `CAST(CAST(${value} AS DOUBLE) AS INT128) <> ${value} OR ${value} > ${2n ** 126n}`),
        loss: lossOf(this, 'warning', column.object),
      })),
    );
  },
};
