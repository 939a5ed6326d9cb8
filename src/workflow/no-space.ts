import { statfs } from 'node:fs/promises';
import { MigrateError } from '../core/errors';

/** The engine grows its files by steps of this order: with less than that left, a write may already have failed. */
const NEARLY_FULL = 16 * 1024 * 1024;

/**
 * On a full disk the engine crashes in its checkpoint, or reports what went wrong after that instead of the cause. With
 * hardly any space left such an error is told as what it is; an error that names a line of the data stays.
 */
export async function explainFullDisk(error: unknown, dir: string): Promise<unknown> {
  if (!MigrateError.is(error) || !isVague(error)) return error;
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize < NEARLY_FULL ? new MigrateError('NO_SPACE', { path: dir }, { cause: error }) : error;
}

function isVague(error: MigrateError): boolean {
  // A WAL that stays after closing is one that had no room in the file.
  if (error.code === 'ENGINE_CRASHED' || error.code === 'DATABASE_HAS_WAL') return true;
  return /^(Invalid transaction type to rollback|IO exception|Storage exception)/.test(
    String(error.params.detail ?? ''),
  );
}
