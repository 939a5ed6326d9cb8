import type { Change } from '../schema/change';
import type { Column, SqlColumn } from '../schema/model';
import type { HazardRule } from './rule';

export const dropColumn: HazardRule = {
  code: 'DL102',
  summary: 'Drops a column and its values, or has the engine compute others in their place.',
  applies: (change) => change.kind === 'drop-column' || becomesGenerated(change),
};

/** Whether values that were stored give way to those of an expression; no way back brings them. */
export function becomesGenerated(change: Change): boolean {
  return change.kind === 'change-generated' && !isGenerated(change.before) && isGenerated(change.after);
}

export function isGenerated(column: Column | SqlColumn): boolean {
  return 'generated' in column && column.generated !== undefined;
}
