import type { HazardRule } from './rule';
import { isSqlChange } from './sql-change';

export const noWayBack: HazardRule = {
  code: 'KM204',
  summary: 'Creates a macro or a type, which no statement of Kùzu itself can take back.',
  applies: (change) => (change.kind === 'add-macro' || change.kind === 'add-type') && !isSqlChange(change),
};
