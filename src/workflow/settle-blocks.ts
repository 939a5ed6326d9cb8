import { existsSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError, systemCode } from '../core/errors';
import type { Driver, OpenOptions, Session } from '../engine/driver';
import {
  decodeHead,
  FIXED,
  HEADERS,
  headSize,
  headSizeOf,
  isWhole,
  keptBlocksFile,
  placeOfBlock,
} from '../engine/duckdb/block-file';
import { realFile } from '../engine/real-file';
import { fsyncDir } from '../project/durable';

/** A block that a kill in a checkpoint tore, as it was before. */
export interface TornBlock {
  /** Where it begins in the database's file. */
  readonly place: number;
  readonly bytes: Buffer;
}

/**
 * Opens a database for writing where it lies: what a kill in a checkpoint left of it is mended first, and the next
 * checkpoint is guarded. @throws as Driver.open
 */
export async function openInPlace(driver: Driver, options: Omit<OpenOptions, 'readOnly'>): Promise<Session> {
  if (options.path !== undefined) await settleBlocks(driver, options.path);
  return driver.open({ ...options, readOnly: false, keepBlocks: true });
}

/**
 * Mends what a kill in a checkpoint left of a database, and removes what was kept for that. It is for whoever holds our lock
 * on the database. @throws DATABASE_HELD
 */
export async function settleBlocks(driver: Driver, database: string): Promise<void> {
  const file = await realFile(database);
  if (driver.dialect !== 'sql' || !existsSync(keptBlocksFile(file))) return;
  await requireFree(driver, file);
  await putBack(file, await tornBlocks(file));
  await rm(keptBlocksFile(file), { force: true });
  await fsyncDir(path.dirname(file));
}

/** The engine's own lock tells whether the process that was at work has let go. */
async function requireFree(driver: Driver, file: string): Promise<void> {
  try {
    await (await driver.open({ path: file, readOnly: true })).close();
  } catch (error) {
    if (!mayBeTorn(error) && !MigrateError.is(error, 'DATABASE_MISSING')) throw error;
  }
}

/** What opening a database with a torn block may end with. */
export function mayBeTorn(error: unknown): boolean {
  return MigrateError.is(error, 'DATABASE_CORRUPT') || MigrateError.is(error, 'ENGINE_CRASHED');
}

/**
 * The blocks of a database of DuckDB that are neither old nor new, with what they were before the checkpoint that did not
 * come to its end. Only a block whose own checksum is wrong is one, of a database whose headers are still the same: what
 * was kept of another database is nothing that a sound one would ever get. Reads only.
 */
export async function tornBlocks(database: string): Promise<TornBlock[]> {
  return withFile(keptBlocksFile(database), 'r', [], (kept) =>
    withFile(database, 'r', [], async (handle) => {
      const size = headSizeOf(await read(kept, 0, FIXED));
      const head = size === undefined ? undefined : decodeHead(await read(kept, 0, size));
      if (!head || !(await read(handle, 0, HEADERS)).equals(head.headers)) return [];
      const { blockSize, ids } = head;
      const torn: TornBlock[] = [];
      for (const [at, id] of ids.entries()) {
        const place = placeOfBlock(id, blockSize);
        const now = await read(handle, place, blockSize);
        if (now.length < blockSize || isWhole(now)) continue;
        const bytes = await read(kept, headSize(ids.length) + at * blockSize, blockSize);
        if (bytes.length === blockSize && isWhole(bytes)) torn.push({ place, bytes });
      }
      return torn;
    }),
  );
}

/** @param database nobody has it open */
export async function putBack(database: string, torn: readonly TornBlock[]): Promise<void> {
  if (torn.length === 0) return;
  await withFile(database, 'r+', undefined, async (handle) => {
    for (const { place, bytes } of torn) {
      for (let done = 0; done < bytes.length; ) {
        done += (await handle.write(bytes, done, bytes.length - done, place + done)).bytesWritten;
      }
    }
    await handle.sync();
  });
}

async function withFile<T>(
  file: string,
  flags: string,
  missing: T,
  work: (handle: FileHandle) => Promise<T>,
): Promise<T> {
  let handle: FileHandle;
  try {
    handle = await open(file, flags);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return missing;
    throw error;
  }
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}

/** As far as the file goes. */
async function read(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, from);
  return buffer.subarray(0, bytesRead);
}
