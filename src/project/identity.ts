import { stat } from 'node:fs/promises';
import { systemCode } from '../core/errors';

/** One text for the state of the file, its WAL and its shadow: device, inode, size, times to the nanosecond. */
export async function databaseIdentity(database: string): Promise<string> {
  const parts = await Promise.all(
    ['', '.wal', '.shadow'].map(async (ending) => {
      try {
        const info = await stat(`${database}${ending}`, { bigint: true });
        return `${ending.slice(1)}:${info.dev}:${info.ino}:${info.size}:${info.mtimeNs}:${info.ctimeNs}`;
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return '';
        throw error;
      }
    }),
  );
  return parts.join('|');
}

/** Device and inode: tells whether two names are one file. */
export async function fileIdentity(file: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(file, { bigint: true });
    return `${dev}:${ino}`;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
