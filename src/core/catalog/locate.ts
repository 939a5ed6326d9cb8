import { identifyHeader, KUZU_STORAGE_VERSION } from '../dialect/file-header';
import { CatalogFormatError } from './errors';

export const PAGE_SIZE = 4096;

const NO_PAGE = 0xffffffff;

export interface ByteRange {
  readonly offset: number;
  readonly bytes: number;
}

/**
 * Where the catalog of the last checkpoint lies, told from the first page of a database file: magic bytes, u64 storage
 * version, then start page and page count of the catalog as u32 (`checkpointer.cpp` of Kùzu 0.11.3).
 * An empty file and a database before its first checkpoint have no catalog: a range of zero bytes.
 * @throws CatalogFormatError NOT_KUZU, STORAGE_VERSION, MALFORMED
 */
export function catalogRange(headerPage: Uint8Array): ByteRange {
  if (headerPage.length === 0) return { offset: 0, bytes: 0 };
  const kind = identifyHeader(headerPage);
  if (kind?.engine !== 'kuzu') throw new CatalogFormatError('NOT_KUZU');
  if (kind.storageVersion !== KUZU_STORAGE_VERSION) {
    throw new CatalogFormatError('STORAGE_VERSION', { found: kind.storageVersion, expected: KUZU_STORAGE_VERSION });
  }
  if (headerPage.length < 20) {
    throw new CatalogFormatError('MALFORMED', { offset: headerPage.length, detail: 'the header ends too early' });
  }
  const view = new DataView(headerPage.buffer, headerPage.byteOffset, headerPage.byteLength);
  const page = view.getUint32(12, true);
  if (page === NO_PAGE) return { offset: 0, bytes: 0 };
  return { offset: page * PAGE_SIZE, bytes: view.getUint32(16, true) * PAGE_SIZE };
}
