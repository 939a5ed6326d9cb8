import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../core/errors';
import type { Plan } from '../../core/migration/plan';
import { realFile } from '../../engine/real-file';
import { fileError } from '../../project/file-error';
import { takeLock } from '../../project/lock';
import type { Database } from '../../project/project';
import type { Context } from '../context';
import { recover } from '../import/recover';
import { settleBlocks } from '../settle-blocks';
import { applyAll } from './apply';
import { pruneAfterwards } from './backup-first';
import { dryRun } from './dry-run';
import { type Kinds, openKinds } from './kinds';
import { Ledger } from './ledger';
import { planOf } from './plan-run';
import { type PreparedRun, preparePlan } from './prepare';
import type { Prepared } from './prepared';
import { needsQuestion, questionOf } from './question';
import { resultOf } from './result';
import { isNewDatabase, readFiles, readHistoryOf, type Situation, situationOf } from './situation';
import { Target } from './target';
import type { MigrateOutcome, MigrateRequest, Note } from './types';

const LOCK_MS = 10_000;

/**
 * Runs what is to be run of a project's migrations: up, down, or the last one again. What fails is in the result, with
 * everything that was committed before it.
 * @throws MigrateError whatever stands in the way before anything runs
 */
export async function migrate(context: Context, request: MigrateRequest): Promise<MigrateOutcome> {
  const { database } = request;
  if (request.dryRun) return dryRun(context, request);
  if (database.readOnly) throw new MigrateError('DATABASE_READ_ONLY', { name: database.name });
  return withLock(context, request, async (notes) => {
    // Under the lock, so that what runs is what was rehearsed.
    const rehearsal = request.rehearse ? await dryRun(context, request) : undefined;
    if (rehearsal?.error) {
      const failed = { key: 'migration.rehearsalFailed', params: {} };
      return { ...rehearsal, notes: [...notes, ...rehearsal.notes, failed] };
    }
    return migrateLocked(context, request, notes);
  });
}

/** Under the lock of a database that nobody else of ours works on, after an interrupted operation was cleared up. */
export async function withLock<T>(
  { project, driver }: Context,
  request: Pick<MigrateRequest, 'database' | 'lockTimeoutMs' | 'signal' | 'onNote'> & { readonly action: string },
  work: (notes: Note[]) => Promise<T>,
): Promise<T> {
  const { path: file } = request.database;
  const notes: Note[] = [];
  const tell = (note: Note) => {
    notes.push(note);
    request.onNote?.(note);
  };
  try {
    await mkdir(path.dirname(file), { recursive: true });
    // Whoever comes through a link works on the same file.
    const real = await realFile(file);
    const lock = await takeLock(real, request.action, {
      timeoutMs: request.lockTimeoutMs ?? LOCK_MS,
      ...(request.signal ? { signal: request.signal } : {}),
      onWaiting: ({ pid, host }) => request.onNote?.({ key: 'lock.waiting', params: { pid, host } }),
    });
    try {
      if (lock.takenFrom) tell({ key: 'lock.takenOver', params: { pid: lock.takenFrom.pid } });
      const recovered = await recover(real, project.backupsDir);
      if (recovered) {
        const { action, version, outcome } = recovered;
        tell({ key: `recovered.${outcome}`, params: { action: `@word.${action}`, version } });
      }
      await settleBlocks(driver(request.database.engine), real).catch((error: unknown) => {
        // Of who holds the database the work itself tells, with what has not run.
        if (!MigrateError.is(error, 'DATABASE_HELD')) throw error;
      });
      return await work(notes);
    } finally {
      await lock.release();
    }
  } catch (error) {
    throw fileError(error, file);
  }
}

async function migrateLocked(
  context: Context,
  request: MigrateRequest,
  notes: readonly Note[],
): Promise<MigrateOutcome> {
  const { project } = context;
  const { database } = request;
  const driver = context.driver(database.engine);
  const kinds = await openKinds(context, driver.dialect);
  try {
    const files = readFiles(context, database, kinds.extraEndings);
    const read = await readHistoryOf(driver, project, database, request.signal);
    const situation = situationOf(files, read.history);
    const plan = planOf(situation, request);
    const told = [...notes, ...situation.notes, ...plan.notes];
    if (plan.steps.length === 0) return { results: [], backups: [], notes: told };
    const prepared = await prepare(context, situation, plan, kinds, driver.dialect);
    try {
      const question = questionOf(context, request, prepared.migrations);
      if (needsQuestion(question)) await request.confirm(question);
      const target = new Target(driver, database);
      try {
        const ledger = new Ledger(driver, project.historyTables, read.history);
        const backup = { when: request.backupBefore ?? project.backupBefore, dir: project.backupsDir, taken: false };
        const held = await openingError(target, database);
        if (held) return unopened(prepared.migrations, held, told);
        const applied = await applyAll(
          runOf(context, request, { target, ledger, backup, counts: false }),
          prepared.migrations,
        );
        const closing = [await closingError(context, target), await closingError(context, prepared)];
        const error = applied.error ?? closing.find((one) => one !== undefined);
        const pruned = await pruneAfterwards(project, database, applied.backups);
        return { ...applied, ...(error ? { error } : {}), notes: [...told, ...pruned] };
      } finally {
        await target.close();
      }
    } finally {
      await prepared.close();
    }
  } finally {
    await kinds.close();
  }
}

/** What was committed stays so, whatever closing fails with: the results are told besides. */
export async function closingError(
  { log }: Pick<Context, 'log'>,
  what: { close(): Promise<void> },
): Promise<MigrateError | undefined> {
  try {
    await what.close();
    return undefined;
  } catch (error) {
    if (!MigrateError.is(error)) throw error;
    log(`after a run of migrations: ${String(error)}`);
    return error;
  }
}

export function prepare(
  { project }: Context,
  situation: Situation,
  plan: Plan,
  kinds: Kinds,
  dialect: 'cypher' | 'sql',
): Promise<PreparedRun> {
  const applied = (situation.history?.rows ?? []).filter(({ status }) => status === 'success');
  return preparePlan(plan, {
    projectDir: project.dir,
    dialect,
    kinds: kinds.all,
    applied: applied.map(({ version }) => version),
  });
}

/** What every step of a run shares, from what was asked for. */
export function runOf(
  context: Context,
  request: MigrateRequest,
  parts: Pick<Parameters<typeof applyAll>[0], 'target' | 'ledger' | 'backup' | 'counts'>,
): Parameters<typeof applyAll>[0] {
  const { signal, onProgress, onStatement } = request;
  return {
    ...parts,
    tables: context.project.historyTables,
    log: context.log,
    ...(signal ? { signal } : {}),
    ...(onStatement ? { onStatement } : {}),
    onMigration: ({ id, name, done, total }) => onProgress?.({ step: 'migrate', object: `${id} ${name}`, done, total }),
    onBatch: ({ id, touched }) => onProgress?.({ step: 'batch', object: `${id}: ${touched}` }),
  };
}

/** What keeps a database from being opened: no failure of its first migration. A new one is made when it is needed. */
async function openingError(target: Target, database: Database): Promise<MigrateError | undefined> {
  if (await isNewDatabase(database.path)) return undefined;
  try {
    await target.session();
    return undefined;
  } catch (error) {
    if (!MigrateError.is(error)) throw error;
    return error;
  }
}

function unopened(migrations: readonly Prepared[], error: MigrateError, notes: readonly Note[]): MigrateOutcome {
  return { results: migrations.map((one) => resultOf(one, 'not-executed')), backups: [], notes, error };
}
