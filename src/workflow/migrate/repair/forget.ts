import { type Entry, isBare } from '../../../core/migration/state';
import { impossible, type RepairPlan, repairChange } from './plan';

/**
 * Takes the row of a migration out of the history; what the migration did stays in the database.
 * @throws MigrateError REPAIR_IMPOSSIBLE unless its file is gone or it failed
 */
export function planForget(entry: Entry): RepairPlan {
  const { row, state, key, halfDone } = entry;
  if (!row || !(state === 'missing' || state === 'failed' || (state === 'applied' && isBare(row)))) {
    throw impossible('forget', entry, '@repair.notMissing');
  }
  const params = { id: key, name: row.name, done: row.appliedStatements };
  const change = repairChange(row);
  return {
    changes: [{ text: { key: halfDone ? 'repair.forgetHalf' : 'repair.forget', params } }],
    files: [],
    // Without its row a migration is as one that was taken back.
    history: [{ ...change, remove: true, event: { ...change.event, status: 'rolled_back' } }],
  };
}
