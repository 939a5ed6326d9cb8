import { MigrateError } from '../../core/errors';
import { readAfterEnd, wasApplied } from './after-end';
import { backupFor } from './backup-first';
import { applyChunk, chunkAt } from './chunk';
import { groupAt } from './group';
import type { Prepared } from './prepared';
import { recordFailure } from './record-failure';
import { requireRun } from './requires';
import { resultOf } from './result';
import { checkPreconditions, type Done, ensureHistory, isResumed, type Run } from './run';
import { runCode } from './run-code';
import { type Progress, runStepByStep } from './run-steps';
import { runInTransaction } from './run-transaction';
import { endedProcess } from './target';
import type { MigrationResult, Note } from './types';

/** What a run came to: one result a migration, in the order of the plan. */
export interface Applied {
  readonly results: readonly MigrationResult[];
  readonly backups: readonly string[];
  readonly error?: MigrateError;
}

/**
 * Runs migrations in order and stops at the first that fails. What it has committed stays; what failed is in the
 * history. @throws only what is no MigrateError, a fault of ours
 */
export async function applyAll(run: Run, migrations: readonly Prepared[]): Promise<Applied> {
  const results: MigrationResult[] = [];
  const backups: string[] = [];
  let error: MigrateError | undefined;
  let stopped = false;
  for (let at = 0; at < migrations.length && !error && !stopped; ) {
    if (run.signal?.aborted) {
      error = new MigrateError('CANCELLED');
      break;
    }
    const group = groupAt(run, migrations, at);
    const together = group.length > 0 ? await tryGroup(run, group, results.length, migrations.length) : undefined;
    if (together) {
      results.push(...together);
      at += together.length;
      continue;
    }
    const chunk = group.length > 0 ? [] : chunkAt(run, migrations, at);
    if (chunk.length > 0) {
      for (const [index, { prepared }] of chunk.entries()) {
        run.onMigration?.({ id: prepared.key, name: prepared.name, done: at + index, total: migrations.length });
      }
      const made = await applyChunk(run, chunk);
      results.push(...made);
      error = made.at(-1)?.error;
      at += made.length;
      continue;
    }
    // A group that failed tells nothing of who: each of them runs by itself, up to the one that fails.
    const alone = migrations.slice(at, at + Math.max(group.length, 1));
    for (const prepared of alone) {
      run.onMigration?.({ id: prepared.key, name: prepared.name, done: results.length, total: migrations.length });
      const result = await applyOne(run, prepared, results, backups);
      results.push(result);
      error = result.error;
      at++;
      // What a condition leaves applied must not lose what is below it, and is not there to be applied again.
      stopped = result.status === 'not-executed' && prepared.step.direction === 'down';
      if (error || stopped) break;
    }
  }
  const rest = migrations.slice(results.length).map((prepared) => resultOf(prepared, 'not-executed'));
  return { results: [...results, ...rest], backups, ...(error ? { error } : {}) };
}

async function tryGroup(
  run: Run,
  group: ReturnType<typeof groupAt>,
  before: number,
  total: number,
): Promise<MigrationResult[] | undefined> {
  const rows = group.map(({ prepared }) => run.ledger.rowOf(prepared.key));
  for (const [at, { prepared }] of group.entries()) {
    run.onMigration?.({ id: prepared.key, name: prepared.name, done: before + at, total });
  }
  try {
    await ensureHistory(run);
    const done = await runInTransaction(run, group);
    return group.map(({ prepared }, at) => resultOf(prepared, 'success', done[at]));
  } catch (error) {
    if (!MigrateError.is(error)) throw error;
    await readAfterEnd(run);
    const isDone = group.every(({ prepared }, at) => wasApplied(run, prepared, rows[at]));
    if (isDone) return group.map(({ prepared }) => resultOf(prepared, 'success', undefined, [COMMITTED_FIRST]));
    run.log(`a group of ${group.length} migrations failed, each is run by itself: ${String(error)}`);
    return undefined;
  }
}

const COMMITTED_FIRST: Note = { key: 'migration.committedFirst', params: {} };

async function applyOne(
  run: Run,
  prepared: Prepared,
  earlier: readonly MigrationResult[],
  backups: string[],
): Promise<MigrationResult> {
  const progress: Progress = { done: prepared.step.done };
  const notes: Note[] = [];
  const before = run.ledger.rowOf(prepared.key);
  const started = performance.now();
  // A database that can't be opened, or copied first, is no failure of the migration.
  let begun = false;
  try {
    requireRun(prepared, earlier);
    const preconditions = prepared.body.kind === 'statements' ? prepared.body.preconditions : [];
    // Half way on, they would look at what the first half has made.
    if (preconditions.length > 0 && !isResumed(run, prepared)) {
      await run.target.session();
      begun = true;
      const unmet = await checkPreconditions(run, prepared, preconditions);
      begun = false;
      if (unmet) {
        const note = { key: 'migration.assumeUnmet', params: { query: unmet.query } };
        return resultOf(prepared, 'not-executed', undefined, [note]);
      }
    }
    if (prepared.body.kind === 'statements' && prepared.body.reopenFirst) await run.target.close();
    // Code tells its statements too late for what Kùzu wants settled before some of them.
    if (prepared.body.kind === 'code' && run.target.driver.dialect === 'cypher') await run.target.close();
    const backup = await backupFor(run, prepared);
    if (backup !== undefined) {
      backups.push(backup);
      notes.push({ key: 'migration.backup', params: { backup } });
    }
    await ensureHistory(run);
    begun = true;
    const done = await runBody(run, prepared, progress);
    // What code has written is not known, and a statement that crashes the engine after it could not be refused.
    if (prepared.body.kind === 'code' && run.target.driver.dialect === 'cypher') await run.target.close();
    return resultOf(prepared, 'success', done, notes);
  } catch (error) {
    if (!MigrateError.is(error)) throw error;
    let isKnown = true;
    // A COMMIT can fail in what comes after it, too.
    if (begun || endedProcess(error)) {
      isKnown = await readAfterEnd(run);
      if (wasApplied(run, prepared, before)) {
        return resultOf(prepared, 'success', undefined, [...notes, COMMITTED_FIRST]);
      }
      const { appliedStatements = 0 } = run.ledger.rowOf(prepared.key) ?? {};
      if (isResumed(run, prepared)) progress.done = Math.max(progress.done, appliedStatements);
    }
    const executionMs = performance.now() - started;
    if (begun && isKnown) await recordFailure(run, prepared, error, { ...progress, ms: executionMs });
    const more = isResumed(run, prepared) ? halfNotes(prepared, progress.done) : [];
    const spent = { executionMs: begun ? executionMs : 0, statements: [] };
    return { ...resultOf(prepared, 'error', spent, [...notes, ...more]), error };
  }
}

function runBody(run: Run, prepared: Prepared, progress: Progress): Promise<Done> {
  const { body } = prepared;
  if (body.kind === 'code') return runCode(run, prepared, body, progress);
  if (!body.transactional) return runStepByStep(run, prepared, body, progress);
  return runInTransaction(run, [{ prepared, body }]).then(([done]) => done ?? { executionMs: 0, statements: [] });
}

function halfNotes({ key, body, step }: Prepared, done: number): Note[] {
  if (body.kind === 'code') return [{ key: 'hint.CODE_HALF_DONE', params: { id: key } }];
  const params = { id: key, done, total: body.statements.length, way: step.direction };
  return [{ key: 'migration.halfDone', params }];
}
