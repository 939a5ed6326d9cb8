import { open } from 'node:fs/promises';
import { systemCode } from '../core/errors';
import { type LockOwner, readOwner } from './lock-owner';

export const HEARTBEAT_MS = 5_000;

export interface Heart {
  /** False once the file was found to be somebody else's. */
  readonly beats: boolean;
  /** Resolves when no beat is under way any more. */
  stop(): Promise<void>;
}

/** Touches a lock's file again and again while it is its owner's; keeps no process alive. */
export function beat(file: string, owner: LockOwner): Heart {
  let running = Promise.resolve();
  let beats = true;
  const timer = setInterval(() => {
    running = running.then(async () => {
      beats &&= await touch(file, owner);
      if (!beats) clearInterval(timer);
    });
  }, owner.heartbeatMs ?? HEARTBEAT_MS);
  timer.unref();
  return {
    get beats() {
      return beats;
    },
    stop: () => {
      clearInterval(timer);
      return running;
    },
  };
}

/**
 * Writes the first character again, so that the time is that of the file system's clock and not of this host's.
 * @returns false when the file is not the owner's any more
 */
async function touch(file: string, owner: LockOwner): Promise<boolean> {
  try {
    if ((await readOwner(file))?.id !== owner.id) return false;
    const handle = await open(file, 'r+');
    try {
      await handle.write('{', 0);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    // A share that is away for a moment: the next beat tries again, and twelve may fail before anybody takes over.
    return systemCode(error) !== 'ENOENT';
  }
}
