import type { Change } from '../schema/change';
import type { HazardRule } from './rule';
import { isSqlChange } from './sql-change';

const FIXED = new Set<Change['kind']>(['change-macro', 'drop-macro', 'change-type', 'drop-type']);

export const fixedObject: HazardRule = {
  code: 'KM203',
  summary: 'Changes or drops a macro or a type: only a migration of ours can, on a copy of the file.',
  applies: (change) => FIXED.has(change.kind) && !isSqlChange(change),
};
