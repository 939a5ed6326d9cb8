import { exportTables } from '../export-tables';
import { certain, type LossRule, lossOf } from '../loss';

/** The engine asks for each rel table's rows before it writes anything, and refuses to ask such a table. */
export const directionBackward: LossRule = {
  code: 'KX010',
  name: 'direction-backward',
  find({ catalog }) {
    return certain(
      exportTables(catalog).flatMap(({ table }) =>
        table.kind === 'rel' && table.storageDirection === 'bwd' ? [lossOf(this, 'blocked', table.name)] : [],
      ),
    );
  },
};
