import { exportTables } from '../export-tables';
import { certain, type LossRule, lossOf } from '../loss';

export const directionForward: LossRule = {
  code: 'KX009',
  name: 'direction-forward',
  find({ catalog }) {
    return certain(
      exportTables(catalog).flatMap(({ table }) =>
        table.kind === 'rel' && table.storageDirection === 'fwd' ? [lossOf(this, 'warning', table.name)] : [],
      ),
    );
  },
};
