import { createHash } from 'node:crypto';
import path from 'node:path';
import { MigrateError } from '../../../core/errors';
import { idKey } from '../../../core/migration/id';
import { type DownForm, initialFileName, initialScript } from '../../../core/migration/initial';
import { parseFileName } from '../../../core/migration/name';
import type { MigrationFile } from '../../../core/migration/types';
import { changeRows } from '../../../core/report/changes';
import { diffSchemas } from '../../../core/schema/diff';
import { dropsOf } from '../../../core/schema/drop';
import type { Schema } from '../../../core/schema/model';
import { printSchema } from '../../../core/schema/print';
import { english } from '../../../core/text/english';
import { shownPath } from '../../../project/inside';
import type { Context } from '../../context';
import type { BaselineRequest } from '../baseline';
import { isDialect } from '../checksum';
import type { FileReader } from '../read-file';
import { ShadowRun } from '../shadow-run';
import type { Note } from '../types';

/** How many differences a message names. */
const MOST = 5;

export interface Generated {
  readonly file: MigrationFile;
  /** Absolute. */
  readonly absolute: string;
  readonly notes: readonly Note[];
}

/**
 * The first migration of a database from its schema, proven on a shadow: it runs, what it makes is the same schema, and
 * its way down leaves nothing. Writes nothing into the project.
 * @throws MigrateError BASELINE_DIFFERS with what differs, BASELINE_IMPOSSIBLE for an empty database
 */
export async function generateInitial(
  context: Context,
  request: BaselineRequest & { readonly name?: string },
  schema: Schema,
  files: readonly MigrationFile[],
  reader: FileReader,
): Promise<Generated> {
  const { project } = context;
  if (printSchema(schema) === '') throw new MigrateError('BASELINE_IMPOSSIBLE', { detail: '@baseline.empty' });
  const ids = files.map(({ id }) => id);
  const name = initialFileName(ids, request.name ?? 'initial', request.now ?? new Date(), reader.dialect);
  const absolute = path.join(project.migrationsDir, name);
  const notes: Note[] = [];
  for (const form of ['transaction', 'single', 'none'] as const) {
    const file = fileOf(context, absolute, schema, form);
    const problem = await prove(context, request, schema, file, form, reader);
    if (!problem) return { file, absolute, notes };
    // The other form of a way down may run; the last one has none.
    notes.splice(0, notes.length, { key: 'baseline.noDown', params: { detail: problem } });
  }
  throw new TypeError('a migration without a way down has nothing that could fail on it');
}

function fileOf({ project }: Context, absolute: string, schema: Schema, form: DownForm): MigrationFile {
  const base = path.basename(absolute);
  const named = parseFileName(base);
  if (!named || 'bad' in named || !isDialect(named.language)) throw new TypeError(`${base} is no script`);
  const upText = initialScript(schema, `Migration ${base}`, form);
  const checksum = createHash('sha256').update(upText).digest('hex');
  const { id, name, language } = named;
  return { id, key: idKey(id), name, language, file: shownPath(project.dir, absolute), upText, checksum };
}

/**
 * @returns what is wrong with the way down
 * @throws MigrateError BASELINE_DIFFERS for the way up
 */
async function prove(
  context: Context,
  request: BaselineRequest,
  schema: Schema,
  file: MigrationFile,
  form: DownForm,
  reader: FileReader,
): Promise<string | undefined> {
  const { database, signal } = request;
  const memory = database.memoryMB === undefined ? {} : { memoryMB: database.memoryMB };
  const shadow = await ShadowRun.make(context, database.engine, reader, { ...memory, ...(signal ? { signal } : {}) });
  try {
    const failed = await runOne(shadow, file, 'up');
    if (failed) throw new MigrateError('BASELINE_DIFFERS', { detail: failed.message }, { cause: failed.cause });
    const made = await shadow.schema();
    const changes = changeRows(diffSchemas(schema, made));
    if (changes.length > 0) throw new MigrateError('BASELINE_DIFFERS', { detail: listed(changes.map(rowText)) });
    if (form === 'none') return undefined;
    const stuck = await runOne(shadow, file, 'down');
    if (stuck) return stuck.message;
    const unexpected = dropsOf(await shadow.schema()).statements;
    return unexpected.length > 0 ? listed(unexpected) : undefined;
  } finally {
    await shadow.close();
  }
}

function rowText({ kind, object, text }: { readonly kind: string; readonly object: string; readonly text: string }) {
  return `${kind} ${object}: ${text}`;
}

function listed(texts: readonly string[]): string {
  const more = texts.length > MOST ? `; +${texts.length - MOST}` : '';
  return `${texts.slice(0, MOST).join('; ')}${more}`;
}

async function runOne(
  shadow: ShadowRun,
  file: MigrationFile,
  direction: 'up' | 'down',
): Promise<{ readonly message: string; readonly cause: unknown } | undefined> {
  try {
    const error = await shadow.migrations([file], direction);
    return error && told(error);
  } catch (error) {
    if (!MigrateError.is(error) || error.code === 'CANCELLED') throw error;
    return told(error);
  }
}

function told(error: MigrateError): { readonly message: string; readonly cause: unknown } {
  return { message: english(`error.${error.code}`, error.params), cause: error };
}
