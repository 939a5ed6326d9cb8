import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError, systemCode } from '../core/errors';
import type { EngineName } from '../core/schema/model';
import { CONFIG_FILE, type Config, expandEnv, historyTables, parseConfig } from './config';
import { holdsScripts, holdsVersions } from './contents';
import { isInside } from './inside';
import type { Database, Project } from './project';

export interface ProjectRequest {
  readonly dir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What `--db` and KUZU_DB_PATH are relative to, as a shell's user expects; the project when left out. */
  readonly cwd?: string;
  /** `--db`: a name of the project or a path. */
  readonly database?: string;
  readonly engine?: EngineName;
  readonly ddl?: string;
  /** Tells the engine of a database file by its header. */
  readonly detect: Detect;
}

export type Detect = (file: string) => Promise<{ readonly engine: EngineName } | undefined>;

/** How deep and how wide the search for database files goes in a project without a configuration. */
const DEPTH = 2;
const ENTRIES = 2000;

/**
 * Reads `kuzu-migrate.json`, or finds out what a folder holds: `ddl/`, `migrations/`, database files by their header.
 * Writes nothing. `KUZU_DB_PATH` and `KUZU_DDL_DIR` fill in for `--db` and `--ddl`.
 * @throws MigrateError CONFIG_INVALID, CONFIG_ENV_MISSING, DATABASE_UNKNOWN, PATH_OUTSIDE_PROJECT
 */
export async function loadProject(request: ProjectRequest): Promise<Project> {
  const dir = path.resolve(request.dir);
  if (!(await exists(dir))) throw new MigrateError('CONFIG_NOT_FOUND', { dir });
  const configFile = path.join(dir, CONFIG_FILE);
  const source = await readOrNothing(configFile);
  const config: Config =
    source === undefined ? { databases: {} } : parseConfig(source.replace(/^\uFEFF/, ''), configFile);
  const expand = (value: string) => path.resolve(dir, expandEnv(value, request.env, configFile));
  const configured = await Promise.all(
    Object.entries(config.databases).map(async ([name, entry]) => {
      const file = expand(entry.path);
      const engine = entry.engine ?? request.engine ?? (await request.detect(file))?.engine ?? config.engine ?? 'kuzu';
      return database(name, file, engine, entry);
    }),
  );
  const found = source === undefined ? await findDatabases(dir, request.detect) : [];
  const all = [...configured, ...found];
  const wanted = request.database ?? request.env.KUZU_DB_PATH;
  const named = wanted === undefined ? undefined : await choose(wanted, all, request);
  const chosen = named && request.engine !== undefined ? { ...named, engine: request.engine } : named;
  const first = all.find(({ name }) => name === config.default) ?? all[0];
  const places = await findPlaces(dir, config, request, expand);
  return {
    dir,
    ...(source === undefined ? {} : { configFile }),
    databases: all,
    ...(first ? { defaultDatabase: first } : {}),
    ...(chosen ? { chosenDatabase: chosen } : {}),
    ...places,
    keepBackups: config.backups?.keep ?? 10,
    backupBefore: config.backupBefore ?? 'risky',
    historyTables: historyTables(config),
    plugins: await findPlugins(dir, config, expand),
  };
}

function database(name: string, file: string, engine: EngineName, entry: Partial<Database> = {}): Database {
  return {
    name,
    path: file,
    engine,
    protected: entry.protected ?? false,
    readOnly: entry.readOnly ?? false,
    ...(entry.memoryMB === undefined ? {} : { memoryMB: entry.memoryMB }),
  };
}

async function choose(wanted: string, all: readonly Database[], request: ProjectRequest): Promise<Database> {
  const byName = all.find(({ name }) => name === wanted);
  if (byName) return byName;
  const file = path.resolve(request.cwd ?? request.dir, wanted);
  const real = (await realOrNothing(file)) ?? file;
  // The same file by another path is the same database, with its guards.
  const reals = await Promise.all(all.map(async (one) => (await realOrNothing(one.path)) ?? one.path));
  const byPath = all[reals.indexOf(real)];
  if (byPath) return byPath;
  // A word that is neither a name nor looks like a path is a mistyped name, not a file to make.
  if (!/[./\\]/.test(wanted) && !(await exists(file))) {
    throw new MigrateError('DATABASE_UNKNOWN', { name: wanted, known: all.map(({ name }) => name).join(', ') || '-' });
  }
  return database(path.basename(file), file, request.engine ?? (await request.detect(file))?.engine ?? 'kuzu');
}

async function findPlaces(dir: string, config: Config, request: ProjectRequest, expand: (value: string) => string) {
  const askedDdl = request.ddl ?? request.env.KUZU_DDL_DIR;
  const ddlDir = askedDdl === undefined ? expand(config.ddl ?? 'ddl') : path.resolve(request.cwd ?? dir, askedDdl);
  const migrations = path.join(dir, 'migrations');
  const inDdl = path.join(ddlDir, 'migrations');
  const snapshots = path.join(ddlDir, 'snapshots');
  const migrationsDir =
    config.migrations !== undefined
      ? expand(config.migrations)
      : !(await holdsScripts(migrations)) && (await holdsScripts(inDdl))
        ? inDdl
        : migrations;
  const versionsDir =
    config.versions !== undefined
      ? expand(config.versions)
      : !(await holdsVersions(migrations)) && (await holdsVersions(snapshots))
        ? snapshots
        : migrations;
  const backupsDir = expand(config.backups?.dir ?? 'backups');
  for (const place of [migrationsDir, versionsDir, ddlDir, backupsDir]) await staysInside(dir, place);
  return { migrationsDir, versionsDir, ddlDir, backupsDir };
}

/** Plugins are code that runs with the user's rights: only what was checked out with the project is taken. */
async function findPlugins(dir: string, config: Config, expand: (value: string) => string): Promise<string[]> {
  const plugins = (config.plugins ?? []).map(expand);
  for (const plugin of plugins) {
    if (!isInside(dir, plugin)) throw new MigrateError('PATH_OUTSIDE_PROJECT', { path: plugin });
    await staysInside(dir, plugin);
  }
  return plugins;
}

/** A link must not lead us out of the folder that its path is in; a configured path outside is the user's own choice. */
async function staysInside(dir: string, place: string): Promise<void> {
  if (!isInside(dir, place)) return;
  const real = await realOrNothing(place);
  if (real === undefined) return;
  if (!isInside(await realpath(dir), real)) throw new MigrateError('PATH_OUTSIDE_PROJECT', { path: place });
}

async function findDatabases(dir: string, detect: Detect): Promise<Database[]> {
  const files: { readonly file: string; readonly engine: EngineName }[] = [];
  let seen = 0;
  const search = async (folder: string, depth: number): Promise<void> => {
    for (const entry of await entriesOf(folder)) {
      if (++seen > ENTRIES) return;
      const file = path.join(folder, entry.name);
      if (entry.isDirectory() && depth > 0 && !/^\.|^(node_modules|backups|dist|out)$/.test(entry.name)) {
        if (!(await holdsVersions(file))) await search(file, depth - 1);
      } else if (entry.isFile()) {
        const engine = (await detect(file))?.engine;
        if (engine && !/\.(wal|shadow|tmp)$|\.migrate\./.test(entry.name)) files.push({ file, engine });
      }
    }
  };
  await search(dir, DEPTH);
  const names = files.map(({ file }) => path.basename(file).replace(/\.[^.]+$/, '') || path.basename(file));
  return files.map(({ file, engine }, at) => {
    const name = names[at] ?? file;
    return database(names.indexOf(name) === at ? name : path.relative(dir, file), file, engine);
  });
}

async function entriesOf(folder: string) {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (['ENOENT', 'EACCES', 'ENOTDIR'].includes(systemCode(error) ?? '')) return [];
    throw error;
  }
}

async function readOrNothing(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

async function realOrNothing(file: string): Promise<string | undefined> {
  try {
    return await realpath(file);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
