import path from 'node:path';
import { MigrateError } from '../../core/errors';
import { tableDifference } from '../../core/version/content';
import { tableName } from '../../core/version/sql/table-name';
import type { Driver, Session, TableRef } from '../../engine/driver';
import { withSession } from '../../engine/with-session';
import type { StoredVersion } from '../../project/versions';
import { explainFullDisk } from '../no-space';
import { versionSchema } from '../version-source';
import { refuseCollisions } from './collisions';
import { verifyData } from './files';
import type { ImportRequest } from './import';
import { type Load, loadedTables, runLoad } from './load';
import { schemaMade } from './load-sql';

export interface Build {
  readonly driver: Driver;
  readonly request: ImportRequest;
  readonly stored: StoredVersion;
  readonly load: Load;
  /** Whether its statements are no longer those that were exported, so that its fingerprints tell nothing. */
  readonly edited: boolean;
  /** The new file: empty, or a copy that grows. */
  readonly fresh: string;
  readonly grows: boolean;
}

export type TableRows = readonly { readonly name: string; readonly rows: number }[];

/**
 * Loads a version into the new file while its data files are hashed beside it, and counts.
 * @throws MigrateError IMPORT_FAILED, IMPORT_ROWS_DIFFER, IMPORT_VALUES_DIFFER, VALUES_UNREADABLE, IMPORT_NAME_COLLISION, IMPORT_NEEDS_TABLES,
 *   VERSION_FILE_CHANGED, NO_SPACE, CANCELLED
 */
export async function build(work: Build): Promise<TableRows> {
  const { driver, request, stored, fresh, grows } = work;
  const failed = new AbortController();
  const { load: loaded, beside } = work.load;
  const files = [...loaded.flatMap((one) => one.files ?? []), ...beside.map((one) => one.path)].map((file) =>
    file.split(path.sep).join('/'),
  );
  const verified = verifyData(stored, files, failed.signal);
  // Awaited below; until then its failure is not unhandled.
  verified.catch(() => undefined);
  const memory = request.database.memoryMB === undefined ? {} : { memoryMB: request.database.memoryMB };
  try {
    const storage = stored.manifest ? { storageVersion: stored.manifest.storageVersion } : {};
    return await withSession(driver, { path: fresh, readOnly: false, ...memory, ...storage }, async (session) => {
      const load = request.merge && grows ? await checkMerge(work, session) : work.load;
      const before = grows ? await countAll(driver, session) : new Map<string, number>();
      if (request.only === 'data') requireExisting(load, before);
      await runLoad(driver, session, stored, load, request);
      request.onProgress?.({ step: 'verify' });
      const after = await countAll(driver, session);
      requireRows(work, before, after);
      await requireContents(work, before, session);
      await verified;
      await driver.checkpoint(session);
      return [...after].map(([name, rows]) => ({ name, rows }));
    });
  } catch (error) {
    // Whoever cancels does not wait for the hashing of what is left.
    if (MigrateError.is(error, 'CANCELLED')) throw error;
    // A changed data file is the better explanation of a load that failed.
    const changed = await verified.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    throw MigrateError.is(changed, 'VERSION_FILE_CHANGED')
      ? changed
      : await explainFullDisk(unchanged(error), path.dirname(fresh));
  } finally {
    failed.abort();
  }
}

/** A crash while the new file grows says nothing about the database, which nobody has touched yet. */
function unchanged(error: unknown): unknown {
  if (!MigrateError.is(error, 'ENGINE_CRASHED')) return error;
  return new MigrateError(
    error.code,
    { ...error.params, state: '@state.unchanged' },
    { where: error.where, cause: error },
  );
}

async function countAll(driver: Driver, session: Session): Promise<Map<string, number>> {
  const { tables } = await driver.introspect(session);
  const refs: readonly TableRef[] = tables;
  const counts = await driver.countRows(session, refs);
  return new Map(tables.map((table, at) => [tableName(table), counts[at] ?? 0]));
}

/** @throws MigrateError IMPORT_ROWS_DIFFER */
function requireRows(work: Build, before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): void {
  const { stored, request, load } = work;
  const loaded = loadedTables(load);
  for (const { name, rows } of stored.manifest?.tables ?? []) {
    const added = request.only === 'schema' || !loaded.has(name.toLowerCase()) ? 0 : (rows ?? 0);
    const key = [...after.keys()].find((one) => one.toLowerCase() === name.toLowerCase());
    const expected = (key === undefined ? 0 : (before.get(key) ?? 0)) + added;
    const actual = key === undefined ? 0 : (after.get(key) ?? 0);
    if (actual !== expected) throw new MigrateError('IMPORT_ROWS_DIFFER', { table: name, expected, actual });
  }
}

/**
 * Compares the fingerprints of tables that hold nothing but what was loaded. Another release of the engine may count
 * otherwise.
 * @throws MigrateError IMPORT_VALUES_DIFFER
 */
async function requireContents(work: Build, before: ReadonlyMap<string, number>, session: Session): Promise<void> {
  const { driver, stored, load, edited, request } = work;
  const { manifest } = stored;
  if (!manifest?.proof || edited || request.only === 'schema' || manifest.engineVersion !== driver.engineVersion)
    return;
  const loaded = loadedTables(load);
  const filled = new Set([...before].filter(([, rows]) => rows > 0).map(([name]) => name));
  const own = manifest.proof.tables.filter(({ name }) => loaded.has(name.toLowerCase()) && !filled.has(name));
  if (own.length === 0) return;
  const { tables } = await driver.contentOf(session, request.signal ? { signal: request.signal } : {});
  const difference = tableDifference(own, tables);
  if (difference) throw new MigrateError('IMPORT_VALUES_DIFFER', { table: difference.object });
}

/** @throws MigrateError IMPORT_NEEDS_TABLES */
function requireExisting({ load }: Load, existing: ReadonlyMap<string, number>): void {
  const names = new Set([...existing.keys()].map((name) => name.toLowerCase()));
  const lost = load.find(({ table }) => table !== undefined && !names.has(table.toLowerCase()));
  if (lost?.table !== undefined) throw new MigrateError('IMPORT_NEEDS_TABLES', { table: lost.table });
}

/** @returns what is to be loaded: a SQL schema that is there already takes in what comes */
async function checkMerge(work: Build, base: Session): Promise<Load> {
  const { driver, stored, request, load } = work;
  const existing = await driver.introspect(base);
  refuseCollisions(existing, await versionSchema(driver, stored.dir, stored.version, request));
  const there = new Set((existing.schemas ?? []).map((name) => name.toLowerCase()));
  return { ...load, load: load.load.filter(({ text }) => !there.has(schemaMade(text)?.toLowerCase() ?? '')) };
}
