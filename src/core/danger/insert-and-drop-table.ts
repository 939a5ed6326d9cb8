import { does, inOrder } from './pairs';
import type { DangerRule } from './rule';

/** @source measured on Kùzu 0.11.3: COMMIT says `Cannot find table catalog entry with id …`. Rows of a COPY are no trouble. */
export const insertAndDropTable: DangerRule = {
  code: 'KM303',
  summary: 'Adds rows to a table and drops it in one transaction.',
  dialect: 'cypher',
  severity: 'refuse',
  find: (span) => inOrder(span, (effect) => effect.does === 'insert' && effect.bulk === undefined, does('drop-table')),
};
