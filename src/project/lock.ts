import { readFile, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { MigrateError, systemCode } from '../core/errors';
import { beside, createFileDurable, fsyncDir, sweepTemporaries } from './durable';
import { isAlive } from './process';

/** Who works on a database: `<db>.migrate.lock`. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  readonly action: string;
}

export interface Lock {
  /** The owner whose process was gone, if the lock was taken over. */
  readonly takenFrom?: LockOwner;
  release(): Promise<void>;
}

export function lockFile(database: string): string {
  return `${database}.migrate.lock`;
}

/**
 * Takes the lock of a database, or takes it over from a process of this host that is gone.
 * @throws MigrateError DATABASE_BUSY_WITH_US with pid, host and time of the owner.
 */
export async function takeLock(database: string, action: string): Promise<Lock> {
  const file = lockFile(database);
  const owner: LockOwner = { pid: process.pid, host: os.hostname(), since: new Date().toISOString(), action };
  let takenFrom: LockOwner | undefined;
  await sweepTemporaries(path.dirname(file));
  for (;;) {
    try {
      await createFileDurable(file, `${JSON.stringify(owner)}\n`);
      break;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
    const other = await readOwner(file);
    if (other === undefined) continue;
    if (other.host !== owner.host || isAlive(other.pid)) {
      const { pid, host, since } = other;
      throw new MigrateError('DATABASE_BUSY_WITH_US', { path: database, pid, host, since, lock: file });
    }
    // Only one of several processes that find the same stale lock can move it away.
    const aside = beside(file);
    if (await moved(file, aside)) {
      await rm(aside, { force: true });
      takenFrom = other;
    }
  }
  return {
    ...(takenFrom ? { takenFrom } : {}),
    release: async () => {
      await rm(file, { force: true });
      await fsyncDir(path.dirname(file));
    },
  };
}

async function readOwner(file: string): Promise<LockOwner | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as LockOwner;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
