import { MigrateError } from '../../core/errors';
import { isHalfDone } from '../../core/migration/state';
import type { HistoryRow } from '../../core/migration/types';
import { indexProbe } from '../../core/statement/index-probe';
import { guardedCommit } from './commit-guard';
import { placed, reportOf, statementFailure, whereOf } from './placed';
import type { MigrationStatement, Prepared, StatementsBody } from './prepared';
import { rowOf } from './records';
import { aroundCommit, type Done, type Run, runOptions } from './run';
import { runBatch } from './run-batch';
import { dropsAt, type FileDrop, runDrops } from './run-drops';
import { changeOf } from './run-transaction';
import type { StatementReport } from './types';

/** How far a step-by-step migration came, for whoever has to record that it failed. */
export interface Progress {
  done: number;
  /** Slices of the statement behind them are committed. */
  inBatch?: boolean;
  /** How long it took until it failed. */
  ms?: number;
}

/**
 * Runs a migration that can't be one transaction: statement by statement, each recorded as done in its own transaction
 * where the engine can. What is half done says so in the history, and goes on where it stopped.
 * @throws MigrateError as Session.run; MIGRATION_UNCERTAIN where a kill met a statement that can't be looked at
 */
export async function runStepByStep(
  run: Run,
  prepared: Prepared,
  body: StatementsBody,
  progress: Progress,
): Promise<Done> {
  const { done: from } = prepared.step;
  progress.done = from;
  const known = run.ledger.rowOf(prepared.key);
  const interrupted = known && isHalfDone(known) ? known : undefined;
  await recordPending(run, prepared, from);
  const reports: StatementReport[] = [];
  for (const [index, statement] of body.statements.entries()) {
    if (index < progress.done) continue;
    const drops = dropsAt(run, body.statements, index);
    if (drops.length > 0) {
      reports.push(...(await runFileDrops(run, prepared, drops, index)));
      progress.done = index + drops.length;
      continue;
    }
    run.onStatement?.({ id: prepared.key, index, total: body.statements.length });
    if (statement.reopenBefore) await run.target.close();
    const isDone = index === from && interrupted && (await wasDone(run, prepared, statement, interrupted));
    const report = isDone
      ? await noteDone(run, prepared, statement, index)
      : await runGuarded(run, prepared, statement, index, body.commitToFile, progress);
    reports.push(report);
    progress.done = index + 1;
    progress.inBatch = false;
  }
  const executionMs = reports.reduce((sum, { ms }) => sum + ms, 0);
  const change = changeOf(run, prepared);
  const changes = [{ ...change, row: { ...change.row, executionMs: Math.round(executionMs) } }];
  await inTransaction(run, run.ledger.record(changes));
  run.ledger.committed(changes);
  return { executionMs, statements: reports };
}

async function recordPending(run: Run, prepared: Prepared, done: number): Promise<void> {
  const outcome = { status: 'pending', done, executionMs: 0 } as const;
  const row = rowOf(prepared, run.target.driver.engineVersion, outcome);
  const changes = [{ action: prepared.step.direction, row }];
  await inTransaction(run, run.ledger.record(changes));
  run.ledger.committed(changes);
}

/** A CHECKPOINT needs nothing; and the slices of a batch commit each by itself. */
async function runGuarded(run: Run, prepared: Prepared, statement: MigrationStatement, ...rest: StepRest) {
  const { facts, batch } = statement;
  const wanted = batch === undefined && facts.kind !== 'checkpoint' && (rest[1] || !facts.transactional);
  return guardedCommit(run, wanted, prepared.key, () => runStep(run, prepared, statement, ...rest));
}

type StepRest = readonly [index: number, commitToFile: boolean, progress: Progress];

/** One statement and the note that it is done: in one transaction where the engine can, else one after the other. */
async function runStep(
  run: Run,
  prepared: Prepared,
  statement: MigrationStatement,
  index: number,
  commitToFile: boolean,
  progress: Progress,
): Promise<StatementReport> {
  if (statement.batch !== undefined) {
    const onSlice = () => {
      progress.inBatch = true;
    };
    const report = await runBatch(run, prepared, statement, statement.batch, { commitToFile, onSlice });
    await recordProgress(run, prepared, index + 1);
    return report;
  }
  const { driver } = run.target;
  const work = placed(run, prepared, [statement]);
  const texts = work.map((one) => one.statement);
  const noted = run.ledger.progress(prepared.key, index + 1);
  const whole = statement.facts.transactional;
  // What Kùzu can't do in a transaction it can't replay from its WAL either: the DROP of a full-text index.
  const settled = driver.dialect === 'cypher' ? (driver.commitToFile?.after ?? []) : [];
  const { before, after } = aroundCommit(driver, whole && commitToFile);
  const statements = whole
    ? [...before, { text: driver.begin }, ...texts, ...noted, { text: driver.commit }, ...after]
    : [...texts, ...settled];
  const offset = whole ? before.length + 1 : 0;
  let last = 0;
  const announce = (at: number) => {
    last = at;
  };
  const results = await run.target.run(statements, runOptions(run, announce)).catch((error: unknown) => {
    // BEGIN and COMMIT stand around this one statement: what fails in them is about it.
    throw statementFailure(error, (at) => work[at - offset] ?? work.at(-1), last, prepared);
  });
  if (!whole) await recordProgress(run, prepared, index + 1);
  const at = work.findIndex(({ source }) => source);
  const own = work[at];
  return own ? reportOf(run, own, results[at + offset]) : { text: statement.text, line: statement.line, ms: 0 };
}

/** Drops that are carried out on the file: all of them and the note that they are done, or none. */
async function runFileDrops(
  run: Run,
  prepared: Prepared,
  drops: readonly FileDrop[],
  from: number,
): Promise<StatementReport[]> {
  const total = prepared.body.kind === 'statements' ? prepared.body.statements.length : 0;
  for (const at of drops.keys()) run.onStatement?.({ id: prepared.key, index: from + at, total });
  const started = performance.now();
  await runDrops(run, prepared.file, drops, run.ledger.progress(prepared.key, from + drops.length));
  const ms = (performance.now() - started) / drops.length;
  return drops.map(({ statement: { text, line } }) => ({ text, line, ms }));
}

async function noteDone(
  run: Run,
  prepared: Prepared,
  { text, line }: MigrationStatement,
  index: number,
): Promise<StatementReport> {
  await recordProgress(run, prepared, index + 1);
  return { text, line, ms: 0 };
}

async function recordProgress(run: Run, prepared: Prepared, done: number): Promise<void> {
  await run.target.run(run.ledger.progress(prepared.key, done), runOptions(run));
}

async function inTransaction(run: Run, statements: readonly { readonly text: string }[]): Promise<void> {
  const { begin, commit } = run.target.driver;
  await run.target.run([{ text: begin }, ...statements, { text: commit }], runOptions(run));
}

/**
 * Whether the statement that a kill fell on has been done. One that runs in a transaction has not: its note would be
 * there. One that failed by itself has not either.
 */
async function wasDone(run: Run, prepared: Prepared, statement: MigrationStatement, row: HistoryRow): Promise<boolean> {
  const { transactional, repeatable } = statement.facts;
  if (transactional || statement.batch !== undefined || repeatable === 'yes' || row.status === 'failed') return false;
  const probe = repeatable === 'probe' ? indexProbe(statement.text, run.target.driver.dialect) : undefined;
  if (!probe) {
    const where = whereOf(statement, prepared.file, {});
    throw new MigrateError('MIGRATION_UNCERTAIN', { id: prepared.key, statement: statement.text }, { where });
  }
  const [result] = await run.target.run([{ text: probe.query, rows: 1 }], runOptions(run));
  return result?.rows[0]?.[0] === probe.done;
}
