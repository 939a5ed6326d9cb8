import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError, systemCode } from '../../core/errors';
import type { EngineName } from '../../core/schema/model';
import { detectFile } from '../../engine/detect';
import { CONFIG_FILE } from '../../project/config';
import { listDdlFolders, listScripts } from '../../project/contents';
import { loadProject } from '../../project/discovery';
import type { Database, Project } from '../../project/project';
import { listProjectVersions, type VersionList } from '../../workflow/list';

export interface DatabaseFile {
  readonly database: Database;
  /** Size of the file; absent where there is none yet. */
  readonly bytes?: number;
}

export interface LoadedProject {
  readonly kind: 'loaded';
  readonly dir: string;
  /** What to call it where there are several. */
  readonly name: string;
  readonly project: Project;
  readonly databases: readonly DatabaseFile[];
  readonly list: VersionList;
  /** Names of the migration scripts. */
  readonly scripts: readonly string[];
  /** Folders that hold files of the desired schema. */
  readonly ddl: readonly string[];
}

/** A project whose configuration can't be read. */
export interface BrokenProject {
  readonly kind: 'broken';
  readonly dir: string;
  readonly name: string;
  readonly error: MigrateError;
}

export type ProjectState = LoadedProject | BrokenProject;

/**
 * Reads what a folder holds, without an engine. Undefined where nothing of it is ours: `migrations/` is a common name,
 * so that scripts count only as `.cypher`.
 */
export async function readProjectState(dir: string, name: string): Promise<ProjectState | undefined> {
  try {
    const project = await loadProject({ dir, env: await environment(dir), detect: detectFile });
    const list = await listProjectVersions({ project });
    const scripts = await listScripts(project.migrationsDir);
    const ddl = await listDdlFolders(project.ddlDir);
    const isOurs =
      project.configFile !== undefined ||
      project.databases.length > 0 ||
      list.versions.length > 0 ||
      scripts.some((script) => script.endsWith('.cypher'));
    if (!isOurs) return undefined;
    const databases = await Promise.all(project.databases.map(databaseFile));
    return { kind: 'loaded', dir: project.dir, name, project, databases, list, scripts, ddl };
  } catch (error) {
    if (!MigrateError.is(error)) throw error;
    return { kind: 'broken', dir, name, error };
  }
}

/** Whether versions can be made of a database. */
export function hasVersions({ engine }: Database): boolean {
  return engine !== 'ladybug';
}

/** The one that a command takes where nobody chose. */
export function defaultDatabase({ project, databases }: LoadedProject): DatabaseFile | undefined {
  return databases.find(({ database }) => database === project.defaultDatabase);
}

/** In whose language a schema of the project is written. */
export function engineOf(
  { project }: LoadedProject,
  source?: { readonly kind: string; readonly name: string },
): EngineName {
  const named = source?.kind === 'database' ? project.databases.find(({ name }) => name === source.name) : undefined;
  return (named ?? project.defaultDatabase)?.engine ?? 'kuzu';
}

/** A variable that was set for the command line must not make every folder of every window a project. */
export async function environment(dir: string): Promise<Readonly<Record<string, string | undefined>>> {
  const { KUZU_DB_PATH, KUZU_DDL_DIR, ...rest } = process.env;
  const configured = await access(path.join(dir, CONFIG_FILE)).then(
    () => true,
    () => false,
  );
  return configured ? { ...rest, KUZU_DB_PATH, KUZU_DDL_DIR } : rest;
}

async function databaseFile(database: Database): Promise<DatabaseFile> {
  try {
    return { database, bytes: (await stat(database.path)).size };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(systemCode(error) ?? '')) return { database };
    throw error;
  }
}
