import { exportTables } from '../export-tables';
import { certain, type LossRule, lossOf } from '../loss';

/** The engine refuses to ask such a table for its rows. */
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
