import { stat } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError, systemCode } from '../../core/errors';
import type { Project } from '../../project/project';
import { findVersion } from '../../project/versions';
import type { Source, SourceSchema } from '../../workflow/compare/source';
import { type Running, requireDatabase } from '../../workflow/context';
import type { Engines } from './engines';

/** A version or a database by its name, as it stands in the address of a document. */
export interface SchemaSource {
  readonly kind: 'version' | 'database';
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
    const source = await locate(project, wanted);
    const key = `${project.dir}\0${wanted.kind}\0${wanted.name}`;
    const stamp = await stampOf(source);
    const known = this.#known.get(key);
    if (known?.stamp === stamp) return known.schema;
    const context = await this.#engines.context(project);
    const { sourceSchema } = await this.#engines.workflows();
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

/** What a file or two of the disk tell the state of. */
type Located = Extract<Source, { readonly kind: 'database' | 'version' }>;

async function locate(project: Project, { kind, name }: SchemaSource): Promise<Located> {
  if (kind === 'database') return { kind, database: requireDatabase(project, name) };
  return { kind, stored: await findVersion(project.versionsDir, name) };
}

/** One text for the state of all files that a schema comes from. */
async function stampOf(source: Located): Promise<string> {
  const files =
    source.kind === 'version'
      ? ['schema.cypher', 'macro.cypher', 'index.cypher', 'schema.sql'].map((name) =>
          path.join(source.stored.dir, name),
        )
      : [source.database.path, `${source.database.path}.wal`];
  return (await Promise.all(files.map(fileStamp))).join('|');
}

async function fileStamp(file: string): Promise<string> {
  try {
    const { ino, size, mtimeNs } = await stat(file, { bigint: true });
    return `${ino}:${size}:${mtimeNs}`;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return '';
    if (systemCode(error) === 'EACCES') throw new MigrateError('NO_PERMISSION', { path: file }, { cause: error });
    throw error;
  }
}
