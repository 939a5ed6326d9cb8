import { open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError, systemCode } from '../core/errors';
import type { Driver, OpenOptions, Session } from '../engine/driver';
import { decodeBlocks, hasKeptBlocks, keptBlocksFile, placeOfBlock } from '../engine/duckdb/kept-blocks';
import { realFile } from '../engine/real-file';
import { fsyncDir } from '../project/durable';

/**
 * Opens a database for writing where it lies: what a kill in a checkpoint left of it is mended first, and the next
 * checkpoint is guarded. @throws as Driver.open; KEPT_BLOCKS_UNREADABLE
 */
export async function openInPlace(driver: Driver, options: Omit<OpenOptions, 'readOnly'>): Promise<Session> {
  if (options.path !== undefined) await settleBlocks(driver, options.path);
  return driver.open({ ...options, readOnly: false, keepBlocks: true });
}

/** Mends what a kill in a checkpoint left of a database that nobody has open. @throws DATABASE_HELD; KEPT_BLOCKS_UNREADABLE */
export async function settleBlocks(driver: Driver, database: string): Promise<void> {
  const file = await realFile(database);
  if (driver.dialect !== 'sql' || !hasKeptBlocks(file)) return;
  try {
    // The engine's own lock tells whether the process that was at work has let go.
    await (await driver.open({ path: file, readOnly: true })).close();
  } catch (error) {
    const isMissing = MigrateError.is(error, 'DATABASE_MISSING');
    if (isMissing) return rm(keptBlocksFile(file));
    // What is about to be mended.
    if (!MigrateError.is(error, 'DATABASE_CORRUPT') && !MigrateError.is(error, 'ENGINE_CRASHED')) throw error;
  }
  await restoreBlocks(file);
}

/**
 * Puts the blocks back that stood in a database of DuckDB before a checkpoint that did not come to its end, which is so
 * where the headers are still the same; what that checkpoint wrote into them is nothing that these headers lead to.
 * @param database nobody has it open @throws KEPT_BLOCKS_UNREADABLE for a file that is not ours to read
 */
export async function restoreBlocks(database: string): Promise<void> {
  const file = keptBlocksFile(database);
  const bytes = await readOrNone(file);
  if (bytes === undefined) return;
  const kept = decodeBlocks(bytes);
  const unreadable = () => new MigrateError('KEPT_BLOCKS_UNREADABLE', { path: database, file });
  if (kept === undefined) throw unreadable();
  const handle = await open(database, 'r+');
  try {
    const { size } = await handle.stat();
    const { buffer: headers } = await handle.read(Buffer.alloc(kept.headers.length), 0, kept.headers.length, 0);
    if (headers.equals(kept.headers)) {
      if (kept.blocks.some(({ id }) => placeOfBlock(id + 1, kept.blockSize) > size)) throw unreadable();
      for (const { id, bytes: block } of kept.blocks) {
        const place = placeOfBlock(id, kept.blockSize);
        for (let done = 0; done < block.length; ) {
          done += (await handle.write(block, done, block.length - done, place + done)).bytesWritten;
        }
      }
      await handle.sync();
    }
  } finally {
    await handle.close();
  }
  await rm(file);
  await fsyncDir(path.dirname(file));
}

async function readOrNone(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
