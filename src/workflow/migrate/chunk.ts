import type { MigrateError } from '../../core/errors';
import type { Statement } from '../../engine/driver';
import { needsBackup } from './backup-first';
import { type Placed, statementFailure } from './placed';
import type { Prepared, StatementsBody } from './prepared';
import { appliedNow, recordFailure } from './record-failure';
import { resultOf } from './result';
import { type Done, ensureHistory, type Run, runOptions } from './run';
import { doneOf, type GroupMember, oneTransaction } from './run-transaction';
import type { MigrationResult } from './types';

/** So many migrations go in one request at most, each in its own transaction. */
const MOST = 16;

/**
 * The migrations from `at` on that can go to the engine's process in one request: a round trip for each costs as much as
 * a small statement. Each keeps its own transaction, and the first that fails ends the request.
 */
export function chunkAt(run: Run, migrations: readonly Prepared[], at: number): GroupMember[] {
  const members: GroupMember[] = [];
  const seen = new Set<string>();
  for (const prepared of migrations.slice(at, at + MOST)) {
    const { body, key } = prepared;
    if (body.kind !== 'statements' || !isPlain(body) || needsBackup(run, prepared) || seen.has(key)) break;
    seen.add(key);
    members.push({ prepared, body });
  }
  return members.length > 1 ? members : [];
}

function isPlain(body: StatementsBody): boolean {
  return body.transactional && !body.reopenFirst && body.preconditions.length === 0;
}

/** Runs a chunk. What was committed before a failure is found in the history, whatever the failure was. */
export async function applyChunk(run: Run, members: readonly GroupMember[]): Promise<MigrationResult[]> {
  await ensureHistory(run);
  const started = members.map(({ prepared }) => run.ledger.rowOf(prepared.key));
  try {
    const done = await runChunk(run, members);
    return members.map(({ prepared }, at) => resultOf(prepared, 'success', done[at]));
  } catch (error) {
    const failed = asKnown(error);
    const applied = await appliedNow(run, members, started);
    const [first] = members.slice(applied);
    const results = members.slice(0, applied).map(({ prepared }) => {
      const executionMs = run.ledger.rowOf(prepared.key)?.executionMs ?? 0;
      return resultOf(prepared, 'success', { executionMs, statements: [] });
    });
    if (!first) return results;
    await recordFailure(run, first.prepared, failed, { done: 0 });
    return [...results, { ...resultOf(first.prepared, 'error'), error: failed }];
  }
}
