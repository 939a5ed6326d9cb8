import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError, systemCode } from '../core/errors';
import { hasWal } from './wal';

/**
 * The real path of a file that may not exist yet: what locks, journals and the engine's own companions are named after.
 * @throws MigrateError DATABASE_HAS_WAL where something was written through a link to the file
 */
export async function realFile(file: string): Promise<string> {
  try {
    const real = await realpath(file);
    // The engine names the WAL after the path it is given: what was written through a link lies beside the link, and
    // opening the real path would not see it.
    const linked = path.basename(real) !== path.basename(file);
    if (linked && (await hasWal(file))) {
      throw new MigrateError('DATABASE_HAS_WAL', { path: real, file: `${file}.wal` });
    }
    return real;
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    const parent = path.dirname(path.resolve(file));
    return path.join(await realpath(parent).catch(() => parent), path.basename(file));
  }
}
