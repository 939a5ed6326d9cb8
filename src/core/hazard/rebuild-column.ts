import type { HazardRule } from './rule';
import { isSqlChange } from './sql-change';

export const rebuildColumn: HazardRule = {
  code: 'KM205',
  summary: 'Changes a type or a default: the table has to be built anew.',
  applies: (change) =>
    (change.kind === 'change-column-type' || change.kind === 'change-default') && !isSqlChange(change),
};
