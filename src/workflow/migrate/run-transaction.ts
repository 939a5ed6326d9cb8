import type { Statement, StatementResult } from '../../engine/driver';
import { guardedCommit } from './commit-guard';
import type { Change } from './ledger';
import { type Placed, placed, reportOf, statementFailure } from './placed';
import type { Prepared, StatementsBody } from './prepared';
import { rowOf } from './records';
import { aroundCommit, type Done, type Run, runOptions, timeMark, withTimes } from './run';

export interface GroupMember {
  readonly prepared: Prepared;
  readonly body: StatementsBody;
}

/** A transaction as it is sent. */
export interface Transaction {
  readonly statements: readonly Statement[];
  /** What the migrations put into it, and where in `statements` the first of it stands. */
  readonly work: readonly Placed[];
  readonly offset: number;
  readonly changes: readonly Change[];
}

/**
 * Migrations and their history rows as one transaction.
 * @param base where its first statement will stand in the run that it is sent in
 */
export function transactionOf(run: Run, members: readonly GroupMember[], base = 0): Transaction {
  const { driver } = run.target;
  const work = members.flatMap(({ prepared, body }) => placed(run, prepared, body.statements));
  const changes = members.map(({ prepared }) => changeOf(run, prepared));
  const marks = members.map(timeMark);
  const { before, after } = aroundCommit(
    driver,
    members.some(({ body }) => body.commitToFile),
  );
  // The work stands behind BEGIN.
  const offset = before.length + 1;
  const times = members.map(({ prepared }, at) => ({
    mark: marks[at] ?? '',
    from: base + offset + work.findIndex((one) => one.prepared === prepared),
    to: base + offset + 1 + work.findLastIndex((one) => one.prepared === prepared),
  }));
  // There is not more to commit than what the statements did.
  const isBrief = work.every(({ statement }) => statement.brief);
  const statements = [
    ...before,
    { text: driver.begin, brief: true as const, quiet: true as const },
    ...work.map(({ statement }) => statement),
    ...withTimes(run.ledger.record(changes, marks), times),
    isBrief ? { text: driver.commit, brief: true as const } : { text: driver.commit },
    ...after,
  ];
  return { statements, work, offset, changes };
}

/**
 * Runs migrations and their history rows in one transaction: all of it, or none. BEGIN goes with the first statement and
 * the rows with COMMIT, in one request to the engine's process.
 * @returns what each did, in their order
 * @throws MigrateError as Session.run, with file, line and column; nothing of them is left then
 */
export async function runInTransaction(run: Run, members: readonly GroupMember[]): Promise<Done[]> {
  const wanted = members.some(({ body }) => body.commitToFile);
  return guardedCommit(run, wanted, members[0]?.prepared.key ?? '', () => runOnce(run, members));
}

async function runOnce(run: Run, members: readonly GroupMember[]): Promise<Done[]> {
  const { statements, work, offset, changes } = transactionOf(run, members);
  let last = 0;
  const announce = (index: number) => {
    last = index;
    work[index - offset]?.announce();
  };
  const results = await run.target.run(statements, runOptions(run, announce)).catch((error: unknown) => {
    throw statementFailure(error, (index) => work[index - offset], last, members.at(-1)?.prepared);
  });
  run.ledger.committed(changes);
  return members.map(({ prepared }) => doneOf(run, work, results.slice(offset), prepared));
}

/** The new state in the history: applied, or after the way down no longer. */
export function changeOf(run: Run, prepared: Prepared, total?: number): Change {
  const { direction } = prepared.step;
  const done = total ?? (prepared.body.kind === 'statements' ? prepared.body.statements.length : 0);
  const status = direction === 'up' ? 'success' : 'rolled_back';
  const outcome = { status, done, executionMs: 0, total: done } as const;
  return { action: direction, row: rowOf(prepared, run.target.driver.engineVersion, outcome) };
}

/** What one migration of a transaction did; `results` begin with those of the work. */
export function doneOf(
  run: Run,
  work: readonly Placed[],
  results: readonly StatementResult[],
  prepared: Prepared,
): Done {
  const statements = work.flatMap((one, at) => {
    return one.prepared === prepared && one.source ? [reportOf(run, one, results[at])] : [];
  });
  return { executionMs: statements.reduce((sum, { ms }) => sum + ms, 0), statements };
}
