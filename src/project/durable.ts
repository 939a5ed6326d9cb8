import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, mkdir, open, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../core/errors';
import { isAlive } from './process';

/** Changes on disk that a kill or a power cut leaves either not done or done: write beside, fsync, rename, fsync the folder. */

export async function fsyncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function fsyncDir(dir: string): Promise<void> {
  // Windows can't open a folder for this, and its journal orders renames by itself.
  if (process.platform === 'win32') return;
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A name beside `file` that nobody else uses. */
export function beside(file: string): string {
  const unique = `${process.pid}-${randomBytes(4).toString('hex')}`;
  return path.join(path.dirname(file), `.${path.basename(file)}.${unique}.tmp`);
}

/** Removes what a killed process left of such names in a folder. */
export async function sweepTemporaries(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    const pid = /^\..+\.(\d+)-[0-9a-f]{8}\.tmp$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(path.join(dir, name), { force: true, recursive: true });
  }
}

export async function renameDurable(from: string, to: string): Promise<void> {
  await rename(from, to);
  await fsyncDir(path.dirname(to));
}

export async function writeFileDurable(file: string, data: string): Promise<void> {
  const temporary = beside(file);
  try {
    await writeSynced(temporary, data);
    await renameDurable(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Writes and flushes a file that nobody looks at yet. */
export async function writeSynced(file: string, data: string, flags = 'w'): Promise<void> {
  const handle = await open(file, flags);
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Some file systems (exFAT, network and user-space mounts) know no hard links. */
export function isLinkRefused(error: unknown): boolean {
  return ['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(systemCode(error) ?? '');
}

/** Creates a file with its whole content, or fails with EEXIST. */
export async function createFileDurable(file: string, data: string): Promise<void> {
  const temporary = beside(file);
  try {
    await writeSynced(temporary, data);
    await link(temporary, file).catch(async (error: unknown) => {
      if (!isLinkRefused(error)) throw error;
      await writeSynced(file, data, 'wx');
    });
    await fsyncDir(path.dirname(file));
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A second name for a file; a flushed copy where the other name is on another device or links are not allowed. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!isLinkRefused(error)) throw error;
    await copyDurable(from, to);
  }
  await fsyncDir(path.dirname(to));
}

/** A whole, flushed copy under a name that must be free; a clone where the file system can. */
export async function copyDurable(from: string, to: string): Promise<void> {
  const temporary = beside(to);
  try {
    await copyFile(from, temporary, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    await fsyncFile(temporary);
    await renameDurable(temporary, to);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

export async function mkdirDurable(dir: string): Promise<void> {
  const first = await mkdir(dir, { recursive: true });
  if (first !== undefined) await fsyncDir(path.dirname(first));
}

/** Points a symbolic link somewhere else in one step. @throws with the system's code where links are not allowed. */
export async function symlinkDurable(target: string, file: string): Promise<void> {
  const temporary = beside(file);
  try {
    await symlink(target, temporary, 'dir');
    await renameDurable(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

export async function readLinkOrNothing(file: string): Promise<string | undefined> {
  try {
    return await readlink(file);
  } catch (error) {
    if (['ENOENT', 'EINVAL', 'UNKNOWN'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}
