import { createHash } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { beside, fsyncDir, writeSynced } from './durable';
import { created, isLive, type LockOwner, readOwner } from './lock-owner';

/**
 * Puts our lock in the place of a stale one.
 *
 * Nobody may move a lock away by its name alone: it may be one that somebody took meanwhile. So the right to replace the
 * lock of an owner is a file of its own, named after that owner's id and created by one process only. Where its creator is
 * gone, too, the right to act in its place is a claim named after that creator, and so on.
 * @returns false when somebody else is at it or was faster: look at the lock again
 */
export async function takeOver(file: string, stale: LockOwner, owner: LockOwner): Promise<boolean> {
  const claim = await claimAfter(file, stale, owner);
  if (claim === undefined) return false;
  try {
    if ((await readOwner(file))?.id !== stale.id) return false;
    const fresh = beside(file);
    await writeSynced(fresh, `${JSON.stringify(owner)}\n`);
    await rename(fresh, file);
    await fsyncDir(path.dirname(file));
    return true;
  } finally {
    await rm(claim, { force: true });
  }
}

/** The claim that makes us the heir of a stale owner, or undefined while a live process has it. */
async function claimAfter(file: string, stale: LockOwner, owner: LockOwner): Promise<string | undefined> {
  let gone = stale;
  for (;;) {
    const claim = claimFile(file, gone);
    if (await created(claim, owner)) return claim;
    const other = await readOwner(claim);
    if (other === undefined || (await isLive(other, claim))) return undefined;
    gone = other;
  }
}

/**
 * Removes the claims that killed processes left. Only the owner of the lock does: as long as it holds it, no claim on an
 * earlier lock means anything, and whoever makes one finds that out by looking at the lock.
 */
export async function sweepClaims(file: string, owner: LockOwner): Promise<void> {
  const start = `${path.basename(file)}.`;
  const own = path.basename(claimFile(file, owner));
  for (const name of await readdir(path.dirname(file))) {
    // Earlier versions had one name for all claims.
    const isClaim = name.startsWith(start) && name.endsWith('claim') && name !== own;
    if (isClaim) await rm(path.join(path.dirname(file), name), { force: true });
  }
}

function claimFile(file: string, { id }: LockOwner): string {
  // An id is what a file says: a damaged or foreign one must not lead anywhere else.
  return `${file}.${createHash('sha256').update(id).digest('hex').slice(0, 32)}.claim`;
}
