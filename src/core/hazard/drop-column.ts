import type { Change } from '../schema/change';
import type { Column, SqlColumn } from '../schema/model';
import { castColumn } from '../schema/plan/cypher-cast';
import type { HazardRule } from './rule';

export const dropColumn: HazardRule = {
  code: 'DL102',
  summary: 'Drops a column, or only its values: others are computed in their place, or nothing casts them.',
  applies: (change) => change.kind === 'drop-column' || losesValues(change),
};

/** Whether a column stays and all of its values go. */
export function losesValues(change: Change): boolean {
  return becomesGenerated(change) || hasNoCast(change);
}

/** Kùzu only: DuckDB casts every type to every other one, or refuses the change. */
function hasNoCast(change: Change): boolean {
  if (change.kind !== 'change-column-type' || change.sqlSchema !== undefined) return false;
  return castColumn('o', change.before, change.after.type) === undefined;
}

/** Whether values that were stored give way to those of an expression; no way back brings them. */
function becomesGenerated(change: Change): boolean {
  return change.kind === 'change-generated' && !isGenerated(change.before) && isGenerated(change.after);
}

export function isGenerated(column: Column | SqlColumn): boolean {
  return 'generated' in column && column.generated !== undefined;
}
