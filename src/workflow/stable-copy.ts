import { constants, copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { MigrateError, systemCode } from '../core/errors';
import { databaseIdentity } from '../project/identity';
import { isAlive } from '../project/process';

const PREFIX = 'kuzu-migrate-copy-';
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
export async function makeStableCopy(database: string): Promise<StableCopy> {
  await sweep();
  const dir = await mkdtemp(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  const remove = () => rm(dir, { recursive: true, force: true });
  const copy = path.join(dir, path.basename(database));
  try {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const before = await databaseIdentity(database);
      const asOf = new Date().toISOString();
      await copyOrSkip(database, copy);
      await copyOrSkip(`${database}.wal`, `${copy}.wal`);
      // A shadow file means that a checkpoint is moving pages: neither old nor new state is in the file.
      if (!before.includes('shadow') && before === (await databaseIdentity(database)))
        return { path: copy, asOf, remove };
      await Promise.all([rm(copy, { force: true }), rm(`${copy}.wal`, { force: true })]);
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

/** Removes copies that a killed process left behind. */
async function sweep(): Promise<void> {
  for (const name of await readdir(os.tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : Number.NaN;
    if (Number.isInteger(pid) && !isAlive(pid)) {
      await rm(path.join(os.tmpdir(), name), { recursive: true, force: true });
    }
  }
}
