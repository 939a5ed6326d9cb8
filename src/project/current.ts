import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../core/errors';
import { readLinkOrNothing, symlinkDurable, writeFileDurable } from './durable';

const NAME = 'current';

export interface Current {
  readonly version: string;
  /** When it was pointed there, in milliseconds since the epoch. */
  readonly setAt: number;
}

/** What `current` points at: a symbolic link, or a pointer file where links are not allowed. */
export async function readCurrent(versionsDir: string): Promise<Current | undefined> {
  const file = path.join(versionsDir, NAME);
  try {
    const setAt = (await lstat(file)).mtimeMs;
    const target = (await readLinkOrNothing(file)) ?? (await readFile(file, 'utf8')).trim();
    return { version: path.basename(target), setAt };
  } catch (error) {
    // A folder called `current` is somebody's own.
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

export async function writeCurrent(versionsDir: string, version: string): Promise<void> {
  const file = path.join(versionsDir, NAME);
  try {
    await symlinkDurable(version, file);
  } catch (error) {
    if (!['EPERM', 'EACCES', 'ENOTSUP', 'UNKNOWN'].includes(systemCode(error) ?? '')) throw error;
    await writeFileDurable(file, `${version}\n`);
  }
}
