import type { MigrateError } from '../../core/errors';
import { isHalfDone } from '../../core/migration/state';
import { english } from '../../core/text/english';
import type { Change } from './ledger';
import type { Prepared } from './prepared';
import { rowOf } from './records';
import { ensureHistory, type Run } from './run';

/**
 * Writes what failed into the history, in a transaction of its own. A cancelled run that left nothing is no failure. What
 * goes wrong here does not hide the failure itself: it is logged.
 */
export async function recordFailure(run: Run, prepared: Prepared, error: MigrateError, done: number): Promise<void> {
  if (error.code === 'CANCELLED') return;
  try {
    const changes = [failureOf(run, prepared, error, done)];
    await ensureHistory(run);
    const { begin, commit } = run.target.driver;
    await run.target.run([{ text: begin }, ...run.ledger.record(changes), { text: commit }]);
    run.ledger.committed(changes);
  } catch (second) {
    run.log(`the failure of ${prepared.key} could not be recorded: ${String(second)}`);
  }
}

function failureOf(run: Run, prepared: Prepared, error: MigrateError, done: number): Change {
  const { direction } = prepared.step;
  const message = english(`error.${error.code}`, error.params);
  const known = run.ledger.rowOf(prepared.key);
  const half = done > 0 || (known !== undefined && isHalfDone(known) && prepared.step.done > 0);
  // A way down that changed nothing leaves the migration applied.
  if (direction === 'down' && !half) {
    const before = prepared.step.entry.row;
    if (before) return { action: 'down', row: before, event: { status: 'failed', error: message } };
  }
  const outcome = { status: 'failed', done, executionMs: 0, error: message } as const;
  return { action: direction, row: rowOf(prepared, run.target.driver.engineVersion, outcome) };
}

/** After the end of the engine's process: whether the transaction was committed all the same. */
export async function wasApplied(run: Run, prepared: Prepared): Promise<boolean> {
  try {
    const history = await run.target.driver.readHistory(await run.target.session(), run.tables);
    const row = history?.rows.find(({ version }) => version === prepared.key);
    const wanted = prepared.step.direction === 'up' ? 'success' : 'rolled_back';
    const before = prepared.step.entry.row;
    const isNew = row !== undefined && (before === undefined || before.status !== row.status);
    return isNew && row.status === wanted;
  } catch (error) {
    run.log(`the history could not be read after the engine had ended: ${String(error)}`);
    return false;
  }
}
