import type { HistoryRow } from '../../core/migration/types';
import type { Prepared } from './prepared';
import type { Run } from './run';

/**
 * Reads the history again after a failure, or the end of the engine's process: only the database itself knows what was
 * committed. What goes wrong here does not hide that failure: it is logged.
 * @returns whether the ledger knows; without that nothing may be recorded
 */
export async function readAfterEnd({ target, ledger, tables, log }: Run): Promise<boolean> {
  const read = async () => ledger.isNow(await target.driver.readHistory(await target.session(), tables));
  try {
    // Some errors leave DuckDB of no more use until the database is opened anew.
    await read().catch(async (first: unknown) => {
      log(`reading the history again, after ${String(first)}`);
      await target.endTransaction(log);
      await read();
    });
    return true;
  } catch (error) {
    log(`the history could not be read after a failure: ${String(error)}`);
    return false;
  }
}

/** @param before its row from before the attempt; the ledger knows the one after it */
export function wasApplied(run: Run, { key, step }: Prepared, before: HistoryRow | undefined): boolean {
  const after = run.ledger.rowOf(key);
  const wanted = step.direction === 'up' ? 'success' : 'rolled_back';
  return after?.status === wanted && (before?.status !== wanted || before.appliedAt !== after.appliedAt);
}
