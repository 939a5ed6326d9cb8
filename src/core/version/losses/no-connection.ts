import { exportTables } from '../export-tables';
import { certain, type LossRule, lossOf } from '../loss';

/** A rel table whose last FROM-TO pair was dropped ends the engine's process while it writes `schema.cypher`. */
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
