import { dangerError } from '../../core/danger/error';
import { DangerWatch } from '../../core/danger/watch';
import { MigrateError } from '../../core/errors';
import { classify } from '../../core/statement/classify';
import { writesOutside } from '../../core/statement/outside';
import type { StatementResult } from '../../engine/driver';
import { guardedCommit } from './commit-guard';
import { placed, reportOf, statementFailure } from './placed';
import type { CodeBody, GuardedDatabase, MigrationStatement, Prepared } from './prepared';
import { rowOf } from './records';
import { aroundCommit, type Done, type Run, runOptions } from './run';
import { fileDrop, runDrops } from './run-drops';
import type { Progress } from './run-steps';
import { changeOf } from './run-transaction';
import type { StatementReport } from './types';

const ALL_ROWS = Number.MAX_SAFE_INTEGER;

/**
 * Runs a migration that is code, in one transaction with its history row unless it asked for none. Each of its
 * statements takes the guarded path: it is looked at before it runs.
 * @throws MigrateError as Session.run, CODE_MIGRATION_FAILED; in a transaction nothing of the migration is left then
 */
export async function runCode(run: Run, prepared: Prepared, body: CodeBody, progress: Progress): Promise<Done> {
  return body.transactional ? runWhole(run, prepared, body) : runAlone(run, prepared, body, progress);
}

function runWhole(run: Run, prepared: Prepared, body: CodeBody): Promise<Done> {
  return guardedCommit(run, true, prepared.key, () => runOnce(run, prepared, body));
}

async function runOnce(run: Run, prepared: Prepared, body: CodeBody): Promise<Done> {
  const { driver } = run.target;
  // What code will do is not known, so that all of it counts as what the WAL can't keep.
  const { before, after } = aroundCommit(driver, true);
  await run.target.run([...before, { text: driver.begin }], runOptions(run));
  try {
    const reports = await callGuarded(run, prepared, body, () => undefined);
    const executionMs = reports.reduce((sum, { ms }) => sum + ms, 0);
    const changes = [withTime(changeOf(run, prepared, reports.length), executionMs)];
    await run.target.run([...run.ledger.record(changes), { text: driver.commit }, ...after], runOptions(run));
    run.ledger.committed(changes);
    return { executionMs, statements: reports };
  } catch (error) {
    // A failed statement has ended the transaction already; code that failed by itself has left it open.
    await run.target.endTransaction(run.log);
    throw error;
  }
}

async function runAlone(run: Run, prepared: Prepared, body: CodeBody, progress: Progress): Promise<Done> {
  const { driver } = run.target;
  const begun = rowOf(prepared, driver.engineVersion, { status: 'pending', done: 0, executionMs: 0 });
  await record(run, [{ action: prepared.step.direction, row: begun }]);
  const { before, after } = aroundCommit(driver, true);
  if (before.length > 0) await run.target.run(before, runOptions(run));
  const reports = await callGuarded(run, prepared, body, (done) => {
    progress.done = done;
  });
  const executionMs = reports.reduce((sum, { ms }) => sum + ms, 0);
  await record(run, [withTime(changeOf(run, prepared, reports.length), executionMs)]);
  if (after.length > 0) await run.target.run(after, runOptions(run));
  return { executionMs, statements: reports };
}

async function record(run: Run, changes: Parameters<Run['ledger']['record']>[0]): Promise<void> {
  const { begin, commit } = run.target.driver;
  await run.target.run([{ text: begin }, ...run.ledger.record(changes), { text: commit }], runOptions(run));
  run.ledger.committed(changes);
}

function withTime(change: ReturnType<typeof changeOf>, executionMs: number): ReturnType<typeof changeOf> {
  return { ...change, row: { ...change.row, executionMs: Math.round(executionMs) } };
}

/** Calls the code with a database that looks at each statement, and tells what it ran. */
async function callGuarded(
  run: Run,
  prepared: Prepared,
  body: CodeBody,
  onDone: (count: number) => void,
): Promise<StatementReport[]> {
  const reports: StatementReport[] = [];
  const guard = guardOf(run, prepared, body.transactional);
  const execute = async (text: string, rows: number): Promise<StatementResult> => {
    const statement = await guard(text);
    run.onStatement?.({ id: prepared.key, index: reports.length, total: 0 });
    const drop = fileDrop(run, statement);
    if (drop) {
      const started = performance.now();
      await runDrops(run, null, [drop], []);
      const ms = performance.now() - started;
      reports.push({ text, line: 1, ms });
      onDone(reports.length);
      return { columns: [], rows: [], rowCount: 0, ms };
    }
    const work = placed(run, prepared, [statement]);
    const sent = work.map((one) => (rows > 0 && one.source ? { text, rows } : one.statement));
    const { kind, effects } = statement.facts;
    const copies = !body.transactional && kind === 'copy' && effects.length > 0;
    const send = () => run.target.run(sent, runOptions(run));
    const results = await guardedCommit(run, copies, prepared.key, send).catch((error: unknown) => {
      // The place in the code is known to who called; the statement is all that there is here.
      throw statementFailure(error, (at) => work[at], 0, undefined);
    });
    const at = work.findIndex(({ source }) => source);
    const result = results[at];
    const own = work[at];
    if (!own || !result) throw new TypeError('a statement without a result');
    reports.push(reportOf(run, own, result));
    onDone(reports.length);
    return result;
  };
  const database: GuardedDatabase = {
    dialect: run.target.driver.dialect,
    run: async (text) => {
      await execute(text, 0);
      return { touched: reports.at(-1)?.touched ?? null };
    },
    rows: async (text) => {
      const { columns, rows } = await execute(text, ALL_ROWS);
      return rows.map((cells) => Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? null])));
    },
  };
  await body.call(database, runOptions(run));
  return reports;
}

/** Refuses what would break the database or leave the transaction, with what has run before it in mind. */
function guardOf(run: Run, prepared: Prepared, transactional: boolean): (text: string) => Promise<MigrationStatement> {
  const { dialect } = run.target.driver;
  const watch = new DangerWatch(dialect, transactional);
  return async (text) => {
    const facts = classify(text, dialect);
    const statement = { text, start: 0, end: text.length, line: 1, column: 1, ignores: [], facts };
    const where = { statement: text };
    if (transactional && !facts.transactional) {
      throw new MigrateError('STATEMENT_NOT_TRANSACTIONAL', { id: prepared.key, statement: text }, { where });
    }
    if (run.counts && writesOutside(text, facts))
      throw new MigrateError('DRY_RUN_OUTSIDE', { statement: text }, { where });
    const { dangers, guards, need } = watch.next(statement);
    const refused = dangers.find(({ severity }) => severity === 'refuse');
    if (refused) throw dangerError(refused, where);
    if (need && transactional) {
      throw new MigrateError('STATEMENT_NOT_TRANSACTIONAL', { id: prepared.key, statement: text }, { where });
    }
    if (need) await run.target.close();
    return guards.length > 0 ? { ...statement, guards } : statement;
  };
}
