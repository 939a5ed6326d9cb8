import { createHash } from 'node:crypto';
import { MigrateError } from '../../core/errors';
import { compareIds, idKey, parseId } from '../../core/migration/id';
import type { MigrationFile } from '../../core/migration/types';
import type { EngineName, Schema } from '../../core/schema/model';
import { TOOL_VERSION } from '../../core/tool';
import { cacheFolder, readCache, writeCache } from '../../project/cache';
import type { Database } from '../../project/project';
import type { Context } from '../context';
import { openKinds } from '../migrate/kinds';
import { ShadowRun } from '../migrate/shadow-run';
import { readFiles } from '../migrate/situation';

/** Words of statements whose outcome may hang on files beside the scripts; one too many only costs a replay. */
const READS_FILES = /\b(copy|load|attach|import|read_\w+|glob|from\s+['"])/i;

/** Changes with what a schema holds: one that was kept before lacks the rest. */
const SCHEMA_FORMAT = 2;

export interface ReplayRequest {
  readonly engine: EngineName;
  readonly memoryMB?: number;
  readonly signal?: AbortSignal;
}

/**
 * The schema that the project's migrations make, one after the other, on an empty database.
 * @param to an id as the user wrote it, or a file's name; left out: all of them
 * @throws MigrateError MIGRATION_UNKNOWN, what is wrong with the files, and what the first one that fails fails with
 */
export async function schemaOfMigrations(
  context: Context,
  database: Database,
  to: string | undefined,
  request: { readonly signal?: AbortSignal } = {},
): Promise<Schema> {
  const kinds = await openKinds(context, context.driver(database.engine).dialect);
  await kinds.close();
  const { files, problems } = readFiles(context, database, kinds.extraEndings);
  const [problem] = problems;
  if (problem) throw problem;
  const memory = database.memoryMB === undefined ? {} : { memoryMB: database.memoryMB };
  return replay(context, upTo(files, to), { engine: database.engine, ...memory, ...request });
}

/** The schema that these migrations make of an empty database; read again from a cache while none of them changes. */
export async function replay(
  context: Context,
  files: readonly MigrationFile[],
  request: ReplayRequest,
): Promise<Schema> {
  const driver = context.driver(request.engine);
  // Code reads other files, which its checksum doesn't tell.
  const isPlain = files.every(
    ({ language, kind, upText }) => language === driver.dialect && kind === undefined && !READS_FILES.test(upText),
  );
  const folder = cacheFolder(process.env, process.platform);
  // By what it is made of alone, so that a commit and the files beside it share it.
  const { history } = context.project.historyTables;
  const hash = prefixHash(files, `${TOOL_VERSION} ${SCHEMA_FORMAT} ${driver.engineVersion} ${history}`);
  const key = { slot: `schema ${request.engine} ${hash}`, key: hash };
  const known = isPlain ? await readCache(folder, key) : undefined;
  if (known !== undefined) return known as Schema;
  const kinds = await openKinds(context, driver.dialect);
  try {
    const reader = { projectDir: context.project.dir, dialect: driver.dialect, kinds: kinds.all };
    const shadow = await ShadowRun.make(context, request.engine, reader, request);
    try {
      const failed = await shadow.migrations(files, 'up');
      if (failed) throw failed;
      const schema = await shadow.schema();
      if (isPlain) await writeCache(folder, key, schema, context.log);
      return schema;
    } finally {
      await shadow.close();
    }
  } finally {
    await kinds.close();
  }
}

/** @throws MigrateError MIGRATION_UNKNOWN */
export function upTo(files: readonly MigrationFile[], to: string | undefined): readonly MigrationFile[] {
  if (to === undefined) return files;
  const id = parseId(to);
  // `0` stands for before everything.
  const isKnown = id && (idKey(id) === '0' || files.some((file) => compareIds(file.id, id) === 0));
  if (!id || !isKnown) {
    throw new MigrateError('MIGRATION_UNKNOWN', { id: to, known: files.map(({ key }) => key).join(', ') || '-' });
  }
  return files.filter((file) => compareIds(file.id, id) <= 0);
}

function prefixHash(files: readonly MigrationFile[], made: string): string {
  const hash = createHash('sha256').update(made);
  // The text that runs: a history's checksum is what somebody wrote there.
  for (const { key, upText } of files) hash.update(`\n${key} ${Buffer.byteLength(upText)}\n`).update(upText);
  return hash.digest('hex');
}
