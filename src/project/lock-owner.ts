import { readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemCode } from '../core/errors';
import { beside, createFileDurable, writeSynced } from './durable';
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
  /** How often the owner touches the file; absent where it never does. */
  readonly heartbeatMs?: number;
  /** When the process began, where the system tells: a process id alone is given again. */
  readonly started?: string;
}

/** An owner on another host whose file was not touched for so long is gone. */
const STALE_MS = 60_000;
const WRITING_MS = 50;

/** Creates a file that names its owner. @returns false where it is there already */
export async function created(file: string, owner: LockOwner): Promise<boolean> {
  try {
    await createFileDurable(file, `${JSON.stringify(owner)}\n`);
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    return false;
  }
}

/** Who a file names; undefined where there is no file. */
export async function readOwner(file: string): Promise<LockOwner | undefined> {
  const text = await readOrNothing(file);
  const found = text === undefined ? undefined : parseOwner(text);
  if (text === undefined || found) return found;
  // Where files can't be linked, one is created first and written then: its owner may be about to.
  await sleep(WRITING_MS);
  const again = await readOrNothing(file);
  if (again !== text) return again === undefined ? undefined : (parseOwner(again) ?? nobody(again));
  return nobody(text);
}

/** A file that was cut off by a power cut belongs to nobody. */
function nobody(text: string): LockOwner {
  return { pid: 0, host: '', since: '', action: '', id: text };
}

function parseOwner(text: string): LockOwner | undefined {
  try {
    const owner: Partial<LockOwner> | null = JSON.parse(text);
    if (typeof owner?.pid !== 'number' || typeof owner.host !== 'string') return undefined;
    return { since: '', action: '', id: text, ...owner, pid: owner.pid, host: owner.host };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

async function readOrNothing(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether the owner of a file still works: by its process on this host, by its heartbeat on another. */
export async function isLive(owner: LockOwner, file: string): Promise<boolean> {
  if (owner.host !== os.hostname()) {
    if (owner.host === '') return false;
    return owner.heartbeatMs === undefined || (await ageOf(file)) < Math.max(STALE_MS, 10 * owner.heartbeatMs);
  }
  if (!isAlive(owner.pid)) return false;
  const started = await processStart(owner.pid);
  return owner.started === undefined || started === undefined || owner.started === started;
}

/**
 * How long ago a file was touched, by the clock of its file system: those of two hosts differ, so that the time of this
 * one says nothing about a file that another one touches.
 */
async function ageOf(file: string): Promise<number> {
  const probe = beside(file);
  try {
    await writeSynced(probe, '');
    return (await stat(probe)).mtimeMs - (await stat(file)).mtimeMs;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0;
    throw error;
  } finally {
    await rm(probe, { force: true });
  }
}
