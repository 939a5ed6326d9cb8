import { chmod, constants, copyFile } from 'node:fs/promises';
import path from 'node:path';
import { dialectOf } from '../../core/dialect/dialect';
import { MigrateError } from '../../core/errors';
import { generatedMigration } from '../../core/migration/generated';
import type { HistoryTables, MigrationFile } from '../../core/migration/types';
import { changeRows } from '../../core/report/changes';
import { diffSchemas } from '../../core/schema/diff';
import { realFile } from '../../engine/real-file';
import { databaseIdentity } from '../../project/identity';
import { type Journal, writeJournal } from '../../project/journal';
import { type Context, checkCancelled } from '../context';
import type { MakeRequest } from '../generate/make';
import { plan } from '../generate/plan';
import { fileOfScripts } from '../generate/prove';
import { freshFile, recover } from '../import/recover';
import { removeFresh, settle, swapIn } from '../import/swap';
import { lossesOfChanges } from '../losses';
import { pruneAfterwards } from '../migrate/backup-first';
import { openKinds } from '../migrate/kinds';
import { withLock } from '../migrate/migrate';
import { ShadowRun } from '../migrate/shadow-run';
import type { ConfirmPlan, Note } from '../migrate/types';
import { type Drift, findDrift } from './drift';

export interface RevertRequest extends Pick<MakeRequest, 'database' | 'renames' | 'decide' | 'signal' | 'onProgress'> {
  readonly confirm: ConfirmPlan;
  readonly onNote?: (note: Note) => void;
}

export interface Reverted {
  /** False where nothing has drifted. */
  readonly changed: boolean;
  /** The folder that keeps the file as it was. */
  readonly backup?: string;
  readonly notes: readonly Note[];
}

/**
 * Takes back what was changed by hand, so that the database is what its history says. It is done on a copy, which takes
 * the file's place once it is right; the file as it was becomes a backup.
 * @throws MigrateError DRIFT_NOT_REVERTED with what would still differ, and what `findDrift`, planning and asking throw
 */
export async function revertDrift(context: Context, request: RevertRequest): Promise<Reverted> {
  const { database } = request;
  if (database.readOnly) throw new MigrateError('DATABASE_READ_ONLY', { name: database.name });
  return withLock(context, { ...request, action: 'drift' }, async (notes) => {
    const drift = await findDrift(context, request);
    if (drift.changes.length === 0) return { changed: false, notes };
    // What those made would be taken for somebody's handiwork, and dropped.
    if (drift.unknown.length > 0) {
      throw new MigrateError('DRIFT_NOT_REVERTED', { detail: `@drift.unknown:${drift.unknown.join(', ')}` });
    }
    const from = { label: `db:${database.name}`, schema: drift.schema };
    const to = { label: 'history', schema: drift.expected };
    const planned = await plan(context, request, from, to);
    const { content } = planned;
    const dialect = dialectOf(database.engine);
    const [script] = generatedMigration('single', dialect, new Date(), 'revert drift', content);
    if (!script) throw new TypeError('no script was generated');
    const file = fileOfScripts([script]);
    await request.confirm({
      action: 'revert',
      database,
      migrations: [
        {
          id: file.key,
          name: 'revert drift',
          file: null,
          direction: 'up',
          statements: content.up.statements.map(({ text }) => text),
          transactional: content.up.transactional,
          losesData: content.lost.length > 0 || content.up.left.length > 0,
        },
      ],
      losses: async () => {
        const { losses } = await lossesOfChanges(context, database, planned, request);
        return { ...losses, notes: [...content.up.left, ...losses.notes] };
      },
    });
    const backup = await onCopy(context, request, drift, file);
    const made = backup === undefined ? {} : { backup };
    const pruned = await pruneAfterwards(context.project, database, Object.values(made));
    return {
      changed: true,
      ...made,
      notes: [...notes, ...drift.notes, ...content.up.left, ...planned.notes, ...pruned],
    };
  });
}

async function onCopy(
  context: Context,
  request: RevertRequest,
  drift: Drift,
  file: MigrationFile,
): Promise<string | undefined> {
  const { database } = request;
  const { backupsDir } = context.project;
  const driver = context.driver(database.engine);
  const target = await realFile(database.path);
  const memory = database.memoryMB === undefined ? {} : { memoryMB: database.memoryMB };
  const fresh = freshFile(target);
  const journal: Journal = {
    action: 'restore',
    version: 'history',
    stage: 'build',
    fresh,
    startedAt: new Date().toISOString(),
  };
  // Everything is in the file now, and nobody else has it.
  await settle(driver, target, memory);
  try {
    await writeJournal(target, journal);
    request.onProgress?.({ step: 'copy' });
    await removeFresh(fresh);
    const basedOn = await databaseIdentity(target);
    await copyFile(target, fresh, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    await chmod(fresh, 0o600);
    await changeCopy(context, request, drift, { file, fresh });
    checkCancelled(request);
    request.onProgress?.({ step: 'swap' });
    return await swapIn(driver, {
      target,
      fresh,
      journal,
      broken: false,
      isLive: true,
      backupsDir,
      basedOn,
      ...memory,
    });
  } catch (error) {
    await recover(target, backupsDir).catch((second: unknown) =>
      context.log(`after the failure, at ${target}: ${String(second)}`),
    );
    throw error;
  }
}

/** Runs the script with a history of its own, which is dropped again: it is none of the project's migrations. */
async function changeCopy(
  context: Context,
  request: RevertRequest,
  drift: Drift,
  { file, fresh }: { readonly file: MigrationFile; readonly fresh: string },
): Promise<void> {
  const { database } = request;
  const driver = context.driver(database.engine);
  const kinds = await openKinds(context, driver.dialect);
  const tables: HistoryTables = {
    history: `kuzu_migrate_revert_${process.pid}`,
    version: `kuzu_migrate_revert_${process.pid}_version`,
    event: `kuzu_migrate_revert_${process.pid}_event`,
  };
  const reader = { projectDir: context.project.dir, dialect: driver.dialect, kinds: kinds.all };
  const own = { ...context, project: { ...context.project, historyTables: tables } };
  const memory = database.memoryMB === undefined ? {} : { memoryMB: database.memoryMB };
  const options = { ...memory, ...(request.signal ? { signal: request.signal } : {}) };
  try {
    const run = await ShadowRun.on(own, database.engine, reader, fresh, options);
    try {
      request.onProgress?.({ step: 'migrate', object: path.basename(database.path) });
      const failed = await run.migrations([file], 'up', 'asked');
      if (failed) throw failed;
      await run.forgetHistory();
      const ours = context.project.historyTables;
      const rows = changeRows(diffSchemas(drift.expected, await run.schema(ours)));
      const detail = rows.map(({ kind, object }) => `${kind} ${object}`).join(', ');
      if (rows.length > 0) throw new MigrateError('DRIFT_NOT_REVERTED', { detail });
    } finally {
      await run.close();
    }
  } finally {
    await kinds.close();
  }
}
