import { type LossRule, lossOf, probed } from '../loss';
import { anyRow, columnValue, probeColumns } from '../probe';

/** -0.05 is written `0.-5`: the sign stands before the digits of the fraction, behind their leading zeros. */
export const csvDecimal: LossRule = {
  code: 'KX023',
  name: 'csv-decimal',
  find(context) {
    if (context.format !== 'csv') return probed(context, []);
    return probed(
      context,
      probeColumns(context)
        .filter(({ column }) => column.logicalType.id === 'DECIMAL' && (column.logicalType.scale ?? 0) > 1)
        .map((column) => {
          const value = `CAST(${columnValue(column)} AS DOUBLE)`;
          return {
            query: anyRow(column, `${value} < 0 AND ${value} > -0.1`),
            loss: lossOf(this, 'error', column.object),
          };
        }),
    );
  },
};
