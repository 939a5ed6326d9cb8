import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Dialect } from '../../core/dialect/dialect';
import { MigrateError, systemCode } from '../../core/errors';
import { withoutHistory } from '../../core/migration/hide';
import { ddlError, isMade, orderFolder } from '../../core/schema/build/build';
import type { Schema } from '../../core/schema/model';
import { detectFile, requireKuzuFile } from '../../engine/detect';
import { type SourceStatement, shadowSchema } from '../../engine/shadow';
import { namesIn } from '../../project/contents';
import { readDdl } from '../../project/ddl-files';
import { fileError } from '../../project/file-error';
import { shownPath } from '../../project/inside';
import type { Database } from '../../project/project';
import { listVersions, readVersion, type StoredVersion } from '../../project/versions';
import { type Context, type Running, requireDatabase } from '../context';
import { desiredStatements } from '../desired';
import { openForReading, type ReadFromCopy } from '../reading';
import { dialectOfFile, requireSchemaOnly, statementsOf, versionSchema } from '../version-source';
import { withGitTree } from './git-source';
import { schemaOfMigrations } from './replay';

/** Where a schema comes from. */
export type Source =
  | { readonly kind: 'database'; readonly database: Database }
  | { readonly kind: 'version'; readonly stored: StoredVersion }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'dir'; readonly path: string }
  /** The schema that the project wants, from its folder of DDL. */
  | { readonly kind: 'desired' }
  /** All migrations of the project, or those up to an id, on an empty database. */
  | { readonly kind: 'migrations'; readonly to?: string }
  /** As a commit has them: the desired schema, or the migrations where there is none, or what is at a path. */
  | { readonly kind: 'git'; readonly ref: string; readonly path?: string };

export interface SourceSchema {
  /** What to call it in a comparison. */
  readonly label: string;
  readonly schema: Schema;
  /** Where its data is at hand. */
  readonly database?: Database;
  readonly fromCopy?: ReadFromCopy;
  /** Of a state that migrations make: up to which id, or all of them. */
  readonly migrations?: { readonly to?: string };
}

/**
 * `db[:NAME]`, `version:V`, `file:PATH`, `dir:PATH`, `migrations[@ID]`, `git:REF[:PATH]`; a plain word is a version, then a
 * database's name, then a path.
 * @throws MigrateError SOURCE_UNKNOWN, VERSION_NOT_FOUND, DATABASE_UNKNOWN
 */
export async function parseSource(context: Context, text: string): Promise<Source> {
  const { project } = context;
  const [, scheme, rest] = /^(db|version|file|dir)(?::(.*))?$/s.exec(text) ?? [];
  if (scheme === 'db') return { kind: 'database', database: requireDatabase(project, rest || undefined) };
  if ((scheme === 'file' || scheme === 'dir') && rest) {
    const place = path.resolve(project.dir, rest);
    if (!(await statOf(place))) throw new MigrateError('SOURCE_UNKNOWN', { source: text });
    return { kind: scheme, path: place };
  }
  const [, to, isMigrations] = /^migrations(?:@(.+))?()$/s.exec(text) ?? [];
  if (isMigrations !== undefined) return { kind: 'migrations', ...(to === undefined ? {} : { to }) };
  // A ref holds no colon.
  const [, ref, at] = /^git:([^:]+)(?::(.*))?$/s.exec(text) ?? [];
  if (ref !== undefined) return { kind: 'git', ref, ...(at ? { path: at } : {}) };
  const versions = await listVersions(project.versionsDir);
  const wanted = scheme === 'version' ? rest : text;
  const stored = versions.find(({ version }) => version === wanted);
  if (stored) return { kind: 'version', stored };
  if (scheme === 'version') {
    const known = versions.map(({ version }) => version).join(', ') || '-';
    throw new MigrateError('VERSION_NOT_FOUND', { version: rest ?? '', dir: project.versionsDir, known });
  }
  const database = project.databases.find(({ name }) => name === text);
  if (database) return { kind: 'database', database };
  const file = path.resolve(project.dir, text);
  const info = await statOf(file);
  if (info) return { kind: info.isDirectory() ? 'dir' : 'file', path: file };
  throw new MigrateError('SOURCE_UNKNOWN', { source: text });
}

async function statOf(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(systemCode(error) ?? '')) return undefined;
    throw fileError(error, file);
  }
}

/** Reads a source's schema; DDL is run in a shadow, so that the engine has the last word on what it means. */
export async function sourceSchema(context: Context, source: Source, running: Running = {}): Promise<SourceSchema> {
  switch (source.kind) {
    case 'database':
      return databaseSchema(context, source.database, source.database.name, running);
    case 'version': {
      const { dir, version, engine } = source.stored;
      const schema = await versionSchema(context.driver(engine), dir, version, running);
      return { label: version, schema: withoutHistory(schema, context.project.historyTables) };
    }
    case 'file': {
      const label = path.relative(context.project.dir, source.path);
      const kind = await detectFile(source.path);
      if (kind) {
        return databaseSchema(context, { ...plainDatabase(source.path), engine: kind.engine }, label, running);
      }
      if (!/\.(cypher|cql|ddl|sql)$/i.test(source.path)) await requireKuzuFile(source.path);
      const statements = await statementsOf(source.path).catch((error: unknown) => {
        throw fileError(error, source.path);
      });
      if (!statements) throw new MigrateError('SOURCE_UNKNOWN', { source: source.path });
      return { label, schema: await ddlSchema(context, statements, running) };
    }
    case 'dir': {
      const stored = await readVersion(path.basename(source.path), source.path).catch((error: unknown) => {
        throw fileError(error, source.path);
      });
      const label = path.relative(context.project.dir, source.path) || stored.version;
      const statements = await ddlStatements(context, source.path);
      return { label, schema: await ddlSchema(context, statements, running) };
    }
    case 'desired': {
      const statements = await desiredStatements(context);
      return {
        label: shownPath(context.project.dir, context.project.ddlDir),
        schema: await ddlSchema(context, statements, running),
      };
    }
    case 'migrations': {
      const label = source.to === undefined ? 'migrations' : `migrations@${source.to}`;
      const signal = running.signal ? { signal: running.signal } : {};
      const schema = await schemaOfMigrations(context, requireDatabase(context.project), source.to, signal);
      return { label, schema, migrations: source.to === undefined ? {} : { to: source.to } };
    }
    case 'git':
      return withGitTree(context, source, (tree, found) => sourceSchema(tree, found, running)).then(({ schema }) => ({
        label: `git:${source.ref}${source.path ? `:${source.path}` : ''}`,
        schema,
      }));
  }
}

/** Files of statements come from anywhere: only what makes a schema runs, and on its own. */
async function ddlSchema(context: Context, statements: readonly SourceStatement[], running: Running): Promise<Schema> {
  requireSchemaOnly(statements);
  const isSql = statements.some(({ file }) => dialectOfFile(file) === 'sql');
  const driver = context.driver(isSql ? 'duckdb' : 'kuzu');
  const options = { enclosed: true, ...(running.signal ? { signal: running.signal } : {}) };
  // The folder of a version holds the history, too.
  return withoutHistory(await shadowSchema(driver, statements, options), context.project.historyTables);
}

function plainDatabase(file: string): Database {
  return { name: path.basename(file), path: file, engine: 'kuzu', protected: false, readOnly: true };
}

async function databaseSchema(
  context: Context,
  database: Database,
  label: string,
  running: Running,
): Promise<SourceSchema> {
  const driver = context.driver(database.engine);
  const reading = await openForReading(driver, database);
  try {
    const found = await driver.introspect(reading.session, running.signal ? { signal: running.signal } : {});
    const schema = withoutHistory(found, context.project.historyTables);
    return { label, schema, database, ...(reading.fromCopy ? { fromCopy: reading.fromCopy } : {}) };
  } finally {
    await reading.close();
  }
}

/** `EXPORT DATABASE` of DuckDB writes both files, and so do we. */
async function isSqlExport(dir: string): Promise<boolean> {
  const names = await namesIn(dir);
  return names.includes('schema.sql') && ['load.sql', 'manifest.json'].some((name) => names.includes(name));
}

/** A version's folder in its own order; that of the project's DDL as it is wanted; any other folder's files in the order of their needs. */
async function ddlStatements(context: Context, dir: string): Promise<readonly SourceStatement[]> {
  if (dir === context.project.ddlDir) return desiredStatements(context);
  const whole = await statementsOf(path.join(dir, 'schema.cypher'));
  if (whole) {
    const more = await Promise.all(['macro.cypher', 'index.cypher'].map((name) => statementsOf(path.join(dir, name))));
    return [...whole, ...more.flatMap((list) => list ?? [])];
  }
  if (await isSqlExport(dir)) return (await statementsOf(path.join(dir, 'schema.sql'))) ?? [];
  const read = (dialect: Dialect) => readDdl(dir, { dir: context.project.dir, roots: [dir], dialect });
  const cypher = read('cypher');
  const { files, problems } = cypher.files.length + cypher.problems.length > 0 ? cypher : read('sql');
  if (problems.length > 0) throw ddlError(problems);
  if (files.length === 0) throw new MigrateError('SOURCE_NO_SCHEMA', { path: dir });
  // What was built of the others says the same once more.
  const written = files.filter(({ text }) => !isMade(text));
  const sources = written.length > 0 ? written : files;
  return orderFolder(sources.map((one) => ({ ...one, file: path.resolve(context.project.dir, one.file) })));
}
