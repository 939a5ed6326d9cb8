import { type LossRule, lossOf, probed } from '../loss';
import { columnValue, countWhere, probeColumns } from '../probe';

/** For every type but STRING the engine reads blanks and the word NULL, in any case, as NULL. */
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
          query: countWhere(column, `upper(trim(CAST(${columnValue(column)} AS STRING))) IN ['', 'NULL']`),
          loss: lossOf(this, 'warning', column.object),
        })),
    );
  },
};
