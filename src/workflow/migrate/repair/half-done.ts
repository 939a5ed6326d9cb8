import type { Entry } from '../../../core/migration/state';
import type { HistoryRow } from '../../../core/migration/types';
import { parseScript } from '../../../core/script/parse';
import { isStoredCode } from '../stored-script';
import { impossible, type RepairPlan, type RepairScope, repairChange } from './plan';

/**
 * The statement that a kill fell on was done: the next run begins behind it, or there is nothing left to run.
 * @throws MigrateError REPAIR_IMPOSSIBLE where nothing is half done, or only its code knows what is
 */
export function planDone(scope: RepairScope, entry: Entry): RepairPlan {
  const { row, halfDone } = entry;
  if (!row || !halfDone) throw impossible('done', entry, '@repair.notHalfDone');
  const script = storedOf(row, halfDone);
  if (isStoredCode(script) || row.totalStatements === 0) throw impossible('done', entry, '@repair.code');
  const done = row.appliedStatements + 1;
  const isLast = done >= row.totalStatements;
  const ended = halfDone === 'up' ? 'success' : 'rolled_back';
  // `failed` with a count says: so far and no further, where `pending` leaves the next statement open.
  const status = isLast ? ended : 'failed';
  const params = { id: entry.key, done, total: row.totalStatements, statement: statementAt(scope, script, done - 1) };
  return {
    changes: [{ text: { key: 'repair.done', params } }],
    files: [],
    history: [
      repairChange({ ...row, status, appliedStatements: done, errorMessage: isLast ? null : row.errorMessage }),
    ],
  };
}

/**
 * What is half done runs again: a script from the statement that a kill fell on, code from its start.
 * @throws MigrateError REPAIR_IMPOSSIBLE where nothing is half done
 */
export function planRetry(scope: RepairScope, entry: Entry): RepairPlan {
  const { row, halfDone } = entry;
  if (!row || !halfDone) throw impossible('retry', entry, '@repair.notHalfDone');
  const script = storedOf(row, halfDone);
  const isCode = isStoredCode(script) || row.totalStatements === 0;
  const done = isCode ? 0 : row.appliedStatements;
  const statement = isCode ? '' : statementAt(scope, script, done);
  const params = { id: entry.key, way: halfDone, done: done + 1, statement };
  // From its start: as if it had not begun. On the way down it is applied then.
  const status = done === 0 && halfDone === 'down' ? 'success' : 'failed';
  return {
    changes: [{ text: { key: isCode ? 'repair.retryCode' : 'repair.retry', params } }],
    files: [],
    history: [repairChange({ ...row, status, appliedStatements: done })],
  };
}

function storedOf(row: HistoryRow, direction: 'up' | 'down'): string {
  return direction === 'up' ? row.upScript : (row.downScript ?? '');
}

function statementAt({ dialect }: RepairScope, script: string, index: number): string {
  return parseScript(script, dialect, 'up').up.statements[index]?.text ?? '';
}
