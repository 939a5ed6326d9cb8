import { type LossRule, lossOf, probed } from '../loss';
import { anyRow, columnValue, probeColumns } from '../probe';

const TYPES = ['DATE', 'TIMESTAMP', 'TIMESTAMP_SEC', 'TIMESTAMP_MS', 'TIMESTAMP_TZ'];

/** Before the year 1 the engine writes `(BC)`, which it can't read. */
export const csvEarlyDate: LossRule = {
  code: 'KX027',
  name: 'csv-early-date',
  find(context) {
    if (context.format !== 'csv') return probed(context, []);
    return probed(
      context,
      probeColumns(context)
        .filter(({ column }) => TYPES.includes(column.logicalType.id))
        .map((column) => ({
          query: anyRow(column, `${columnValue(column)} < CAST('0001-01-01' AS ${column.column.type})`),
          loss: lossOf(this, 'error', column.object),
        })),
    );
  },
};
