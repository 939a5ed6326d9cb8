import { lstat, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError, systemCode } from '../../core/errors';
import { withoutHistory } from '../../core/migration/hide';
import type { HistoryTables } from '../../core/migration/types';
import { changelogEntry } from '../../core/report/changelog';
import { changeRows } from '../../core/report/changes';
import type { Change, ChangeRow } from '../../core/schema/change';
import { diffSchemas } from '../../core/schema/diff';
import type { Schema } from '../../core/schema/model';
import { english } from '../../core/text/english';
import { lossSentence } from '../../core/text/loss-sentence';
import { TOOL_VERSION } from '../../core/tool';
import { isScript } from '../../core/version/integrity';
import type { DataFormat } from '../../core/version/loss';
import { type Manifest, type ManifestFile, printManifest } from '../../core/version/manifest';
import { compareVersions, parseVersionName } from '../../core/version/name';
import { tableName } from '../../core/version/sql/table-name';
import { detectFile } from '../../engine/detect';
import type { Driver, Session } from '../../engine/driver';
import { writeCurrent } from '../../project/current';
import { writeSynced } from '../../project/durable';
import { fileError } from '../../project/file-error';
import type { Database } from '../../project/project';
import { listVersions } from '../../project/versions';
import { afterwards } from '../afterwards';
import { decidedRenames } from '../compare/compare';
import { type Context, checkCancelled, type Progress, type Running } from '../context';
import { explainFullDisk } from '../no-space';
import { openForReading, type Reading } from '../reading';
import { versionSchema } from '../version-source';
import { FileHasher } from './file-hasher';
import { prove } from './prove';
import { prepareStaging, publish } from './staging';

export interface ExportRequest extends Running {
  readonly database: Database;
  readonly version: string;
  readonly format: DataFormat;
  readonly schemaOnly: boolean;
  /** Left out: the version is imported into a scratch database and compared before it is published. */
  readonly verify?: boolean;
}

export interface ExportResult {
  readonly version: string;
  readonly dir: string;
  readonly manifest: Manifest;
  /** Against the version before it; everything is new in the first one. */
  readonly changes: readonly ChangeRow[];
  readonly previous?: string;
  /** What went wrong beside the export, which is done all the same. */
  readonly problems: readonly MigrateError[];
}

/**
 * Exports a database as a version. The folder appears under its name only when it is whole and on the disk.
 * @throws MigrateError VERSION_NAME_INVALID, VERSION_EXISTS, EXPORT_BLOCKED, EXPORT_FAILED, EXPORT_NOT_PROVEN, NO_SPACE, NO_PERMISSION and
 *   what opening a database throws
 */
export async function exportVersion(context: Context, request: ExportRequest): Promise<ExportResult> {
  const version = parseVersionName(request.version);
  const { versionsDir } = context.project;
  const target = path.join(versionsDir, version);
  const others = await listVersions(versionsDir);
  const taken = others.find((one) => one.version.toLowerCase() === version.toLowerCase());
  // Without regard to case: on some file systems both would be one folder.
  if (taken) throw new MigrateError('VERSION_EXISTS', { version: taken.version, path: taken.dir });
  // Anything else of that name would stop us only after the whole export.
  if (await isThere(target)) throw new MigrateError('VERSION_EXISTS', { version, path: target });
  const driver = context.driver(request.database.engine);
  const reading = await openForReading(driver, request.database);
  let staging: string | undefined;
  try {
    staging = await prepareStaging(versionsDir, version);
    const unproven = await fillStaging(context, driver, reading, request, staging);
    const made =
      request.verify === false ? unproven : await withProof(context, driver, reading, request, staging, unproven);
    const createdAt = made.manifest.createdAt;
    // A project can hold versions of databases of both engines.
    const kin = others.filter(({ engine }) => engine === driver.engine);
    const sorted = [...kin, { version, createdAt, dir: target }].sort(compareVersions);
    const previous = sorted[sorted.findIndex((one) => one.version === version) - 1];
    // Lets go of the file, and leaves its warm engine to the comparison.
    await reading.close();
    request.onProgress?.({ step: 'compare' });
    const ours = context.project.historyTables;
    const shown = { ...made, schema: withoutHistory(made.schema, ours) };
    const { changes, uncompared } = await compareToPrevious(
      context,
      driver,
      previous,
      { ...request, dir: staging, ours },
      shown,
    );
    await writeSynced(path.join(staging, 'CHANGELOG.md'), changelog(shown, changes, previous?.version, uncompared));
    await writeSynced(path.join(staging, 'manifest.json'), printManifest(made.manifest));
    checkCancelled(request);
    await publish(staging, target, version);
    staging = undefined;
    const problems = await afterwards([
      async () => {
        if (request.database.name === context.project.defaultDatabase?.name) await writeCurrent(versionsDir, version);
      },
    ]);
    return {
      version,
      dir: target,
      manifest: made.manifest,
      changes: changeRows(changes),
      problems: uncompared ? [uncompared, ...problems] : problems,
      ...(previous ? { previous: previous.version } : {}),
    };
  } catch (error) {
    throw fileError(error, versionsDir);
  } finally {
    if (staging !== undefined) await rm(staging, { recursive: true, force: true });
    await reading.close();
  }
}

const EMPTY: Schema = { tables: [], sequences: [], macros: [], indexes: [], types: [] };

/** A version before this one that can't be read must not keep anybody from exporting. */
async function compareToPrevious(
  context: Context,
  driver: Driver,
  previous: { readonly dir: string; readonly version: string } | undefined,
  request: ExportRequest & { readonly dir: string; readonly ours: HistoryTables },
  made: { readonly schema: Schema; readonly manifest: Manifest },
): Promise<{ changes: Change[]; uncompared?: MigrateError }> {
  // Nothing was lost, so the version's schema is the database's: no need to run it.
  if (!previous && made.manifest.warnings.length === 0) return { changes: diffSchemas(EMPTY, made.schema) };
  try {
    const schemaOf = async (dir: string, version: string) =>
      withoutHistory(await versionSchema(driver, dir, version, request), request.ours);
    const before = previous ? await schemaOf(previous.dir, previous.version) : EMPTY;
    // What the version holds, which is less than the database where the engine's export loses something.
    const after = await schemaOf(request.dir, request.version);
    return { changes: diffSchemas(before, after, decidedRenames(context, [], { schema: before }, { schema: after })) };
  } catch (error) {
    if (!MigrateError.is(error) || error.code === 'CANCELLED') throw error;
    return previous ? { changes: [], uncompared: error } : { changes: diffSchemas(EMPTY, made.schema) };
  }
}

function changelog(
  { manifest, schema }: { readonly manifest: Manifest; readonly schema: Schema },
  changes: readonly Change[],
  previous: string | undefined,
  uncompared: MigrateError | undefined,
): string {
  const { version, createdAt, rows, warnings } = manifest;
  const shown = new Set(schema.tables.map(tableName));
  const tables = manifest.tables.filter(({ name }) => shown.has(name));
  return changelogEntry({
    version,
    createdAt,
    ...(previous === undefined ? {} : { previous }),
    changes,
    tables: rows === null ? [] : tables.map(({ name, rows: count }) => ({ name, rows: count ?? 0 })),
    rows: tables.reduce((sum, { rows: count }) => sum + (count ?? 0), 0),
    // English, as the rest of the file: it travels with the version, not with its reader.
    warnings: [
      ...warnings.map((loss) => lossSentence(loss, english)),
      ...(uncompared
        ? [`Not compared with ${previous}: ${english(`error.${uncompared.code}`, uncompared.params)}`]
        : []),
    ],
  });
}

async function withProof(
  context: Context,
  driver: Driver,
  reading: Reading,
  request: ExportRequest,
  staging: string,
  made: Made,
): Promise<Made> {
  const { database, version, schemaOnly } = request;
  request.onProgress?.({ step: 'verify' });
  const { beside = [], storageVersion } = made.manifest;
  const unproven = { dir: staging, database, version, schemaOnly, beside, storageVersion };
  const proof = await prove(driver, reading.session, unproven, request);
  context.log(`${staging} proved to hold ${database.path}`);
  return { ...made, manifest: { ...made.manifest, verified: true, proof } };
}

interface Made {
  readonly schema: Schema;
  readonly manifest: Manifest;
}

async function fillStaging(
  context: Context,
  driver: Driver,
  reading: Reading,
  request: ExportRequest,
  staging: string,
): Promise<Made> {
  const { session } = reading;
  const running = request.signal ? { signal: request.signal } : {};
  const options = { format: request.format, schemaOnly: request.schemaOnly, ...running };
  request.onProgress?.({ step: 'schema' });
  const schema = await driver.introspect(session, running);
  request.onProgress?.({ step: 'probe' });
  const warnings = await driver.findLosses(session, options);
  const blocking = warnings.filter(({ severity }) => severity === 'blocked');
  if (blocking.length > 0) {
    const reasons = blocking.map(({ code, object }) => `${object} (${code})`).join(', ');
    throw new MigrateError('EXPORT_BLOCKED', { database: request.database.name, reasons }, { losses: blocking });
  }
  const rows = request.schemaOnly
    ? schema.tables.map(() => null)
    : await driver.countRows(session, schema.tables, running);
  const { files, beside } = await runExport(driver, session, request, staging, schema);
  const manifest: Manifest = {
    format: 1,
    tool: `kuzu-migrate ${TOOL_VERSION}`,
    version: request.version,
    createdAt: new Date().toISOString(),
    engine: driver.engine,
    engineVersion: driver.engineVersion,
    storageVersion: (await detectFile(request.database.path))?.storageVersion ?? driver.storageVersion,
    dataFormat: request.schemaOnly ? null : request.format,
    database: request.database.name,
    ...(reading.fromCopy ? { readFromCopy: reading.fromCopy } : {}),
    tables: schema.tables.map((table, at) => ({ name: tableName(table), kind: table.kind, rows: rows[at] ?? null })),
    rows: request.schemaOnly ? null : rows.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    files,
    originals: await readOriginals(staging, files),
    warnings,
    ...(beside.length === 0 ? {} : { beside }),
    verified: false,
  };
  context.log(`exported ${request.database.path} to ${staging}: ${files.length} files, ${manifest.bytes} bytes`);
  return { schema, manifest };
}

async function runExport(driver: Driver, session: Session, request: ExportRequest, staging: string, schema: Schema) {
  const total = schema.tables.length;
  let done = 0;
  const report = (object?: string): Progress => ({
    step: 'export',
    total,
    done: Math.min(done++, total),
    ...(object ? { object } : {}),
  });
  request.onProgress?.(report());
  await mkdir(staging);
  const hasher = new FileHasher(staging, (file) => request.onProgress?.(report(file)));
  hasher.start();
  try {
    const { scripts, beside } = await driver.writeVersion(session, staging, { ...request });
    request.onProgress?.({ step: 'files' });
    for (const [name, text] of scripts) await writeSynced(path.join(staging, name), text);
    return { files: await hasher.finish(), beside };
  } catch (error) {
    await hasher.abandon();
    throw await explainFullDisk(exportError(error, request.database.name), path.dirname(staging));
  }
}

function exportError(error: unknown, database: string): unknown {
  if (!MigrateError.is(error, 'STATEMENT_FAILED')) return error;
  const { detail = '' } = error.params;
  return new MigrateError('EXPORT_FAILED', { database, detail }, { where: error.where, cause: error });
}

async function readOriginals(dir: string, files: readonly ManifestFile[]): Promise<Record<string, string>> {
  const scripts = files.filter(({ path: file }) => isScript(file));
  const texts = await Promise.all(scripts.map(({ path: file }) => readFile(path.join(dir, file), 'utf8')));
  return Object.fromEntries(scripts.map(({ path: file }, at) => [file, texts[at] ?? '']));
}

async function isThere(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}
