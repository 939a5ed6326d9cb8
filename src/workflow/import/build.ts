import path from 'node:path';
import { MigrateError } from '../../core/errors';
import type { Driver, Session, TableRef } from '../../engine/driver';
import { withSession } from '../../engine/with-session';
import type { StoredVersion } from '../../project/versions';
import { explainFullDisk } from '../no-space';
import { versionSchema } from '../version-source';
import { refuseCollisions } from './collisions';
import { verifyData } from './files';
import type { ImportRequest } from './import';
import { type LoadStatement, runLoad } from './load';

export interface Build {
  readonly driver: Driver;
  readonly request: ImportRequest;
  readonly stored: StoredVersion;
  readonly load: readonly LoadStatement[];
  /** Where the engine sees the version's folder. */
  readonly view: string;
  /** The new file: empty, or a copy that grows. */
  readonly fresh: string;
  readonly grows: boolean;
}

export type TableRows = readonly { readonly name: string; readonly rows: number }[];

/**
 * Loads a version into the new file while its data files are hashed beside it, and counts.
 * @throws MigrateError IMPORT_FAILED, IMPORT_ROWS_DIFFER, IMPORT_NAME_COLLISION, IMPORT_NEEDS_TABLES,
 *   VERSION_FILE_CHANGED, NO_SPACE, CANCELLED
 */
export async function build(work: Build): Promise<TableRows> {
  const { driver, request, stored, load, fresh, grows } = work;
  const failed = new AbortController();
  const files = load.flatMap((one) => one.files ?? []).map((file) => file.split(path.sep).join('/'));
  const verified = verifyData(stored, files, failed.signal);
  // Awaited below; until then its failure is not unhandled.
  verified.catch(() => undefined);
  const memory = request.database.memoryMB === undefined ? {} : { memoryMB: request.database.memoryMB };
  try {
    return await withSession(driver, { path: fresh, readOnly: false, ...memory }, async (session) => {
      if (request.merge && grows) await checkMerge(work, session);
      const before = grows ? await countAll(driver, session) : new Map<string, number>();
      if (request.only === 'data') requireExisting(load, before);
      await runLoad(session, stored, { load, view: work.view }, request);
      request.onProgress?.({ step: 'verify' });
      const after = await countAll(driver, session);
      requireRows(work, before, after);
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
  return new Map(tables.map(({ name }, at) => [name, counts[at] ?? 0]));
}

/** @throws MigrateError IMPORT_ROWS_DIFFER */
function requireRows(work: Build, before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): void {
  const { stored, request, load } = work;
  const loaded = new Set(load.flatMap(({ table }) => (table === undefined ? [] : [table.toLowerCase()])));
  for (const { name, rows } of stored.manifest?.tables ?? []) {
    const added = request.only === 'schema' || !loaded.has(name.toLowerCase()) ? 0 : (rows ?? 0);
    const key = [...after.keys()].find((one) => one.toLowerCase() === name.toLowerCase());
    const expected = (key === undefined ? 0 : (before.get(key) ?? 0)) + added;
    const actual = key === undefined ? 0 : (after.get(key) ?? 0);
    if (actual !== expected) throw new MigrateError('IMPORT_ROWS_DIFFER', { table: name, expected, actual });
  }
}

/** @throws MigrateError IMPORT_NEEDS_TABLES */
function requireExisting(load: readonly LoadStatement[], existing: ReadonlyMap<string, number>): void {
  const names = new Set([...existing.keys()].map((name) => name.toLowerCase()));
  const lost = load.find(({ table }) => table !== undefined && !names.has(table.toLowerCase()));
  if (lost?.table !== undefined) throw new MigrateError('IMPORT_NEEDS_TABLES', { table: lost.table });
}

async function checkMerge(work: Build, base: Session): Promise<void> {
  const { driver, stored, request } = work;
  refuseCollisions(await driver.introspect(base), await versionSchema(driver, stored.dir, stored.version, request));
}
