import { stat } from 'node:fs/promises';
import { systemCode } from '../core/errors';

/** Whether changes lie beside a database file that a checkpoint has still to move into it. */
export async function hasWal(database: string): Promise<boolean> {
  try {
    return (await stat(`${database}.wal`)).size > 0;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
