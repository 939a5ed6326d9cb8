import { createHash } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../core/errors';
import { fsyncDir } from '../project/durable';

/** `WALRecordType::CHECKPOINT_RECORD` of Kùzu 0.11.3: the shadow file is whole, and opening the database applies it. */
const CHECKPOINT = 0xfe;

/**
 * Brings a database of Kùzu to the state before or after a commit that was interrupted. The WAL held nothing before that
 * commit: unless it ends with a checkpoint it is put away, since the engine would replay only what it keeps there, and
 * that is not all (a COPY is not in it, a dropped column only half).
 * @param target nobody has it open
 * @param header of the file when the WAL was empty, see {@link headerOf}; another one means that somebody else has had the
 *   database open since, and what the WAL holds is theirs
 */
export async function settleCommit(target: string, header: string): Promise<'finished' | 'undone'> {
  const wal = `${target}.wal`;
  const last = await lastByte(wal);
  if (last === undefined) return 'finished';
  // A WAL that was cut off may end with any byte; a checkpoint has its pages beside it.
  if (last === CHECKPOINT && (await sizeOf(`${target}.shadow`)) > 0) return 'finished';
  if ((await headerOf(target)) !== header) return 'finished';
  await rm(wal, { force: true });
  await rm(`${target}.shadow`, { force: true });
  await fsyncDir(path.dirname(target));
  return 'undone';
}

/** The page of a database file that every checkpoint writes: where its catalog and its metadata are. */
export async function headerOf(target: string): Promise<string> {
  const handle = await open(target, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    return createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('hex');
  } finally {
    await handle.close();
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0;
    throw error;
  }
}

/** Undefined where the file is empty, or not there. */
async function lastByte(file: string): Promise<number | undefined> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
      return bytesRead === 1 ? buffer[0] : undefined;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
