import { MigrateError } from '../core/errors';
import type { Driver, Session } from '../engine/driver';
import { realFile } from '../engine/real-file';
import { hasWal } from '../engine/wal';
import { commitJournal } from '../project/journal';
import type { Database } from '../project/project';
import { mayBeTorn, tornBlocks } from './settle-blocks';
import { makeStableCopy, type StableCopy } from './stable-copy';

/** Said wherever a result comes from a copy. */
export interface ReadFromCopy {
  /** ISO 8601, UTC. */
  readonly asOf: string;
  /** As `@holder.process:1234`. */
  readonly holder: string;
}

export interface Reading {
  readonly session: Session;
  readonly fromCopy?: ReadFromCopy;
  close(): Promise<void>;
}

/**
 * Opens a database for reading and writes nothing beside it. One that another process holds, or that needs a repair
 * that only writing can do, is read from a stable copy, and the result says so.
 * @param options `catalog`: the schema will be read, which lies in the file itself and not in its WAL
 * @throws MigrateError DATABASE_MISSING and the other errors of opening
 */
export async function openForReading(
  driver: Driver,
  database: Pick<Database, 'path' | 'memoryMB'>,
  { catalog = true }: { readonly catalog?: boolean } = {},
): Promise<Reading> {
  const memory = database.memoryMB === undefined ? {} : { memoryMB: database.memoryMB };
  const real = await realFile(database.path);
  // Replayed where it lies, an interrupted commit would show what it hasn't done.
  if (driver.dialect === 'cypher' && (await hasWal(real)) && (await commitJournal(real)) !== undefined) {
    return openCopy(driver, await makeStableCopy(database.path, false), memory);
  }
  try {
    const session = await driver.open({ path: database.path, readOnly: true, ...memory });
    // Reading the schema wants everything in the file itself, and only a writer may move it there: in a copy. So does
    // what an interrupted checkpoint left, which need not show at once.
    const wantsWriter = driver.dialect === 'sql' ? await isTorn(real) : catalog && (await hasWal(real));
    if (!wantsWriter) return { session, close: () => session.close() };
    await session.close();
    return await openCopy(driver, await makeStableCopy(database.path, false), memory);
  } catch (error) {
    const held = MigrateError.is(error, 'DATABASE_HELD');
    if (!held && !needsRepair(error) && !(mayBeTorn(error) && (await isTorn(real)))) throw error;
    const copy = await makeStableCopy(database.path, held);
    const fromCopy = held ? { fromCopy: { asOf: copy.asOf, holder: String(error.params.holder) } } : {};
    const reading = await openCopy(driver, copy, memory).catch((second: unknown) => {
      // What no writer can repair either is told of the database itself.
      throw held ? second : error;
    });
    return { ...reading, ...fromCopy };
  }
}

async function isTorn(database: string): Promise<boolean> {
  return (await tornBlocks(database)).length > 0;
}

async function openCopy(driver: Driver, copy: StableCopy, memory: { memoryMB?: number }): Promise<Reading> {
  try {
    // Opened for writing: an interrupted checkpoint is finished in the copy, never in the original.
    const session = await driver.open({ path: copy.path, readOnly: false, ...memory });
    return {
      session,
      close: async () => {
        try {
          await session.close();
        } finally {
          await copy.remove();
        }
      },
    };
  } catch (error) {
    await copy.remove();
    throw error;
  }
}

/**
 * The engines' own words for what a kill left and only a writer can finish: a checkpoint of Kùzu that moves pages, a WAL
 * of DuckDB whose replay writes into the file, which one that only reads can't.
 */
export function needsRepair(error: unknown): boolean {
  if (!MigrateError.is(error, 'DATABASE_CORRUPT')) return false;
  return /replay shadow pages|while replaying WAL file[\s\S]*Could not write file/.test(String(error.params.detail));
}
