import { type LossRule, lossOf, probed } from '../loss';
import { anyRow, columnValue, probeColumns } from '../probe';

/** The text of a DOUBLE or FLOAT has six digits after the point; NaN equals nothing and is written well. */
export const csvFloat: LossRule = {
  code: 'KX021',
  name: 'csv-float',
  find(context) {
    if (context.format !== 'csv') return probed(context, []);
    return probed(
      context,
      probeColumns(context)
        .filter(({ column }) => column.logicalType.id === 'DOUBLE' || column.logicalType.id === 'FLOAT')
        .map((column) => {
          const value = columnValue(column);
          const again = `CAST(CAST(${value} AS STRING) AS ${column.column.type})`;
          return {
            // The first question is cheap, and no where it would be yes for the second.
            query: anyRow(column, `round(${value}, 6) <> ${value} AND ${again} <> ${value} AND ${value} = ${value}`),
            loss: lossOf(this, 'warning', column.object),
          };
        }),
    );
  },
};
