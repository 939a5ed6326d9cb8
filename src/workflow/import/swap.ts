import { chmod, link, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError, systemCode } from '../../core/errors';
import type { Driver } from '../../engine/driver';
import { withSession } from '../../engine/with-session';
import { fsyncDir, fsyncFile, isLinkRefused, renameDurable } from '../../project/durable';
import { databaseIdentity, fileIdentity } from '../../project/identity';
import { type Journal, removeJournal, writeJournal } from '../../project/journal';
import { addToBackup, removeBackup, reserveBackup } from '../backup';
import { openInPlace } from '../settle-blocks';

/** Files that the engine keeps beside a database and would replay into whatever file takes its place. */
const COMPANIONS = ['.wal', '.shadow', '.wal.checkpoint', '.wal.recovery'];

export interface Swap {
  /** The database's path. */
  readonly target: string;
  /** The finished new file, beside it. */
  readonly fresh: string;
  readonly journal: Journal;
  /** Whether there is an old file. */
  readonly isLive: boolean;
  readonly backupsDir: string;
  readonly memoryMB?: number;
  /** The old file can't be opened, so its companions go to the backup instead of being checkpointed. */
  readonly broken: boolean;
  /** What the old file was when a copy of it was taken as the base of the new one. */
  readonly basedOn?: string;
}

/**
 * Puts a finished database file in the place of another, so that the path is never missing and never half written.
 * @returns the folder that keeps the old file, if there was one
 * @throws MigrateError DATABASE_HELD, DATABASE_HAS_WAL, DATABASE_CHANGING
 */
export async function swapIn(driver: Driver, swap: Swap): Promise<string | undefined> {
  const { target, fresh } = swap;
  await fsyncFile(fresh);
  const journal: Journal = { ...swap.journal, stage: 'swap', freshInode: (await fileIdentity(fresh)) ?? '' };
  const backup = swap.isLive ? await replaceOld(driver, swap, journal) : undefined;
  if (!swap.isLive) {
    await refuseCompanions(target);
    await writeJournal(target, journal);
    await placeNew(fresh, target);
  }
  await removeJournal(target);
  return backup;
}

async function replaceOld(driver: Driver, swap: Swap, journal: Journal): Promise<string> {
  const { target, fresh } = swap;
  if (swap.basedOn !== undefined && swap.basedOn !== (await databaseIdentity(target))) {
    throw new MigrateError('DATABASE_CHANGING', { path: target });
  }
  if (!swap.broken) await settle(driver, target, swap.memoryMB === undefined ? {} : { memoryMB: swap.memoryMB });
  const backup = await reserveBackup(swap.backupsDir, new Date());
  await writeJournal(target, { ...journal, backup });
  await chmod(fresh, (await stat(target)).mode);
  await addToBackup(backup, target, {
    path: target,
    createdAt: new Date().toISOString(),
    reason: `${journal.action} ${journal.version}`,
  });
  if (swap.broken) await moveCompanions(target, path.join(backup, path.basename(target)));
  else await refuseCompanions(target);
  await renameDurable(fresh, target);
  return backup;
}

/** Moves everything into the file of a database that is nobody's yet. */
export async function settleFresh(driver: Driver, fresh: string): Promise<void> {
  await withSession(driver, { path: fresh, readOnly: false }, (session) => driver.checkpoint(session));
  await refuseCompanions(fresh);
}

/** Takes the engine's own lock, moves everything into the file, and lets go. */
export async function settle(driver: Driver, target: string, memory: { memoryMB?: number } = {}): Promise<void> {
  const inPlace = { open: () => openInPlace(driver, { path: target, ...memory }) };
  await withSession(inPlace, { path: target, readOnly: false }, (session) => driver.checkpoint(session));
  await refuseCompanions(target);
}

/** @throws MigrateError DATABASE_HAS_WAL */
export async function refuseCompanions(target: string): Promise<void> {
  for (const ending of COMPANIONS) {
    if ((await fileIdentity(target + ending)) !== undefined) {
      throw new MigrateError('DATABASE_HAS_WAL', { path: target, file: path.basename(target + ending) });
    }
  }
}

export async function hasCompanions(target: string): Promise<boolean> {
  const found = await Promise.all(COMPANIONS.map((ending) => fileIdentity(target + ending)));
  return found.some((one) => one !== undefined);
}

async function moveCompanions(from: string, to: string): Promise<void> {
  for (const ending of COMPANIONS) {
    // Looked for first: the folder of a backup need not exist yet when a crash is undone.
    if ((await fileIdentity(from + ending)) !== undefined) await renameDurable(from + ending, to + ending);
  }
}

/**
 * A link fails where a rename would overwrite a file that somebody made meanwhile. Where links are not allowed, our lock
 * has to be enough.
 */
async function placeNew(fresh: string, target: string): Promise<void> {
  try {
    await link(fresh, target);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw new MigrateError('DATABASE_CHANGING', { path: target }, { cause: error });
    if (!isLinkRefused(error)) throw error;
    if ((await fileIdentity(target)) !== undefined) throw new MigrateError('DATABASE_CHANGING', { path: target });
    return renameDurable(fresh, target);
  }
  await fsyncDir(path.dirname(target));
  await rm(fresh);
}

/** Takes back the backup of a swap that was begun: the old file is still in its place. */
export async function undoSwap(target: string, journal: Journal): Promise<void> {
  if (journal.backup !== undefined) {
    const kept = path.join(journal.backup, path.basename(target));
    await moveCompanions(kept, target);
    await removeBackup(journal.backup, target);
  }
}

export async function removeFresh(fresh: string): Promise<void> {
  for (const ending of ['', ...COMPANIONS]) await rm(fresh + ending, { force: true });
}
