import { open } from 'node:fs/promises';
import { catalogRange, PAGE_SIZE } from '../../core/catalog/locate';
import type { Catalog } from '../../core/catalog/model';
import { readCatalog } from '../../core/catalog/read';
import type { Session } from '../driver';
import { hasWal } from '../wal';

/**
 * The catalog in the file of an open database. It is as of the last checkpoint: a session for writing makes one; one for
 * reading must have been opened on a file without a WAL.
 */
export async function sessionCatalog(session: Session): Promise<Catalog> {
  if (session.path === undefined) throw new TypeError('a database in memory has no catalog to read');
  if (!session.readOnly) await session.run([{ text: 'CHECKPOINT' }]);
  else if (await hasWal(session.path)) throw new TypeError(`${session.path}.wal would make its catalog out of date`);
  return fileCatalog(session.path);
}

async function fileCatalog(file: string): Promise<Catalog> {
  return readCatalog((await catalogBytes(file)).bytes);
}

/** The catalog as it lies in a database file, and where. @throws CatalogFormatError; with the system's code */
export async function catalogBytes(file: string): Promise<{ readonly offset: number; readonly bytes: Uint8Array }> {
  const handle = await open(file, 'r');
  try {
    const header = await readAt(handle, 0, PAGE_SIZE);
    const range = catalogRange(header);
    return { offset: range.offset, bytes: await readAt(handle, range.offset, range.bytes) };
  } finally {
    await handle.close();
  }
}

async function readAt(handle: Awaited<ReturnType<typeof open>>, offset: number, bytes: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(bytes);
  const { bytesRead } = await handle.read(buffer, 0, bytes, offset);
  return buffer.subarray(0, bytesRead);
}
