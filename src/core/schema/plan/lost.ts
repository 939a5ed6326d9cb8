import { losesValues } from '../../hazard/drop-column';
import { narrowType } from '../../hazard/narrow-type';
import type { Change } from '../change';
import { sqlLabel } from '../sql-diff';
import type { Left } from './types';

/**
 * What a way destroys that no way back can restore: rows of tables and connections, values of columns, the numbers that a
 * sequence has given out.
 */
export function lostBy(changes: readonly Change[]): Left[] {
  return changes.flatMap((change): Left[] => {
    switch (change.kind) {
      case 'drop-table':
        return [{ key: 'plan.lost.table', params: { table: label(change.table) } }];
      case 'drop-column':
        return [{ key: 'plan.lost.column', params: { table: tableOf(change), column: change.column.name } }];
      case 'change-generated': {
        if (!losesValues(change)) return [];
        return [{ key: 'plan.lost.column', params: { table: tableOf(change), column: change.before.name } }];
      }
      case 'drop-connection': {
        const { from, to } = change.connection;
        return [{ key: 'plan.lost.connection', params: { table: change.table, from, to } }];
      }
      case 'change-column-type': {
        const params = { table: tableOf(change), column: change.before.name };
        if (losesValues(change)) return [{ key: 'plan.lost.column', params }];
        if (!narrowType.applies(change)) return [];
        return [
          { key: 'plan.lost.values', params: { ...params, before: change.before.type, after: change.after.type } },
        ];
      }
      case 'drop-sequence':
        return [{ key: 'plan.lost.sequence', params: { sequence: label(change.sequence) } }];
      case 'change-sequence':
        return [{ key: 'plan.lost.sequence', params: { sequence: label(change.before) } }];
      default:
        return [];
    }
  });
}

function tableOf({ table, sqlSchema }: { readonly table: string; readonly sqlSchema?: string }): string {
  return sqlLabel(sqlSchema ?? 'main', table);
}

function label({ name, schema }: { readonly name: string; readonly schema?: string }): string {
  return sqlLabel(schema ?? 'main', name);
}
