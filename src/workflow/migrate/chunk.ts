import { MigrateError } from '../../core/errors';
import type { Statement, StatementResult } from '../../engine/driver';
import { readAfterEnd, wasApplied } from './after-end';
import { needsBackup } from './backup-first';
import { statementFailure } from './placed';
import type { Prepared, StatementsBody } from './prepared';
import { recordFailure } from './record-failure';
import { resultOf } from './result';
import { type Done, ensureHistory, type Run, runOptions } from './run';
import { doneOf, type GroupMember, type Transaction, transactionOf } from './run-transaction';
import type { MigrationResult } from './types';

/** So many migrations go in one request at most, each in its own transaction. */
const MOST = 16;

/**
 * The migrations from `at` on that can go to the engine's process in one request: a round trip for each costs as much as
 * a small statement. Each keeps its own transaction, and the first that fails ends the request.
 */
export function chunkAt(run: Run, migrations: readonly Prepared[], at: number): GroupMember[] {
  const members: GroupMember[] = [];
  for (const prepared of migrations.slice(at, at + MOST)) {
    const { body, key } = prepared;
    const isRepeated = members.some((other) => other.prepared.key === key);
    if (body.kind !== 'statements' || !isPlain(run, body) || isRepeated) break;
    if (prepared.requires.length > 0 || needsBackup(run, prepared)) break;
    members.push({ prepared, body });
  }
  return members.length > 1 ? members : [];
}

function isPlain(run: Run, body: StatementsBody): boolean {
  // On Kùzu such a one is guarded by itself, see `guardedCommit`.
  if (body.commitToFile && run.target.driver.dialect === 'cypher') return false;
  return body.transactional && !body.reopenFirst && body.preconditions.length === 0;
}

/**
 * Runs a chunk. What was committed before a failure is read from the history, whatever the failure was.
 * @returns results up to the first failure
 */
export async function applyChunk(run: Run, members: readonly GroupMember[]): Promise<MigrationResult[]> {
  const before = members.map(({ prepared }) => run.ledger.rowOf(prepared.key));
  let now = run.ledger.now;
  // A database that can't be opened is no failure of a migration.
  let begun = false;
  try {
    await ensureHistory(run);
    now = run.ledger.now;
    begun = true;
    const done = await runChunk(run, members);
    return members.map(({ prepared }, at) => resultOf(prepared, 'success', done[at]));
  } catch (error) {
    if (!MigrateError.is(error)) throw error;
    run.ledger.isNow(now);
    const isKnown = begun && (await readAfterEnd(run));
    const failed = members.findIndex(({ prepared }, at) => !wasApplied(run, prepared, before[at]));
    const results = members.slice(0, failed === -1 ? members.length : failed).map(({ prepared }) => {
      const executionMs = run.ledger.rowOf(prepared.key)?.executionMs ?? 0;
      return resultOf(prepared, 'success', { executionMs, statements: [] });
    });
    const culprit = members[failed];
    if (!culprit) return results;
    if (isKnown) await recordFailure(run, culprit.prepared, error, { done: 0 });
    return [...results, { ...resultOf(culprit.prepared, 'error'), error }];
  }
}

/** @throws MigrateError as Session.run, with file, line and column; those before it are committed */
async function runChunk(run: Run, members: readonly GroupMember[]): Promise<Done[]> {
  const statements: Statement[] = [];
  const parts: { readonly transaction: Transaction; readonly base: number }[] = [];
  for (const member of members) {
    const base = statements.length;
    const transaction = transactionOf(run, [member], base);
    parts.push({ transaction, base });
    statements.push(...transaction.statements);
    // The next one counts on; a failure reads the history anew.
    run.ledger.committed(transaction.changes);
  }
  const partAt = (index: number) => parts.findLast(({ base }) => base <= index);
  const placedAt = (index: number) => {
    const part = partAt(index);
    return part?.transaction.work[index - part.base - part.transaction.offset];
  };
  let last = 0;
  const announce = (index: number) => {
    last = index;
    placedAt(index)?.announce();
  };
  const results = await run.target.run(statements, runOptions(run, announce)).catch((error: unknown) => {
    throw statementFailure(error, placedAt, last, partAt(last)?.transaction.work[0]?.prepared);
  });
  return parts.map((part, at) => doneOfPart(run, part, results, members[at]));
}

function doneOfPart(
  run: Run,
  { transaction, base }: { readonly transaction: Transaction; readonly base: number },
  results: readonly StatementResult[],
  member: GroupMember | undefined,
): Done {
  if (!member) return { executionMs: 0, statements: [] };
  return doneOf(run, transaction.work, results.slice(base + transaction.offset), member.prepared);
}
