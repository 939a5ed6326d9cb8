import { inOrder } from './pairs';
import type { DangerRule } from './rule';

/**
 * Only where the script itself makes the table: nothing else tells that a column is SERIAL.
 * @source measured on Kùzu 0.11.3: the sequence keeps the table's old name, and the table can't be dropped any more.
 */
export const serialRenamed: DangerRule = {
  code: 'KM312',
  summary: 'Renames a table with a SERIAL column, which then cannot be dropped.',
  dialect: 'cypher',
  severity: 'warn',
  find: (span) =>
    inOrder(
      { ...span, transactional: true },
      (effect) => effect.does === 'create-table' && effect.serial === true,
      (effect) => effect.does === 'rename-table',
    ),
};
