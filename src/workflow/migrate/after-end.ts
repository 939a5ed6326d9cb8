import type { HistoryRow } from '../../core/migration/types';
import type { Prepared } from './prepared';
import type { Run } from './run';

/**
 * Reads the history again after the end of the engine's process: only the database itself knows what was committed.
 * What goes wrong here does not hide that end: it is logged.
 */
export async function readAfterEnd({ target, ledger, tables, log }: Run): Promise<void> {
  try {
    ledger.isNow(await target.driver.readHistory(await target.session(), tables));
  } catch (error) {
    log(`the history could not be read after the engine had ended: ${String(error)}`);
  }
}

/** @param before its row from before the attempt; the ledger knows the one after it */
export function wasApplied(run: Run, { key, step }: Prepared, before: HistoryRow | undefined): boolean {
  const after = run.ledger.rowOf(key);
  const wanted = step.direction === 'up' ? 'success' : 'rolled_back';
  return after?.status === wanted && (before?.status !== wanted || before.appliedAt !== after.appliedAt);
}
