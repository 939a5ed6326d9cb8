import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { type FileKind, identifyHeader, KUZU_STORAGE_VERSION, kuzuReleases } from '../core/dialect/file-header';
import { MigrateError, systemCode } from '../core/errors';
import type { EngineName } from '../core/schema/model';

/** Enough to tell every database file apart. */
const HEADER_BYTES = 20;

/** The first bytes of a file, or as many as it has. */
export async function readHead(file: string, bytes = HEADER_BYTES): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const buffer = new Uint8Array(bytes);
    const { bytesRead } = await handle.read(buffer, 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Engine and storage version of a database file, or undefined for any other file, a folder, or none. Never opens it as a database. */
export async function detectFile(file: string): Promise<FileKind | undefined> {
  try {
    return identifyHeader(await readHead(file));
  } catch (error) {
    // Not there yet, not ours to read, or no regular file: not a database that we could tell.
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR', 'ENXIO'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

/**
 * Refuses what Kùzu could not open, with what can open it, before the engine is asked.
 * @throws MigrateError DATABASE_MISSING, DATABASE_IS_DIRECTORY, DATABASE_OTHER_ENGINE, DATABASE_OTHER_VERSION,
 *   DATABASE_NOT_RECOGNISED, NO_PERMISSION
 */
export async function requireKuzuFile(file: string): Promise<void> {
  const head = await headOrError(file);
  // The engine opens an empty file as a new database.
  if (head === 'empty') return;
  const kind = requireEngine(file, head, 'kuzu');
  if (kind.storageVersion !== KUZU_STORAGE_VERSION) {
    throw new MigrateError('DATABASE_OTHER_VERSION', {
      path: file,
      storage: kind.storageVersion,
      expected: KUZU_STORAGE_VERSION,
      engine: kuzuReleases(KUZU_STORAGE_VERSION),
      versions: kuzuReleases(kind.storageVersion),
    });
  }
}

/**
 * Refuses what DuckDB could not open, before the engine is asked. Which storage versions it reads, it says itself.
 * @throws MigrateError DATABASE_MISSING, DATABASE_IS_DIRECTORY, DATABASE_OTHER_ENGINE, DATABASE_NOT_RECOGNISED,
 *   NO_PERMISSION
 */
export async function requireDuckdbFile(file: string): Promise<void> {
  const head = await headOrError(file);
  // Unlike Kùzu, it refuses an empty file (measured).
  requireEngine(file, head === 'empty' ? new Uint8Array() : head, 'duckdb');
}

const NAMES = { kuzu: 'Kùzu', ladybug: 'LadybugDB', duckdb: 'DuckDB' } as const;

function requireEngine(file: string, head: Uint8Array, engine: EngineName): FileKind {
  const kind = identifyHeader(head);
  if (kind === undefined) {
    const bytes = Buffer.from(head.subarray(0, 8))
      .toString('hex')
      .replace(/..(?=.)/g, '$& ');
    throw new MigrateError('DATABASE_NOT_RECOGNISED', { path: file, bytes: bytes || '-' });
  }
  if (kind.engine !== engine) {
    const found = NAMES[kind.engine];
    const storage = kind.storageVersion;
    throw new MigrateError('DATABASE_OTHER_ENGINE', { path: file, found, storage, wanted: NAMES[engine], tool: found });
  }
  return kind;
}

async function headOrError(file: string): Promise<Uint8Array | 'empty'> {
  try {
    if ((await stat(file)).isDirectory()) throw await directoryError(file);
    const head = await readHead(file);
    return head.length === 0 ? 'empty' : head;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw new MigrateError('DATABASE_MISSING', { path: file }, { cause: error });
    if (systemCode(error) === 'EACCES') throw new MigrateError('NO_PERMISSION', { path: file }, { cause: error });
    throw error;
  }
}

/** Kùzu up to 0.10 kept a database as a folder; `catalog.kz` begins with the same letters and a version. */
async function directoryError(dir: string): Promise<MigrateError> {
  const kind = await detectFile(path.join(dir, 'catalog.kz'));
  if (kind === undefined) return new MigrateError('FILE_FAILED', { path: dir, detail: 'EISDIR' });
  return new MigrateError('DATABASE_IS_DIRECTORY', {
    path: dir,
    storage: kind.storageVersion,
    versions: kuzuReleases(kind.storageVersion),
    expected: KUZU_STORAGE_VERSION,
  });
}
