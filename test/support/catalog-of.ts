import { open } from 'node:fs/promises';
import { catalogRange, PAGE_SIZE } from '../../src/core/catalog/locate';
import type { Catalog } from '../../src/core/catalog/model';
import { readCatalog } from '../../src/core/catalog/read';

/** The bytes of the catalog in a database file, and no others. */
export async function catalogBytes(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const page = new Uint8Array(PAGE_SIZE);
    const header = await handle.read(page, 0, PAGE_SIZE, 0);
    const range = catalogRange(page.subarray(0, header.bytesRead));
    const bytes = new Uint8Array(range.bytes);
    if (range.bytes > 0) await handle.read(bytes, 0, range.bytes, range.offset);
    return bytes;
  } finally {
    await handle.close();
  }
}

/** The catalog of a database file that no process has open. */
export async function catalogOf(file: string): Promise<Catalog> {
  return readCatalog(await catalogBytes(file));
}
