import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { MigrateError, systemCode } from '../core/errors';
import { createFileDurable, fsyncDir, sweepTemporaries } from './durable';
import { isAlive, processStart } from './process';

/** Who works on a database: `<db>.migrate.lock`. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  readonly action: string;
  /** Tells this lock from every other one. */
  readonly id: string;
  /** When the process began, where the system tells: a process id alone is given again. */
  readonly started?: string;
}

export interface Lock {
  /** The owner whose process was gone, if the lock was taken over. */
  readonly takenFrom?: LockOwner;
  release(): Promise<void>;
}

/** A claim on a stale lock that is older than this was left by a crash in the few steps of a take-over. */
const CLAIM_MS = 10_000;

export function lockFile(database: string): string {
  return `${database}.migrate.lock`;
}

/**
 * Takes the lock of a database, or takes it over from a process of this host that is gone.
 * @throws MigrateError DATABASE_BUSY_WITH_US with pid, host and time of the owner.
 */
export async function takeLock(database: string, action: string): Promise<Lock> {
  const file = lockFile(database);
  const started = await processStart(process.pid);
  const owner: LockOwner = {
    pid: process.pid,
    host: os.hostname(),
    since: new Date().toISOString(),
    action,
    id: randomUUID(),
    ...(started === undefined ? {} : { started }),
  };
  await sweepTemporaries(path.dirname(file));
  const takenFrom = await acquire(file, owner, database);
  return {
    ...(takenFrom ? { takenFrom } : {}),
    release: async () => {
      if ((await readOwner(file))?.id !== owner.id) return;
      await rm(file, { force: true });
      await fsyncDir(path.dirname(file));
    },
  };
}

async function acquire(file: string, owner: LockOwner, database: string): Promise<LockOwner | undefined> {
  for (;;) {
    if (await created(file, owner)) return undefined;
    const other = await readOwner(file);
    if (other === undefined) continue;
    if (await isLive(other)) throw busy(other, database, file);
    if (await takeOver(file, other, owner)) return other;
    // Somebody else is at the same take-over: what comes of it is seen in the next round.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/**
 * Only the holder of the claim may replace a stale lock, and only while it is still that lock: a lock that somebody took
 * meanwhile is never moved away.
 */
async function takeOver(file: string, stale: LockOwner, owner: LockOwner): Promise<boolean> {
  const claim = `${file}.claim`;
  if (!(await created(claim, owner))) {
    if ((await ageOf(claim)) > CLAIM_MS) await rm(claim, { force: true });
    return false;
  }
  if ((await readOwner(file))?.id !== stale.id) {
    await rm(claim, { force: true });
    return false;
  }
  await rename(claim, file);
  await fsyncDir(path.dirname(file));
  return true;
}

async function created(file: string, owner: LockOwner): Promise<boolean> {
  try {
    await createFileDurable(file, `${JSON.stringify(owner)}\n`);
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    return false;
  }
}

async function isLive(owner: LockOwner): Promise<boolean> {
  if (owner.host !== os.hostname()) return owner.host !== '';
  if (!isAlive(owner.pid)) return false;
  const started = await processStart(owner.pid);
  return owner.started === undefined || started === undefined || owner.started === started;
}

function busy({ pid, host, since }: LockOwner, database: string, lock: string): MigrateError {
  return new MigrateError('DATABASE_BUSY_WITH_US', { path: database, pid, host, since, lock });
}

/** A lock that is no JSON was cut off by a power cut: it belongs to nobody. */
async function readOwner(file: string): Promise<LockOwner | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as LockOwner;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { pid: 0, host: '', since: '', action: '', id: text };
  }
}

async function ageOf(file: string): Promise<number> {
  try {
    return Date.now() - (await stat(file)).mtimeMs;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0;
    throw error;
  }
}
