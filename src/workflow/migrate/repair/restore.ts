import { chmod, constants, copyFile } from 'node:fs/promises';
import { MigrateError } from '../../../core/errors';
import { compareIds, idKey, parseId } from '../../../core/migration/id';
import type { Driver } from '../../../engine/driver';
import { realFile } from '../../../engine/real-file';
import { withSession } from '../../../engine/with-session';
import { type Journal, writeJournal } from '../../../project/journal';
import type { Database } from '../../../project/project';
import { backupBeforeMigration } from '../../backup';
import { type Context, checkCancelled } from '../../context';
import { fileExists } from '../../import/files';
import { freshFile, recover } from '../../import/recover';
import { hasCompanions, settle, settleFresh, swapIn } from '../../import/swap';
import { needsRepair } from '../../reading';
import { pruneAfterwards } from '../backup-first';
import { Ledger } from '../ledger';
import { withLock } from '../migrate';
import type { RepairRequest, RepairResult } from '../repair-types';
import { readFiles } from '../situation';
import type { Note } from '../types';

/**
 * Puts the backup that was made before a migration in the place of the database, as an import does: the present file
 * becomes a backup itself, and a kill leaves the one or the other. The history is that of the backup then, and one event
 * more.
 * @throws MigrateError BACKUP_NOT_FOUND and what a swap can throw
 */
export async function restoreBackup(context: Context, request: RepairRequest, id: string): Promise<RepairResult> {
  return withLock(context, { ...request, action: 'restore' }, async (notes) =>
    restoreLocked(context, request, id, await realFile(request.database.path), notes),
  );
}

async function restoreLocked(
  context: Context,
  request: RepairRequest,
  id: string,
  target: string,
  notes: readonly Note[],
): Promise<RepairResult> {
  const { project } = context;
  const { database } = request;
  const driver = context.driver(database.engine);
  const { key, name, found } = await findBackup(context, database, id);
  const params = {
    id: key,
    backup: found.dir,
    time: found.createdAt,
    path: database.path,
    backups: project.backupsDir,
  };
  await request.confirm({ action: 'repair', database, changes: [{ text: { key: 'repair.restore', params } }] });
  const fresh = freshFile(target);
  const isLive = await fileExists(target);
  const broken = isLive && (await isBroken(driver, target));
  const journal: Journal = {
    action: 'restore',
    version: key,
    stage: 'build',
    fresh,
    startedAt: new Date().toISOString(),
  };
  try {
    await writeJournal(target, journal);
    await copyFile(found.file, fresh, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    await chmod(fresh, 0o600);
    await noteRestore(context, driver, fresh, key);
    await settleFresh(driver, fresh);
    checkCancelled(request);
    const memory = database.memoryMB === undefined ? {} : { memoryMB: database.memoryMB };
    const backup = await swapIn(driver, {
      target,
      fresh,
      journal,
      isLive,
      broken,
      backupsDir: project.backupsDir,
      ...memory,
    });
    const pruned = await pruneAfterwards(project, { ...database, path: target }, backup ? [backup] : []);
    const repaired = [{ kind: 'restore' as const, id: key, name, files: [] }];
    return { repaired, findings: [], notes: [...notes, ...pruned], ...(backup === undefined ? {} : { backup }) };
  } catch (error) {
    await undo(context, driver, target, isLive && !broken);
    throw error;
  }
}

/** The id as the user wrote it may differ from that of the backup in its trailing zeros. */
async function findBackup(context: Context, database: Database, text: string) {
  const { project } = context;
  const id = parseId(text);
  const file = readFiles(context, database).files.find((one) => id && compareIds(one.id, id) === 0);
  const keys = new Set([text, ...(id ? [idKey(id)] : []), ...(file ? [file.key] : [])]);
  for (const key of keys) {
    const found = await backupBeforeMigration(project.backupsDir, database.path, key);
    if (found && (await fileExists(found.file))) return { key, name: file?.name ?? '', found };
  }
  throw new MigrateError('BACKUP_NOT_FOUND', { id: text, dir: project.backupsDir });
}

/** Before the swap, so that file and event come together. */
async function noteRestore(context: Context, driver: Driver, fresh: string, version: string): Promise<void> {
  const tables = context.project.historyTables;
  await withSession(driver, { path: fresh, readOnly: false }, async (session) => {
    const history = await driver.readHistory(session, tables);
    const setup = new Ledger(driver, tables, history).setup();
    if (setup.length > 0) await session.run(setup);
    const event = { action: 'repair', version, status: 'rolled_back', executionMs: 0, error: null } as const;
    const events = [{ ...event, seq: (history?.lastSeq ?? 0) + 1, at: new Date().toISOString() }];
    await session.run([{ text: driver.begin }, ...driver.putEvents(tables, events), { text: driver.commit }]);
  });
}

/** A file that no engine opens is what a backup is for: it goes aside as it is. */
async function isBroken(driver: Driver, target: string): Promise<boolean> {
  try {
    await (await driver.open({ path: target, readOnly: true })).close();
    return false;
  } catch (error) {
    if (needsRepair(error)) return false;
    if (MigrateError.is(error, 'DATABASE_CORRUPT') || MigrateError.is(error, 'ENGINE_CRASHED')) return true;
    throw error;
  }
}

/** After a failure, which stays the answer: what was begun is taken back. */
async function undo({ project, log }: Context, driver: Driver, target: string, settles: boolean): Promise<void> {
  const steps = [
    async () => void (await recover(target, project.backupsDir)),
    async () => {
      if (settles && (await hasCompanions(target))) await settle(driver, target);
    },
  ];
  for (const step of steps) {
    await step().catch((error: unknown) => log(`after the failure, at ${target}: ${String(error)}`));
  }
}
