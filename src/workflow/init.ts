import path from 'node:path';
import { MigrateError, systemCode } from '../core/errors';
import type { EngineName } from '../core/schema/model';
import { CONFIG_FILE } from '../project/config';
import { createFileDurable, mkdirDurable } from '../project/durable';
import { fileError } from '../project/file-error';
import type { Project } from '../project/project';

/**
 * Writes `kuzu-migrate.json` for what was discovered in a folder; a first database is named where there is none yet.
 * @returns the path of the file. @throws MigrateError CONFIG_EXISTS, NO_PERMISSION
 */
export async function initProject(
  project: Project,
  options: { database?: string; engine?: EngineName } = {},
): Promise<string> {
  const file = path.join(project.dir, CONFIG_FILE);
  if (project.configFile !== undefined) throw new MigrateError('CONFIG_EXISTS', { file });
  const engine = options.engine ?? engineByName(options.database) ?? project.defaultDatabase?.engine ?? 'kuzu';
  const found = project.databases.map(
    ({ name, path: where }) => [name, { path: relative(project.dir, where) }] as const,
  );
  const databases: Record<string, { path: string }> =
    options.database !== undefined
      ? { dev: { path: relative(project.dir, path.resolve(project.dir, options.database)) } }
      : found.length > 0
        ? Object.fromEntries(found)
        : { dev: { path: engine === 'duckdb' ? 'data/app.duckdb' : 'data/app.kuzu' } };
  const config = {
    engine,
    default: Object.keys(databases)[0],
    databases,
    migrations: relative(project.dir, project.migrationsDir),
    versions: relative(project.dir, project.versionsDir),
    backups: { dir: relative(project.dir, project.backupsDir), keep: project.keepBackups },
  };
  try {
    await mkdirDurable(project.migrationsDir);
    await createFileDurable(file, `${JSON.stringify(config, null, 2)}\n`);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw new MigrateError('CONFIG_EXISTS', { file }, { cause: error });
    throw fileError(error, file);
  }
  return file;
}

/** Forward slashes on every system: the file is shared. */
function relative(dir: string, file: string): string {
  const inside = path.relative(dir, file);
  return (inside.startsWith('..') ? file : inside).split(path.sep).join('/');
}

/** What the ending of a file that is not there yet says. */
function engineByName(database: string | undefined): EngineName | undefined {
  const ending = path.extname(database ?? '').toLowerCase();
  if (ending === '.duckdb' || ending === '.ddb') return 'duckdb';
  return ending === '.kuzu' ? 'kuzu' : undefined;
}
