import { open, rm } from 'node:fs/promises';
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
 */
export async function settleCommit(target: string): Promise<'finished' | 'undone'> {
  const wal = `${target}.wal`;
  const last = await lastByte(wal);
  if (last === undefined || last === CHECKPOINT) return 'finished';
  await rm(wal, { force: true });
  await rm(`${target}.shadow`, { force: true });
  await fsyncDir(path.dirname(target));
  return 'undone';
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
