import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError, systemCode } from '../../core/errors';
import { withoutHistory } from '../../core/migration/hide';
import type { Schema } from '../../core/schema/model';
import { detectFile, requireKuzuFile } from '../../engine/detect';
import { type SourceStatement, shadowSchema } from '../../engine/shadow';
import { fileError } from '../../project/file-error';
import type { Database } from '../../project/project';
import { listVersions, readVersion, type StoredVersion } from '../../project/versions';
import { type Context, type Running, requireDatabase } from '../context';
import { openForReading, type ReadFromCopy } from '../reading';
import { dialectOfFile, requireSchemaOnly, statementsOf, versionSchema } from '../version-source';

/** Where a schema comes from. */
export type Source =
  | { readonly kind: 'database'; readonly database: Database }
  | { readonly kind: 'version'; readonly stored: StoredVersion }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'dir'; readonly path: string };

export interface SourceSchema {
  /** What to call it in a comparison. */
  readonly label: string;
  readonly schema: Schema;
  /** Where its data is at hand. */
  readonly database?: Database;
  readonly fromCopy?: ReadFromCopy;
}

/**
 * `db[:NAME]`, `version:V`, `file:PATH`, `dir:PATH`; a plain word is a version, then a database's name, then a path.
 * @throws MigrateError SOURCE_UNKNOWN, VERSION_NOT_FOUND, DATABASE_UNKNOWN
 */
export async function parseSource(context: Context, text: string): Promise<Source> {
  const { project } = context;
  const [, scheme, rest] = /^(db|version|file|dir)(?::(.*))?$/s.exec(text) ?? [];
  if (scheme === 'db') return { kind: 'database', database: requireDatabase(project, rest || undefined) };
  if (scheme === 'file' && rest) return { kind: 'file', path: path.resolve(project.dir, rest) };
  if (scheme === 'dir' && rest) return { kind: 'dir', path: path.resolve(project.dir, rest) };
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
  const info = await stat(file).catch((error: unknown) => {
    if (!['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(systemCode(error) ?? '')) throw fileError(error, file);
    return undefined;
  });
  if (info) return { kind: info.isDirectory() ? 'dir' : 'file', path: file };
  throw new MigrateError('SOURCE_UNKNOWN', { source: text });
}

/** Reads a source's schema; DDL is run in a shadow, so that the engine has the last word on what it means. */
export async function sourceSchema(context: Context, source: Source, running: Running = {}): Promise<SourceSchema> {
  switch (source.kind) {
    case 'database':
      return databaseSchema(context, source.database, source.database.name, running);
    case 'version': {
      const { dir, version } = source.stored;
      const schema = await versionSchema(context.driver('kuzu'), dir, version, running);
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
      const statements = await ddlStatements(source.path);
      return { label, schema: await ddlSchema(context, statements, running) };
    }
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

/** A version's folder in its own order; any other folder's `.cypher` files, tables of relationships last, or `.sql` files. */
async function ddlStatements(dir: string): Promise<SourceStatement[]> {
  const whole = await statementsOf(path.join(dir, 'schema.cypher'));
  if (whole) {
    const more = await Promise.all(['macro.cypher', 'index.cypher'].map((name) => statementsOf(path.join(dir, name))));
    return [...whole, ...more.flatMap((list) => list ?? [])];
  }
  const names = await readdir(dir, { recursive: true }).catch((error: unknown) => {
    throw fileError(error, dir);
  });
  const files = names.filter((name) => name.endsWith('.cypher')).sort();
  if (files.length === 0) files.push(...names.filter((name) => name.endsWith('.sql')).sort());
  if (files.length === 0) throw new MigrateError('SOURCE_NO_SCHEMA', { path: dir });
  const lists = await Promise.all(files.map((name) => statementsOf(path.join(dir, name))));
  const all = lists.flatMap((list) => list ?? []);
  const isRel = ({ text }: SourceStatement) => /^\s*CREATE\s+REL\s+TABLE/i.test(text);
  return [...all.filter((one) => !isRel(one)), ...all.filter(isRel)];
}
