import { exportTables } from '../export-tables';
import { certain, type LossRule, lossOf } from '../loss';

/** A query of a rel table whose last FROM-TO pair was dropped ends the engine's process, and no statement makes such a table. */
export const noConnection: LossRule = {
  code: 'KX036',
  name: 'no-connection',
  find({ catalog }) {
    return certain(
      exportTables(catalog)
        .filter(({ table, connections }) => table.kind === 'rel' && connections.length === 0)
        .map(({ table }) => lossOf(this, 'blocked', table.name)),
    );
  },
};
