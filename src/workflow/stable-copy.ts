import { constants, copyFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError, systemCode } from '../core/errors';
import { realFile } from '../engine/real-file';
import { temporaryFolder } from '../engine/temporary';
import { databaseIdentity } from '../project/identity';
import { commitJournal } from '../project/journal';
import { settleCommit } from './interrupted-commit';
import { putBack, tornBlocks } from './settle-blocks';

const TRIES = 10;

export interface StableCopy {
  readonly path: string;
  /** When the copy was made, ISO 8601, UTC. */
  readonly asOf: string;
  remove(): Promise<void>;
}

/**
 * Copies a database file and its WAL while another process may write, into the system's temporary folder. The copy
 * counts only if both files are the same, by identity, before and after; the original is only read.
 * @throws MigrateError DATABASE_CHANGING when the writer never pauses long enough.
 */
export async function makeStableCopy(file: string, isHeld: boolean): Promise<StableCopy> {
  // Its companions lie beside the file itself, not beside a link to it.
  const database = await realFile(file);
  const dir = await temporaryFolder('copy');
  const remove = () => rm(dir, { recursive: true, force: true });
  const copy = path.join(dir, path.basename(database));
  try {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const before = await databaseIdentity(database);
      const asOf = new Date().toISOString();
      await copyOrSkip(database, copy);
      await copyOrSkip(`${database}.wal`, `${copy}.wal`);
      // Under a holder a shadow file means that a checkpoint is moving pages: neither the old state nor the new one is in
      // the file. One that a crash left is copied, and opening the copy for writing finishes that checkpoint.
      if (!isHeld) await copyOrSkip(`${database}.shadow`, `${copy}.shadow`);
      const torn = await tornBlocks(database);
      const commit = await commitJournal(database);
      if (!(isHeld && before.includes('shadow')) && before === (await databaseIdentity(database))) {
        if (commit) await settleCommit(copy, commit.header ?? '');
        await putBack(copy, torn);
        return { path: copy, asOf, remove };
      }
      await Promise.all(['', '.wal', '.shadow'].map((ending) => rm(copy + ending, { force: true })));
      await new Promise((resolve) => setTimeout(resolve, 50 * attempt));
    }
    throw new MigrateError('DATABASE_CHANGING', { path: database });
  } catch (error) {
    await remove();
    throw error;
  }
}

async function copyOrSkip(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
