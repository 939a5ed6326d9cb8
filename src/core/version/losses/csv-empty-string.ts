import { type LossRule, lossOf, probed } from '../loss';
import { anyRow, columnValue, probeColumns } from '../probe';

/** Nothing between two commas is how the engine writes NULL, and an empty string, too. */
export const csvEmptyString: LossRule = {
  code: 'KX017',
  name: 'csv-empty-string',
  find(context) {
    if (context.format !== 'csv') return probed(context, []);
    return probed(
      context,
      probeColumns(context)
        .filter(({ column }) => column.logicalType.id === 'STRING')
        .map((column) => {
          const isKey = column.table.kind === 'node' && column.table.primaryKey === column.column.name;
          return {
            query: anyRow(column, `${columnValue(column)} = ''`),
            loss: lossOf(this, isKey ? 'error' : 'warning', column.object),
          };
        }),
    );
  },
};
