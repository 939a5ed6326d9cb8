import { type LossRule, lossOf, probed } from '../loss';
import { probePaths } from '../probe';

/** Months, days or time below zero; the text of an interval has a minus for nothing else. */
export const parquetNegativeInterval: LossRule = {
  code: 'KX016',
  name: 'parquet-negative-interval',
  find(context) {
    if (context.format !== 'parquet') return probed(context, []);
    return probed(
      context,
      probePaths(context, ({ type }) => type.id === 'INTERVAL').map(({ column, any }) => ({
        query: any((value) => `CAST(${value} AS STRING) CONTAINS '-'`),
        loss: lossOf(this, 'blocked', column.object),
      })),
    );
  },
};
