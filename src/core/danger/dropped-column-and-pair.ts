import { does, inOrder } from './pairs';
import type { DangerRule } from './rule';

/** @source measured on Kùzu 0.11.3: ALTER … ADD FROM ends the process; only closing the database in between helps. */
export const droppedColumnAndPair: DangerRule = {
  code: 'KM304',
  summary: 'Drops a column of a rel table and adds a FROM–TO pair to it in one transaction.',
  dialect: 'cypher',
  severity: 'refuse',
  find: (span) => inOrder(span, does('drop-column'), does('add-pair')),
};
