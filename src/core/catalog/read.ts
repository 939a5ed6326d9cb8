import { ByteReader } from './byte-reader';
import { readEntry } from './entries';
import type { Catalog, CatalogEntry } from './model';

/** Tables, sequences, functions, types and indexes, then the internal tables, sequences and functions. */
const SETS_ARE_INTERNAL = [false, false, false, false, false, true, true, true];

function readSet(reader: ByteReader, internal: boolean): CatalogEntry[] {
  // The next free id.
  reader.u64();
  return reader.list(() => readEntry(reader, internal));
}

/** By id, which is the order of creation: the engine writes the hash order of the names. */
function ofKind<K extends CatalogEntry['kind']>(entries: readonly CatalogEntry[], kind: K) {
  return entries
    .filter((entry): entry is Extract<CatalogEntry, { kind: K }> => entry.kind === kind)
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/**
 * The catalog of a Kùzu database (storage version 39), from the bytes that `catalogRange` names. It is as of the last
 * checkpoint: what stands in a WAL beside the file is not in it. No bytes are an empty database.
 * The order is `Catalog::serialize` of Kùzu 0.11.3.
 * @throws CatalogFormatError MALFORMED
 */
export function readCatalog(bytes: Uint8Array): Catalog {
  const reader = new ByteReader(bytes);
  const entries = bytes.length === 0 ? [] : SETS_ARE_INTERNAL.flatMap((internal) => readSet(reader, internal));
  return {
    nodeTables: ofKind(entries, 'node'),
    relTables: ofKind(entries, 'rel'),
    sequences: ofKind(entries, 'sequence'),
    macros: ofKind(entries, 'macro'),
    types: ofKind(entries, 'type'),
    indexes: ofKind(entries, 'index'),
  };
}
