import { chmod, constants, copyFile, lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { dialectOf } from '../../core/dialect/dialect';
import { MigrateError } from '../../core/errors';
import type { Loss } from '../../core/version/loss';
import { detectFile, requireDuckdbFile, requireKuzuFile } from '../../engine/detect';
import type { Driver } from '../../engine/driver';
import { hasWal } from '../../engine/wal';
import { writeCurrent } from '../../project/current';
import { mkdirDurable } from '../../project/durable';
import { fileError } from '../../project/file-error';
import { databaseIdentity } from '../../project/identity';
import { type Journal, writeJournal } from '../../project/journal';
import { takeLock } from '../../project/lock';
import type { LockOwner } from '../../project/lock-owner';
import type { Database } from '../../project/project';
import { findVersion, readVersion, type StoredVersion } from '../../project/versions';
import { afterwards } from '../afterwards';
import { pruneBackups } from '../backup';
import { type Confirm, type Context, checkCancelled, type Running } from '../context';
import { needsRepair } from '../reading';
import { settleBlocks } from '../settle-blocks';
import { readStatements, SCRIPTS, type VersionStatements } from '../version-source';
import { build, type TableRows } from './build';
import { fileExists, verifyScripts } from './files';
import { type Load, loadableTables, loadedTables, loadStatements, type Parts } from './load';
import { isCatalogTaken } from './load-sql';
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
  readonly tables: TableRows;
  /** The folder that keeps the file that was there before. */
  readonly backup?: string;
  /** Backups beyond the number to keep, which were removed. */
  readonly removedBackups: readonly string[];
  readonly recovered?: Recovered;
  readonly lockTakenFrom?: LockOwner;
  /** What the export of this version could not keep, and the imported database therefore lacks. */
  readonly warnings: readonly Loss[];
  /** What went wrong after the new database was in place, which is done all the same. */
  readonly problems: readonly MigrateError[];
}

/**
 * Makes a new database file of a version (or of a copy of the present one and a version), proves its row counts, and
 * only then puts it in place; the old file is kept as a backup. A failure at any point changes nothing.
 * @throws MigrateError IMPORT_FAILED, IMPORT_ROWS_DIFFER, VERSION_*, DATABASE_* and whatever `confirm` throws
 */
export async function importVersion(context: Context, request: ImportRequest): Promise<ImportResult> {
  const { project } = context;
  const stored = await locateVersion(context, request.version);
  const driver = context.driver(stored.engine);
  const edited = await verifyScripts(stored, request.acceptEdits ?? false);
  const statements = await readStatements(stored.dir, stored.version, driver.dialect);
  const load = await loadStatements(stored, statements, partsOf(request));
  try {
    requireTables(request, stored, statements, load);
    // Behind a link to a file: the swap has to replace the file, not the link.
    const target = await realTarget(request.into ?? request.database.path);
    await requireSameEngine(stored, target);
    const database = await ownDatabase(context, request.database, target);
    if (database.readOnly) throw new MigrateError('DATABASE_READ_ONLY', { name: database.name });
    return await underLock({ context, driver, request, stored, load, target, database, edited });
  } catch (error) {
    throw fileError(error, request.into ?? request.database.path);
  } finally {
    await load.release();
  }

  async function underLock(work: Work): Promise<ImportResult> {
    const { target } = work;
    await mkdirDurable(path.dirname(target));
    const lock = await takeLock(target, request.action);
    try {
      const recovered = await recover(target, project.backupsDir);
      const isLive = await fileExists(target);
      if (isLive) await askFor(work);
      else if (request.only === 'data') throw new MigrateError('DATABASE_MISSING', { path: target });
      const { tables, backup } = await buildAndSwap(work, isLive);
      const { problems, removedBackups } = await finish(work, backup !== undefined);
      return {
        version: stored.version,
        path: target,
        tables,
        removedBackups,
        problems,
        warnings: stored.manifest?.warnings ?? [],
        ...(backup === undefined ? {} : { backup }),
        ...(recovered ? { recovered } : {}),
        ...(lock.takenFrom ? { lockTakenFrom: lock.takenFrom } : {}),
      };
    } finally {
      await lock.release();
    }
  }
}

interface Work {
  readonly context: Context;
  readonly driver: Driver;
  readonly request: ImportRequest;
  readonly stored: StoredVersion;
  readonly load: Load;
  /** Whether its statements are no longer those that were exported. */
  readonly edited: boolean;
  readonly target: string;
  /** The database of the project that the target is, however its path was given. */
  readonly database: Database;
}

async function realTarget(file: string): Promise<string> {
  if (!(await fileExists(file))) {
    const parent = path.dirname(path.resolve(file));
    return path.join((await fileExists(parent)) ? await realpath(parent) : parent, path.basename(file));
  }
  // What was written through a link to the file lies beside the link.
  if ((await lstat(file)).isSymbolicLink()) await refuseCompanions(file);
  return realpath(file);
}

/** @throws MigrateError DATABASE_OTHER_ENGINE where a file of another engine is there already */
async function requireSameEngine({ engine }: StoredVersion, target: string): Promise<void> {
  const kind = await detectFile(target);
  if (kind && kind.engine !== engine) await (engine === 'duckdb' ? requireDuckdbFile : requireKuzuFile)(target);
}

/** A path that leads to a database of the project gets that database's guards. */
async function ownDatabase({ project }: Context, chosen: Database, target: string): Promise<Database> {
  for (const database of [chosen, ...project.databases]) {
    const same = (await realTarget(database.path).catch(() => database.path)) === target;
    if (same && (database.protected || database.readOnly || database === chosen)) return database;
  }
  return { ...chosen, name: path.basename(target), path: target, protected: false, readOnly: false };
}

async function askFor({ context, request, stored, target, database }: Work): Promise<void> {
  const { action, confirm } = request;
  const backup = context.project.backupsDir;
  await confirm({
    action,
    database: { ...database, path: target },
    version: stored.version,
    backup,
    warnings: stored.manifest?.warnings ?? [],
  });
}

async function buildAndSwap(work: Work, isLive: boolean): Promise<{ tables: TableRows; backup?: string }> {
  const { context, driver, request, stored, load, edited, target } = work;
  const { backupsDir } = context.project;
  const fresh = freshFile(target, driver.dialect === 'sql' && isCatalogTaken(load.load, target));
  const onCopy = request.merge === true || request.only === 'data';
  const journal: Journal = {
    action: request.action,
    version: stored.version,
    stage: 'build',
    fresh,
    startedAt: new Date().toISOString(),
  };
  if (isLive) await settleBlocks(driver, target);
  else await refuseCompanions(target);
  const broken = isLive ? await isBroken(work, onCopy) : false;
  // Held while a copy of it grows: no other process can write what the swap would then lose.
  const held = onCopy && isLive ? await driver.open({ path: target, readOnly: true, ...memoryOf(work) }) : undefined;
  try {
    await writeJournal(target, journal);
    request.onProgress?.({ step: held ? 'copy' : 'schema' });
    const basedOn = held ? await copyBase(target, fresh) : undefined;
    const tables = await build({ driver, request, stored, load, edited, fresh, grows: held !== undefined });
    checkCancelled(request);
    await held?.close();
    request.onProgress?.({ step: 'swap' });
    const more = { ...memoryOf(work), ...(basedOn === undefined ? {} : { basedOn }) };
    const backup = await swapIn(driver, { target, fresh, journal, broken, isLive, backupsDir, ...more });
    return { tables, ...(backup === undefined ? {} : { backup }) };
  } catch (error) {
    await undo(work, held, isLive && !broken);
    throw error;
  }
}

/** After a failure: each step is tried whatever became of the one before, and the failure itself stays the answer. */
async function undo(work: Work, held: { close(): Promise<void> } | undefined, settles: boolean): Promise<void> {
  const { context, driver, target } = work;
  const steps = [
    async () => held?.close(),
    async () => void (await recover(target, context.project.backupsDir)),
    // A disk that was full with the new file can stop the engine in the checkpoint before the swap. The new file is
    // gone now, so the old one gets its checkpoint; until then its WAL holds everything.
    async () => {
      if (settles && (await hasCompanions(target))) await settle(driver, target, memoryOf(work));
    },
  ];
  for (const step of steps) {
    await step().catch((error: unknown) => context.log(`after the failure, at ${target}: ${String(error)}`));
  }
}

/** What follows a swap can fail without undoing it. */
async function finish({ context, request, stored, target }: Work, hadFile: boolean) {
  const { project } = context;
  const isWhole = request.into === undefined && !request.merge && request.only === undefined;
  const isOurs = stored.dir === path.join(project.versionsDir, stored.version);
  let removedBackups: string[] = [];
  const problems = await afterwards([
    async () => {
      if (isWhole && isOurs && request.database.name === project.defaultDatabase?.name) {
        await writeCurrent(project.versionsDir, stored.version);
      }
    },
    async () => {
      if (hadFile) removedBackups = await pruneBackups(project.backupsDir, target, project.keepBackups);
    },
  ]);
  return { problems, removedBackups };
}

/** Copies the database that an import adds to. Returns what it was at that moment. */
async function copyBase(target: string, fresh: string): Promise<string> {
  await removeFresh(fresh);
  const basedOn = await databaseIdentity(target);
  await copyFile(target, fresh, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  if (await hasWal(target)) await copyFile(`${target}.wal`, `${fresh}.wal`);
  // A database that was set read-only on purpose is copied with its rights; the copy has to be written.
  await chmod(fresh, 0o600);
  return basedOn;
}

/** Looks at the present file before hours of loading, without writing it: is it held, is it one that no engine opens? */
async function isBroken(work: Work, needed: boolean): Promise<boolean> {
  const { driver, target } = work;
  try {
    await (await driver.open({ path: target, readOnly: true, ...memoryOf(work) })).close();
    return false;
  } catch (error) {
    if (needsRepair(error)) {
      await settle(driver, target, memoryOf(work));
      return false;
    }
    const unopenable = MigrateError.is(error, 'DATABASE_CORRUPT') || MigrateError.is(error, 'ENGINE_CRASHED');
    if (!unopenable || needed) throw error;
    return true;
  }
}

function memoryOf({ request }: Work): { memoryMB?: number } {
  return request.database.memoryMB === undefined ? {} : { memoryMB: request.database.memoryMB };
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
  return stored;
}

function partsOf(request: ImportRequest): Parts {
  const wanted = request.tables && new Set(request.tables.map((name) => name.toLowerCase()));
  return { schema: request.only !== 'data', data: request.only === 'schema' ? null : wanted };
}

/** @throws MigrateError IMPORT_TABLE_UNKNOWN, IMPORT_NOTHING, VERSION_INCOMPLETE */
function requireTables(request: ImportRequest, stored: StoredVersion, statements: VersionStatements, load: Load): void {
  const { version, manifest } = stored;
  const hasTables = statements.schema.some(({ text }) => /^CREATE\s+((NODE|REL)\s+)?TABLE/i.test(text));
  // The engine itself reports success for this and loads nothing.
  if (
    request.only !== 'schema' &&
    manifest?.dataFormat !== null &&
    statements.copy.length === 0 &&
    hasTables &&
    !manifest
  ) {
    throw new MigrateError('VERSION_INCOMPLETE', { version, file: SCRIPTS[dialectOf(stored.engine)].load });
  }
  if (request.only !== 'data') return;
  const loaded = loadedTables(load);
  if (manifest?.dataFormat === null) throw new MigrateError('IMPORT_NOTHING', { version });
  const unknown = request.tables?.find((name) => !loaded.has(name.toLowerCase()));
  if (unknown !== undefined) {
    const known = loadableTables(statements, manifest?.beside).join(', ') || '-';
    throw new MigrateError('IMPORT_TABLE_UNKNOWN', { version, table: unknown, known });
  }
}
