import { readFile, stat } from 'node:fs/promises';

/**
 * Process ids that hold a lock on a file, by the kernel's own table (Linux only; empty elsewhere).
 * Format of /proc/locks: `1: POSIX  ADVISORY  WRITE 1234 fe:01:5678 0 EOF`, device in hex, inode in decimal.
 */
export async function lockHolders(file: string): Promise<number[]> {
  if (process.platform !== 'linux') return [];
  const [table, { ino }] = await Promise.all([readFile('/proc/locks', 'utf8'), stat(file)]);
  return table.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const inode = fields[5]?.split(':')[2];
    return inode === String(ino) && fields[1] !== '->' ? [Number(fields[4])] : [];
  });
}

/** What to call the holder of a file in a message, without counting our own engine processes. */
export async function describeHolder(file: string): Promise<string> {
  const [pid] = await lockHolders(file);
  return pid === undefined ? '@holder.other' : `@holder.process:${pid}`;
}
