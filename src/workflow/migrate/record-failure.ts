import type { MigrateError } from '../../core/errors';
import { isHalfDone } from '../../core/migration/state';
import type { HistoryRow } from '../../core/migration/types';
import { english } from '../../core/text/english';
import type { Change } from './ledger';
import type { Prepared } from './prepared';
import { rowOf } from './records';
import { ensureHistory, type Run } from './run';
import type { Progress } from './run-steps';
import { endedProcess } from './target';

/**
 * Writes what failed into the history, in a transaction of its own. A cancelled run that left nothing is no failure. What
 * goes wrong here does not hide the failure itself: it is logged.
 */
export async function recordFailure(
  run: Run,
  prepared: Prepared,
  error: MigrateError,
  progress: Progress,
): Promise<void> {
  // What is not known of a kill has to stay unknown until somebody has looked.
  if (error.code === 'CANCELLED' || error.code === 'MIGRATION_UNCERTAIN') return;
  const changes = [failureOf(run, prepared, error, progress)];
  const write = async () => {
    await ensureHistory(run);
    const { begin, commit } = run.target.driver;
    await run.target.run([{ text: begin }, ...run.ledger.record(changes), { text: commit }]);
    run.ledger.committed(changes);
  };
  try {
    // Some errors leave DuckDB of no more use until the database is opened anew.
    await write().catch(async (first: unknown) => {
      run.log(`recording the failure of ${prepared.key} again, after ${String(first)}`);
      await run.target.endTransaction(run.log);
      await write();
    });
  } catch (second) {
    run.log(`the failure of ${prepared.key} could not be recorded: ${String(second)}`);
  }
}

function failureOf(run: Run, prepared: Prepared, error: MigrateError, progress: Progress): Change {
  const { direction, entry } = prepared.step;
  const { done } = progress;
  const message = english(`error.${error.code}`, error.params);
  const unclear = isUnclear(run, prepared, error, progress);
  // A way down that changed nothing leaves the migration applied.
  if (direction === 'down' && done === 0 && !unclear && entry.row) {
    return { action: 'down', row: asApplied(entry.row), event: { status: 'failed', error: message } };
  }
  const outcome = {
    status: unclear ? 'pending' : 'failed',
    done,
    executionMs: progress.ms ?? 0,
    error: message,
  } as const;
  const row = rowOf(prepared, run.target.driver.engineVersion, outcome);
  return { action: direction, row, event: { status: 'failed' } };
}

/**
 * Whether a step-by-step migration did something that its number of statements does not tell: slices of a batch, or the
 * statement that the engine's process ended on. `failed` without a statement would say that nothing is left of it.
 */
function isUnclear(run: Run, { key, body, step }: Prepared, error: MigrateError, { done, inBatch }: Progress): boolean {
  if (run.ledger.rowOf(key)?.status !== 'pending') return false;
  if (inBatch) return true;
  // What an earlier run did of a batch or of code stays unknown, however little this one did.
  const { row } = step.entry;
  const stands = row !== undefined && isHalfDone(row) && row.appliedStatements === done;
  if (stands && (body.kind === 'code' || body.statements[done]?.batch !== undefined)) return true;
  if (!endedProcess(error)) return false;
  return body.kind === 'code' || body.statements[done]?.facts.transactional === false;
}

function asApplied(row: HistoryRow): HistoryRow {
  return isHalfDone(row) ? { ...row, status: 'success', errorMessage: null } : row;
}
