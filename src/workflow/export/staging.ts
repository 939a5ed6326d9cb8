import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError, systemCode } from '../../core/errors';
import { fsyncDir, mkdirDurable, renameDurable, sweepTemporaries } from '../../project/durable';
import { fileError } from '../../project/file-error';
import { isAlive } from '../../project/process';

/** Folders under construction: `.export-PID-VERSION`, beside the versions, never listed. */
const STAGING = /^\.export-(\d+)-/;

/** @throws MigrateError NO_PERMISSION, FILE_FAILED */
export async function prepareStaging(versionsDir: string, version: string): Promise<string> {
  try {
    await mkdirDurable(versionsDir);
    await sweepTemporaries(versionsDir);
    for (const name of await readdir(versionsDir)) {
      const pid = STAGING.exec(name)?.[1];
      if (pid !== undefined && !isAlive(Number(pid)))
        await rm(path.join(versionsDir, name), { recursive: true, force: true });
    }
    // The engine makes the folder itself, and tells a place that may not be written by a text of its own.
    const trial = path.join(versionsDir, `.export-${process.pid}-`);
    await mkdir(trial);
    await rmdir(trial);
  } catch (error) {
    throw fileError(error, versionsDir);
  }
  const staging = path.join(versionsDir, `.export-${process.pid}-${version}`);
  await rm(staging, { recursive: true, force: true });
  return staging;
}

/** Gives a finished folder its name in one step. @throws MigrateError VERSION_EXISTS */
export async function publish(staging: string, target: string, version: string): Promise<void> {
  await fsyncDir(staging);
  try {
    await renameDurable(staging, target);
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EPERM'].includes(systemCode(error) ?? '')) {
      throw new MigrateError('VERSION_EXISTS', { version, path: target }, { cause: error });
    }
    throw error;
  }
}
