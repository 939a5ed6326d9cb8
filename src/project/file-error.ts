import { MigrateError, systemCode } from '../core/errors';

/** Turns the system's error of a file operation into one that a user can act on; leaves every other error as it is. */
export function fileError(error: unknown, file: string): unknown {
  const code = systemCode(error);
  if (MigrateError.is(error) || code === undefined) return error;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new MigrateError('NO_PERMISSION', { path: file }, { cause: error });
  if (code === 'ENOSPC' || code === 'EDQUOT') return new MigrateError('NO_SPACE', { path: file }, { cause: error });
  return new MigrateError('FILE_FAILED', { path: file, detail: code }, { cause: error });
}
