import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError, systemCode } from '../../core/errors';
import { listScripts } from '../../project/contents';
import { fileError } from '../../project/file-error';
import type { Project } from '../../project/project';
import { findVersion } from '../../project/versions';
import type { Source, SourceSchema } from '../../workflow/compare/source';
import { type Running, requireDatabase } from '../../workflow/context';
import type { Engines } from './engines';

/**
 * Where a schema comes from, as it stands in the address of a document: a version or a database by its name, the desired
 * schema by that of its folder, or any other source as the command line takes it, such as `migrations@3` or `git:main`.
 */
export interface SchemaSource {
  readonly kind: 'version' | 'database' | 'desired' | 'source';
  readonly name: string;
}

interface Known {
  readonly stamp: string;
  readonly schema: Promise<SourceSchema>;
}

/** More than a person looks at, and small: a schema is a few kilobytes. */
const CAPACITY = 64;

/** Schemas as read last, for as long as the files they come from stay the same. */
export class Schemas {
  readonly #engines: Engines;
  readonly #known = new Map<string, Known>();

  constructor(engines: Engines) {
    this.#engines = engines;
  }

  async get(project: Project, wanted: SchemaSource, running: Running = {}): Promise<SourceSchema> {
    const context = await this.#engines.context(project);
    const { commitOf, parseSource, sourceSchema } = await this.#engines.workflows();
    const source = wanted.kind === 'source' ? await parseSource(context, wanted.name) : await locate(project, wanted);
    const key = `${project.dir}\0${wanted.kind}\0${wanted.name}`;
    const stamp =
      source.kind === 'git' ? await commitOf(project.dir, source.ref) : (await filesOf(project, source)).join('|');
    const known = this.#known.get(key);
    if (known?.stamp === stamp) return known.schema;
    const schema = sourceSchema(context, source, running);
    this.#remember(key, { stamp, schema });
    schema.catch(() => {
      if (this.#known.get(key)?.schema === schema) this.#known.delete(key);
    });
    return schema;
  }

  #remember(key: string, known: Known): void {
    this.#known.delete(key);
    this.#known.set(key, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > CAPACITY && oldest !== undefined) this.#known.delete(oldest);
  }
}

async function locate(project: Project, { kind, name }: SchemaSource): Promise<Source> {
  if (kind === 'desired') return { kind };
  if (kind === 'database') return { kind, database: requireDatabase(project, name) };
  return { kind: 'version', stored: await findVersion(project.versionsDir, name) };
}

/** The state of all files that a schema comes from. */
async function filesOf(project: Project, source: Exclude<Source, { readonly kind: 'git' }>): Promise<string[]> {
  const engine = project.defaultDatabase?.engine ?? '';
  switch (source.kind) {
    case 'version':
      return stampsOf(
        ['schema.cypher', 'macro.cypher', 'index.cypher', 'schema.sql'].map((name) =>
          path.join(source.stored.dir, name),
        ),
      );
    case 'database':
      return stampsOf([source.database.path, `${source.database.path}.wal`]);
    case 'file':
      return stampsOf([source.path, `${source.path}.wal`]);
    case 'dir':
      return stampsOf(await scriptsBelow(source.path));
    case 'desired':
      return [engine, ...(await stampsOf(await scriptsBelow(project.ddlDir)))];
    case 'migrations': {
      const names = await listScripts(project.migrationsDir);
      return [engine, ...names, ...(await stampsOf(names.map((name) => path.join(project.migrationsDir, name))))];
    }
  }
}

async function scriptsBelow(dir: string): Promise<string[]> {
  const names = await readdir(dir, { recursive: true }).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw fileError(error, dir);
  });
  return names.filter((name) => /\.(cypher|sql)$/i.test(name)).map((name) => path.join(dir, name));
}

async function stampsOf(files: readonly string[]): Promise<string[]> {
  return Promise.all(files.map(async (file) => `${file}:${await fileStamp(file)}`));
}

/** Changes whenever the file does; empty where there is none. */
export async function fileStamp(file: string): Promise<string> {
  try {
    const { ino, size, mtimeNs } = await stat(file, { bigint: true });
    return `${ino}:${size}:${mtimeNs}`;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return '';
    if (systemCode(error) === 'EACCES') throw new MigrateError('NO_PERMISSION', { path: file }, { cause: error });
    throw error;
  }
}
