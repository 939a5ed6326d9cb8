import { narrowType } from '../../hazard/narrow-type';
import type { Change } from '../change';
import type { Left } from './types';

/**
 * What a way destroys that no way back can restore: rows of tables and connections, values of columns, the numbers that a
 * sequence has given out.
 */
export function lostBy(changes: readonly Change[]): Left[] {
  return changes.flatMap((change): Left[] => {
    switch (change.kind) {
      case 'drop-table':
        return [{ key: 'plan.lost.table', params: { table: change.table.name } }];
      case 'drop-column':
        return [{ key: 'plan.lost.column', params: { table: change.table, column: change.column.name } }];
      case 'drop-connection': {
        const { from, to } = change.connection;
        return [{ key: 'plan.lost.connection', params: { table: change.table, from, to } }];
      }
      case 'change-column-type': {
        if (!narrowType.applies(change)) return [];
        const params = { table: change.table, column: change.before.name };
        return [
          { key: 'plan.lost.values', params: { ...params, before: change.before.type, after: change.after.type } },
        ];
      }
      case 'drop-sequence':
        return [{ key: 'plan.lost.sequence', params: { sequence: change.sequence.name } }];
      case 'change-sequence':
        return [{ key: 'plan.lost.sequence', params: { sequence: change.before.name } }];
      default:
        return [];
    }
  });
}
