import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { systemCode } from '../core/errors';

const PREFIX = 'kuzu-migrate-';

/** A folder in the system's temporary one, after removing those whose process was killed before it could. */
export async function temporaryFolder(purpose: 'copy' | 'shadow' | 'link' | 'git'): Promise<string> {
  const parent = os.tmpdir();
  for (const name of await readdir(parent)) {
    const pid = /^kuzu-migrate-(?:copy|shadow|link|spill|git)-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && isGone(Number(pid))) await removeOurs(path.join(parent, name));
  }
  return mkdtemp(path.join(parent, `${PREFIX}${purpose}-${process.pid}-`));
}

async function removeOurs(dir: string): Promise<void> {
  try {
    await rm(dir, { recursive: true, force: true });
  } catch (error) {
    // Another user's is theirs to remove, and another process may be at it.
    if (!['EACCES', 'EPERM', 'ENOENT', 'ENOTEMPTY'].includes(systemCode(error) ?? '')) throw error;
  }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return systemCode(error) === 'ESRCH';
  }
}
