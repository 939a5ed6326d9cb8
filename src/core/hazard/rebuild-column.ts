import type { HazardRule } from './rule';
import { isSqlChange } from './sql-change';

export const rebuildColumn: HazardRule = {
  code: 'KM205',
  summary: 'Changes a type or a default: the column has to be built anew, and moves to the end.',
  applies: (change) =>
    (change.kind === 'change-column-type' || change.kind === 'change-default') && !isSqlChange(change),
};
