import { chmod, constants, copyFile, lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../core/errors';
import { parseCopy } from '../../core/version/copy-statement';
import type { Driver, Session, TableRef } from '../../engine/driver';
import { hasWal } from '../../engine/wal';
import { withSession } from '../../engine/with-session';
import { writeCurrent } from '../../project/current';
import { mkdirDurable } from '../../project/durable';
import { fileError } from '../../project/file-error';
import { databaseIdentity } from '../../project/identity';
import { type Journal, writeJournal } from '../../project/journal';
import { type LockOwner, takeLock } from '../../project/lock';
import type { Database } from '../../project/project';
import { findVersion, readVersion, type StoredVersion } from '../../project/versions';
import { type Confirm, type Context, checkCancelled, type Running } from '../context';
import { explainFullDisk } from '../no-space';
import { needsRepair } from '../reading';
import { readStatements, type VersionStatements, versionSchema } from '../version-source';
import { backupDir, pruneBackups } from './backup';
import { refuseCollisions } from './collisions';
import { fileExists, verifyData, verifyScripts } from './files';
import { type LoadStatement, loadStatements, type Parts, runLoad } from './load';
import { freshFile, type Recovered, recover } from './recover';
import { hasCompanions, refuseCompanions, removeFresh, settle, swapIn } from './swap';

export interface ImportRequest extends Running {
  readonly action: 'import' | 'rollback';
  /** A version of the project, or a path to an export's folder. */
  readonly version: string;
  readonly database: Database;
  /** Another file to import into; absolute. */
  readonly into?: string;
  readonly merge?: boolean;
  readonly only?: 'schema' | 'data';
  /** With `only: 'data'`: these tables; left out: all. */
  readonly tables?: readonly string[];
  readonly acceptEdits?: boolean;
  readonly confirm: Confirm;
}

export interface ImportResult {
  readonly version: string;
  readonly path: string;
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
  /** The folder that keeps the file that was there before. */
  readonly backup?: string;
  /** Backups beyond the number to keep, which were removed. */
  readonly removedBackups: readonly string[];
  readonly recovered?: Recovered;
  readonly lockTakenFrom?: LockOwner;
}

/**
 * Makes a new database file of a version (or of a copy of the present one and a version), proves its row counts, and
 * only then puts it in place; the old file is kept as a backup. A failure at any point changes nothing.
 * @throws MigrateError IMPORT_FAILED, IMPORT_ROWS_DIFFER, VERSION_*, DATABASE_* and whatever `confirm` throws
 */
export async function importVersion(context: Context, request: ImportRequest): Promise<ImportResult> {
  // Behind a link to a file: the swap has to replace the file, not the link.
  const target = await realTarget(request.into ?? request.database.path);
  if (request.database.readOnly && request.into === undefined) {
    throw new MigrateError('DATABASE_READ_ONLY', { name: request.database.name });
  }
  const driver = context.driver(request.database.engine);
  const stored = await locateVersion(context, request.version);
  await verifyScripts(stored, request.acceptEdits ?? false);
  const statements = await readStatements(stored.dir, stored.version);
  const load = await loadStatements(stored.dir, statements, partsOf(request));
  requireTables(request, stored, statements, load);
  const backup = (await fileExists(target)) ? await backupDir(context.project.backupsDir, new Date()) : undefined;
  if (backup !== undefined) {
    await request.confirm({
      action: request.action,
      database: { ...request.database, path: target },
      version: stored.version,
      backup,
    });
  } else if (request.only === 'data') {
    throw new MigrateError('DATABASE_MISSING', { path: target });
  }
  try {
    await mkdirDurable(path.dirname(target));
    const lock = await takeLock(target, request.action);
    try {
      const recovered = await recover(target);
      const work = { context, driver, request, stored, load, target, ...(backup === undefined ? {} : { backup }) };
      const tables = await buildAndSwap(work);
      if (
        request.into === undefined &&
        request.database === context.project.defaultDatabase &&
        !request.merge &&
        stored.dir === path.join(context.project.versionsDir, stored.version)
      ) {
        await writeCurrent(context.project.versionsDir, stored.version);
      }
      const removedBackups =
        backup === undefined ? [] : await pruneBackups(context.project.backupsDir, target, context.project.keepBackups);
      return {
        version: stored.version,
        path: target,
        tables,
        removedBackups,
        ...(backup === undefined ? {} : { backup }),
        ...(recovered ? { recovered } : {}),
        ...(lock.takenFrom ? { lockTakenFrom: lock.takenFrom } : {}),
      };
    } finally {
      await lock.release();
    }
  } catch (error) {
    throw fileError(error, target);
  }
}

async function realTarget(file: string): Promise<string> {
  if (!(await fileExists(file))) return path.resolve(file);
  // What was written through a link to the file lies beside the link.
  if ((await lstat(file)).isSymbolicLink()) await refuseCompanions(file);
  return realpath(file);
}

interface Work {
  readonly context: Context;
  readonly driver: Driver;
  readonly request: ImportRequest;
  readonly stored: StoredVersion;
  readonly load: readonly LoadStatement[];
  readonly target: string;
  readonly backup?: string;
}

async function buildAndSwap(work: Work): Promise<ImportResult['tables']> {
  const { driver, request, stored, target, backup } = work;
  const fresh = freshFile(target);
  const onCopy = request.merge === true || request.only === 'data';
  const journal: Journal = {
    action: request.action,
    version: stored.version,
    stage: 'build',
    fresh,
    startedAt: new Date().toISOString(),
  };
  if (backup === undefined) await refuseCompanions(target);
  const broken = backup === undefined ? false : await isBroken(driver, target, onCopy);
  // Held while a copy of it grows: no other process can write what the swap would then lose.
  const held = onCopy && backup !== undefined ? await driver.open({ path: target, readOnly: true }) : undefined;
  try {
    await writeJournal(target, journal);
    await removeFresh(fresh);
    request.onProgress?.({ step: held ? 'copy' : 'schema' });
    const basedOn = held ? await copyBase(target, fresh) : undefined;
    const tables = await build(work, fresh, held !== undefined);
    checkCancelled(request);
    await held?.close();
    request.onProgress?.({ step: 'swap' });
    const more = { ...(backup === undefined ? {} : { backup }), ...(basedOn === undefined ? {} : { basedOn }) };
    await swapIn(driver, { target, fresh, journal, broken, ...more });
    return tables;
  } catch (error) {
    await held?.close();
    await recover(target);
    if (backup !== undefined && !broken) await tidyUp(work);
    throw error;
  }
}

/**
 * A disk that was full with the new file can stop the engine in the checkpoint before the swap. The new file is gone
 * now, so the old one gets its checkpoint; until then its WAL holds everything.
 */
async function tidyUp({ context, driver, target }: Work): Promise<void> {
  try {
    if (await hasCompanions(target)) await settle(driver, target);
  } catch (error) {
    context.log(`the WAL of ${target} stays where it is: ${String(error)}`);
  }
}

/** Copies the database that an import adds to. Returns what it was at that moment. */
async function copyBase(target: string, fresh: string): Promise<string> {
  const basedOn = await databaseIdentity(target);
  await copyFile(target, fresh, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  if (await hasWal(target)) await copyFile(`${target}.wal`, `${fresh}.wal`);
  // A database that was set read-only on purpose is copied with its rights; the copy has to be written.
  await chmod(fresh, 0o600);
  return basedOn;
}

/** Looks at the present file before hours of loading, without writing it: is it held, is it one that no engine opens? */
async function isBroken(driver: Driver, target: string, needed: boolean): Promise<boolean> {
  try {
    await (await driver.open({ path: target, readOnly: true })).close();
    return false;
  } catch (error) {
    if (needsRepair(error)) {
      await settle(driver, target);
      return false;
    }
    const unopenable = MigrateError.is(error, 'DATABASE_CORRUPT') || MigrateError.is(error, 'ENGINE_CRASHED');
    if (!unopenable || needed) throw error;
    return true;
  }
}

async function build(work: Work, fresh: string, grows: boolean): Promise<ImportResult['tables']> {
  const { driver, request, stored, load } = work;
  const failed = new AbortController();
  const files = load
    .flatMap((one) => one.files ?? [])
    .map((file) => path.relative(stored.dir, file).split(path.sep).join('/'));
  const verified = verifyData(stored, files, failed.signal);
  // Awaited below; until then its failure is not unhandled.
  verified.catch(() => undefined);
  const memory = request.database.memoryMB === undefined ? {} : { memoryMB: request.database.memoryMB };
  try {
    return await withSession(driver, { path: fresh, readOnly: false, ...memory }, async (session) => {
      if (request.merge && grows) await checkMerge(work, session);
      const before = grows ? await countAll(driver, session) : new Map<string, number>();
      if (request.only === 'data') requireExisting(load, before);
      await runLoad(session, stored.version, load, request);
      request.onProgress?.({ step: 'verify' });
      const after = await countAll(driver, session);
      requireRows(work, before, after);
      await verified;
      await driver.checkpoint(session);
      return [...after].map(([name, rows]) => ({ name, rows }));
    });
  } catch (error) {
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
function requireRows(work: Work, before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): void {
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

async function checkMerge(work: Work, base: Session): Promise<void> {
  const { driver, stored, request } = work;
  refuseCollisions(await driver.introspect(base), await versionSchema(driver, stored.dir, stored.version, request));
}

async function locateVersion(context: Context, version: string): Promise<StoredVersion> {
  const isPath = /[/\\]/.test(version);
  const dir = path.resolve(context.project.dir, version);
  const stored = isPath
    ? await readVersion(path.basename(dir), dir).catch((error: unknown) => {
        throw fileError(error, dir);
      })
    : await findVersion(context.project.versionsDir, version);
  if (stored.broken) throw stored.broken;
  const engine = stored.manifest?.engine ?? 'kuzu';
  if (engine === 'duckdb') throw new MigrateError('ENGINE_NOT_SUPPORTED', { engine });
  return stored;
}

function partsOf(request: ImportRequest): Parts {
  const wanted = request.tables && new Set(request.tables.map((name) => name.toLowerCase()));
  return { schema: request.only !== 'data', data: request.only === 'schema' ? null : wanted };
}

/** @throws MigrateError IMPORT_TABLE_UNKNOWN, IMPORT_NOTHING, VERSION_INCOMPLETE */
function requireTables(
  request: ImportRequest,
  stored: StoredVersion,
  statements: VersionStatements,
  load: readonly LoadStatement[],
): void {
  const { version, manifest } = stored;
  const hasTables = statements.schema.some(({ text }) => /^CREATE\s+(NODE|REL)\s+TABLE/i.test(text));
  // The engine itself reports success for this and loads nothing.
  if (
    request.only !== 'schema' &&
    manifest?.dataFormat !== null &&
    statements.copy.length === 0 &&
    hasTables &&
    !manifest
  ) {
    throw new MigrateError('VERSION_INCOMPLETE', { version, file: 'copy.cypher' });
  }
  if (request.only !== 'data') return;
  const loaded = new Set(load.flatMap(({ table }) => (table === undefined ? [] : [table.toLowerCase()])));
  if (manifest?.dataFormat === null) throw new MigrateError('IMPORT_NOTHING', { version });
  const unknown = request.tables?.find((name) => !loaded.has(name.toLowerCase()));
  if (unknown !== undefined) {
    const known = statements.copy.flatMap(({ text }) => parseCopy(text)?.table ?? []).join(', ') || '-';
    throw new MigrateError('IMPORT_TABLE_UNKNOWN', { version, table: unknown, known });
  }
}
