import { sameName } from '../../dialect/kuzu-names';
import { exportColumns } from '../export-tables';
import { certain, type LossRule, lossOf } from '../loss';
import { serialName } from '../serial';

/** As with KX005: the export takes the first value, 0, of a SERIAL column that was never used. */
export const serialStartsAtOne: LossRule = {
  code: 'KX007',
  name: 'serial-starts-at-one',
  find({ catalog }) {
    return certain(
      exportColumns(catalog).flatMap((column) => {
        const expected = serialName(column);
        const sequence = catalog.sequences.find((candidate) => sameName(candidate.name, expected));
        const unused = column.column.serialSequence !== undefined && sequence?.usageCount === 0n;
        return unused && sameName(column.column.serialSequence ?? '', expected)
          ? [lossOf(this, 'warning', column.object)]
          : [];
      }),
    );
  },
};
