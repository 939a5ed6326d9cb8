import { type LossRule, lossOf, probed } from '../loss';
import { anyRow, columnValue, probeColumns, readsAsNull } from '../probe';

export const csvBlob: LossRule = {
  code: 'KX018',
  name: 'csv-blob',
  find(context) {
    if (context.format !== 'csv') return probed(context, []);
    return probed(
      context,
      probeColumns(context)
        .filter(({ column }) => column.logicalType.id === 'BLOB')
        .map((column) => ({
          query: anyRow(column, readsAsNull(`CAST(${columnValue(column)} AS STRING)`)),
          loss: lossOf(this, 'warning', column.object),
        })),
    );
  },
};
