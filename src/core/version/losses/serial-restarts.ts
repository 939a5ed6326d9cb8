import { sameName } from '../../dialect/kuzu-names';
import { exportColumns } from '../export-tables';
import { certain, type LossRule, lossOf } from '../loss';
import { serialName } from '../serial';

/** After a rename the numbering stays in a sequence of the old name, while an import makes a new one that starts at 0. */
export const serialRestarts: LossRule = {
  code: 'KX008',
  name: 'serial-restarts',
  find({ catalog }) {
    return certain(
      exportColumns(catalog).flatMap((column) => {
        const sequence = column.column.serialSequence;
        return sequence === undefined || sameName(sequence, serialName(column))
          ? []
          : [lossOf(this, 'warning', column.object, { sequence })];
      }),
    );
  },
};
