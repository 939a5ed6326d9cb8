import type { EngineName } from '../schema/model';

export interface FileKind {
  readonly engine: EngineName;
  readonly storageVersion: number;
}

/** The storage version that the supported engine package reads and writes. */
export const KUZU_STORAGE_VERSION = 39;

/** What the supported DuckDB writes into new files; it reads those of every release since 0.10. */
export const DUCKDB_STORAGE_VERSION = 64;

/** The first release with a storage version of DuckDB, as the engine's setting names it (measured on 1.5.5). */
const DUCKDB_STORAGES: Readonly<Record<number, string>> = {
  65: 'v1.2.0',
  66: 'v1.3.0',
  67: 'v1.4.0',
  68: 'v1.5.0',
};

/** The newest storage version of the supported DuckDB: some types need one. */
export const DUCKDB_NEWEST_STORAGE = 68;

/** The value of `storage_compatibility_version` for new files; undefined for what the engine writes unasked. */
export function duckdbStorage(storageVersion: number): string | undefined {
  return DUCKDB_STORAGES[storageVersion];
}

/**
 * Which Kùzu releases wrote a storage version, from the engine's own table
 * (`storage_version_info.h` of Kùzu 0.11.3).
 */
const KUZU_RELEASES: Readonly<Record<number, string>> = {
  27: '0.4',
  28: '0.5',
  31: '0.6.0',
  32: '0.6.0',
  33: '0.6.1',
  34: '0.7.0',
  35: '0.7.1',
  36: '0.8',
  37: '0.9',
  38: '0.10',
  39: '0.11',
};

/** The releases that read a storage version, such as `0.10`, or the key of a text for one that we don't know. */
export function kuzuReleases(storageVersion: number): string {
  return KUZU_RELEASES[storageVersion] ?? '@release.unknown';
}

/**
 * Tells engine and storage version from the first 20 bytes of a database file.
 * Kùzu and LadybugDB: four letters, then a little-endian u32. DuckDB: `DUCK` at offset 8, then a little-endian u64.
 */
export function identifyHeader(bytes: Uint8Array): FileKind | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const letters = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length >= 8 && letters(0) === 'KUZU') return { engine: 'kuzu', storageVersion: view.getUint32(4, true) };
  if (bytes.length >= 8 && letters(0) === 'LBUG') return { engine: 'ladybug', storageVersion: view.getUint32(4, true) };
  if (bytes.length >= 20 && letters(8) === 'DUCK') {
    return { engine: 'duckdb', storageVersion: Number(view.getBigUint64(12, true)) };
  }
  return undefined;
}
