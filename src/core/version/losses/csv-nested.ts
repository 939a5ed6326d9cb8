import { type LossRule, lossOf, probed } from '../loss';
import { anyRow, columnValue, probeColumns } from '../probe';
import { isNested, typesWithin } from '../value-path';

/**
 * CSV holds lists, structs and maps as their text, which has neither quotes nor escapes: blanks at the ends are cut,
 * commas split, brackets fail. The question is the one that an import asks, so that the answer is exact. A UNION has
 * another hash each time; KX042 asks for it.
 */
export const csvNested: LossRule = {
  code: 'KX019',
  name: 'csv-nested',
  find(context) {
    if (context.format !== 'csv') return probed(context, []);
    return probed(
      context,
      probeColumns(context)
        .filter(({ column }) => isNested(column.logicalType))
        .filter(({ column }) => typesWithin(column.logicalType).every((type) => type.id !== 'UNION'))
        .map((column) => {
          const value = columnValue(column);
          const again = `CAST(CAST(${value} AS STRING) AS ${column.column.type})`;
          return {
            query: anyRow(column, `hash({x: ${again}}) <> hash({x: ${value}})`),
            loss: lossOf(this, 'warning', column.object),
            onError: lossOf(this, 'error', column.object),
          };
        }),
    );
  },
};
