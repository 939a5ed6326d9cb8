import { mkdir, readFile, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../core/errors';
import { namesIn } from '../project/contents';
import {
  copyDurable,
  fsyncDir,
  linkOrCopy,
  mkdirDurable,
  sweepTemporaries,
  writeFileDurable,
} from '../project/durable';
import { fileIdentity } from '../project/identity';

/** `backup.json` beside the copy: which database it is, and why it was made. */
export interface BackupRecord {
  /** Absolute path of the database file. */
  readonly path: string;
  readonly createdAt: string;
  readonly reason: string;
  /** The id of the migration that it was made before. */
  readonly migration?: string;
}

const NAME = /^kuzu_backup_\d{8}_\d{6}(_\d+)?$/;

export function isBackupName(name: string): boolean {
  return NAME.test(name);
}

/** Makes a folder for one backup that nobody else has: `kuzu_backup_20250801_120000`, in UTC, as migration ids are. */
export async function reserveBackup(backupsDir: string, now: Date): Promise<string> {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace('T', '_').slice(0, 15);
  await mkdirDurable(backupsDir);
  for (let at = 1; ; at++) {
    const dir = path.join(backupsDir, `kuzu_backup_${stamp}${at === 1 ? '' : `_${at}`}`);
    try {
      await mkdir(dir);
      await fsyncDir(backupsDir);
      return dir;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** Takes back a backup that was begun: only the files that are ours, of this database. */
export async function removeBackup(dir: string, database: string): Promise<void> {
  const record = await recordOf(dir);
  if (record !== undefined && record.path !== database) return;
  const kept = path.join(dir, path.basename(database));
  const keptIdentity = await fileIdentity(kept);
  // Only a second name of the file that is still in its place: anything else may be the last copy there is.
  if (keptIdentity !== undefined && keptIdentity !== (await fileIdentity(database))) return;
  if (record !== undefined) await rm(kept, { force: true });
  await rm(path.join(dir, 'backup.json'), { force: true });
  await sweepTemporaries(dir).catch(ignoreMissing);
  await rmdir(dir).catch(ignoreMissing);
}

/** The folder was never made, or holds what is not ours. */
function ignoreMissing(error: unknown): void {
  if (!['ENOENT', 'ENOTEMPTY'].includes(systemCode(error) ?? '')) throw error;
}

/** Gives the database file a second name in the backup's folder; the file is not copied where it can be linked. */
export async function addToBackup(dir: string, file: string, record: BackupRecord): Promise<void> {
  await writeFileDurable(path.join(dir, 'backup.json'), `${JSON.stringify(record, null, 2)}\n`);
  await linkOrCopy(file, path.join(dir, path.basename(file)));
}

/**
 * A copy of a closed database that is about to be changed in place, in a folder of its own.
 * @returns the folder. @throws with the system's code; a copy that was not finished has no `backup.json`
 */
export async function makeBackup(backupsDir: string, record: Omit<BackupRecord, 'createdAt'>): Promise<string> {
  const dir = await reserveBackup(backupsDir, new Date());
  try {
    await copyDurable(record.path, path.join(dir, path.basename(record.path)));
    const whole = { ...record, createdAt: new Date().toISOString() };
    await writeFileDurable(path.join(dir, 'backup.json'), `${JSON.stringify(whole, null, 2)}\n`);
    return dir;
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    throw error;
  }
}

/** The newest backup of a database that was made before a migration; undefined where none is left. */
export async function backupBeforeMigration(
  backupsDir: string,
  database: string,
  migration: string,
): Promise<{ readonly dir: string; readonly file: string; readonly createdAt: string } | undefined> {
  const found: { dir: string; file: string; createdAt: string }[] = [];
  for (const name of (await namesIn(backupsDir)).filter(isBackupName)) {
    const dir = path.join(backupsDir, name);
    const record = await recordOf(dir);
    if (record?.path !== database || record.migration !== migration) continue;
    found.push({ dir, file: path.join(dir, path.basename(database)), createdAt: record.createdAt });
  }
  return found.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0];
}

/** Removes the oldest backups that we made of this database, beyond `keep`. Returns what was removed. */
export async function pruneBackups(backupsDir: string, database: string, keep: number): Promise<string[]> {
  const mine: { dir: string; createdAt: string }[] = [];
  for (const name of (await namesIn(backupsDir)).filter(isBackupName)) {
    const dir = path.join(backupsDir, name);
    const record = await recordOf(dir);
    if (record?.path === database) mine.push({ dir, createdAt: record.createdAt });
  }
  mine.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  const surplus = mine.slice(keep).map(({ dir }) => dir);
  for (const dir of surplus) await rm(dir, { recursive: true });
  return surplus;
}

async function recordOf(dir: string): Promise<BackupRecord | undefined> {
  try {
    return JSON.parse(await readFile(path.join(dir, 'backup.json'), 'utf8')) as BackupRecord;
  } catch (error) {
    // Without a record it is not ours to remove.
    if (systemCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
