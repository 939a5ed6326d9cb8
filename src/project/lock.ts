import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MigrateError } from '../core/errors';
import { fsyncDir, sweepTemporaries } from './durable';
import { beat, HEARTBEAT_MS } from './lock-heartbeat';
import { created, isLive, type LockOwner, readOwner } from './lock-owner';
import { sweepClaims, takeOver } from './lock-takeover';
import { processStart } from './process';

export interface Lock {
  /** The owner whose process was gone, if the lock was taken over. */
  readonly takenFrom?: LockOwner;
  release(): Promise<void>;
}

export interface LockWaiting {
  /** How long to wait for another owner; not at all by default. */
  readonly timeoutMs?: number;
  /** Told once of each owner that is waited for. */
  readonly onWaiting?: (owner: LockOwner) => void;
  readonly signal?: AbortSignal;
}

const POLL_MS = 50;
/** Somebody else's take-over is a few steps; whoever needs longer hangs. */
const TAKEOVER_MS = 10_000;

export function lockFile(database: string): string {
  return `${database}.migrate.lock`;
}

/**
 * Takes the lock of a database, or takes it over from a process that is gone: on this host the process tells, on another
 * one the heartbeat. While the lock is held its file is touched every few seconds.
 * @throws MigrateError DATABASE_BUSY_WITH_US with pid, host and time of the owner, when the time to wait is over;
 * CANCELLED
 */
export async function takeLock(database: string, action: string, waiting: LockWaiting = {}): Promise<Lock> {
  const file = lockFile(database);
  const started = await processStart(process.pid);
  const owner: LockOwner = {
    pid: process.pid,
    host: os.hostname(),
    since: new Date().toISOString(),
    action,
    id: randomUUID(),
    heartbeatMs: HEARTBEAT_MS,
    ...(started === undefined ? {} : { started }),
  };
  await sweepTemporaries(path.dirname(file));
  const takenFrom = await acquire(file, owner, database, waiting);
  await sweepClaims(file, owner).catch(async (error: unknown) => {
    await rm(file, { force: true });
    throw error;
  });
  const heart = beat(file, owner);
  return {
    ...(takenFrom ? { takenFrom } : {}),
    release: async () => {
      await heart.stop();
      if ((await readOwner(file))?.id !== owner.id) return;
      await rm(file, { force: true });
      await fsyncDir(path.dirname(file));
    },
  };
}

async function acquire(
  file: string,
  owner: LockOwner,
  database: string,
  { timeoutMs = 0, onWaiting, signal }: LockWaiting,
): Promise<LockOwner | undefined> {
  const end = Date.now() + timeoutMs;
  let told: string | undefined;
  for (;;) {
    if (signal?.aborted) throw new MigrateError('CANCELLED');
    if (await created(file, owner)) return undefined;
    const other = await readOwner(file);
    if (other === undefined) continue;
    if (await isLive(other, file)) {
      if (Date.now() >= end) throw busy(other, database, file);
      if (told !== other.id) onWaiting?.(other);
      told = other.id;
    } else if (await takeOver(file, other, owner)) {
      return other;
    } else if (Date.now() >= end + TAKEOVER_MS) {
      throw busy(other, database, file);
    }
    await pause(signal);
  }
}

async function pause(signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(POLL_MS, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    if (signal?.aborted) throw new MigrateError('CANCELLED', {}, { cause: error });
    throw error;
  }
}

function busy({ pid, host, since }: LockOwner, database: string, lock: string): MigrateError {
  return new MigrateError('DATABASE_BUSY_WITH_US', { path: database, pid, host, since, lock });
}
