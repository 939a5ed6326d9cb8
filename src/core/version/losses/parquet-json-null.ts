import { type LossRule, lossOf, probed } from '../loss';
import { anyRow, columnValue, probeColumns } from '../probe';

/** JSON is text in parquet, and the engine parses the nothing of a NULL as JSON when it reads it back. */
export const parquetJsonNull: LossRule = {
  code: 'KX038',
  name: 'parquet-json-null',
  find(context) {
    if (context.format !== 'parquet') return probed(context, []);
    return probed(
      context,
      probeColumns(context)
        .filter(({ column }) => column.logicalType.id === 'json')
        .map((column) => ({
          query: anyRow(column, `${columnValue(column)} IS NULL`),
          loss: lossOf(this, 'error', column.object),
        })),
    );
  },
};
