import { type LossRule, lossOf, probed } from '../loss';
import { anyRow, columnValue, probeColumns } from '../probe';

/** The engine writes `-40 days` and can't read it. */
export const csvNegativeInterval: LossRule = {
  code: 'KX022',
  name: 'csv-negative-interval',
  find(context) {
    if (context.format !== 'csv') return probed(context, []);
    return probed(
      context,
      probeColumns(context)
        .filter(({ column }) => column.logicalType.id === 'INTERVAL')
        .map((column) => ({
          query: anyRow(column, `CAST(${columnValue(column)} AS STRING) CONTAINS '-'`),
          loss: lossOf(this, 'error', column.object),
        })),
    );
  },
};
