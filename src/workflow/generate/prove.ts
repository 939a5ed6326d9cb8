import { createHash } from 'node:crypto';
import { MigrateError } from '../../core/errors';
import { idKey } from '../../core/migration/id';
import { parseFileName } from '../../core/migration/name';
import type { NewFile } from '../../core/migration/template';
import type { MigrationFile } from '../../core/migration/types';
import { changeRows } from '../../core/report/changes';
import { diffSchemas } from '../../core/schema/diff';
import type { Schema } from '../../core/schema/model';
import { printSchema } from '../../core/schema/print';
import { scan } from '../../core/script/scan';
import { english } from '../../core/text/english';
import type { Database } from '../../project/project';
import type { Context, Running } from '../context';
import { isDialect } from '../migrate/checksum';
import { openKinds } from '../migrate/kinds';
import { ShadowRun } from '../migrate/shadow-run';

/** How many differences a message names. */
const MOST = 5;

/** What a statement that should not have been planned fails with. */
const OF_THE_PLAN: ReadonlySet<string> = new Set([
  'STATEMENT_FAILED',
  'STATEMENT_DANGEROUS',
  'STATEMENT_NOT_TRANSACTIONAL',
  'COMMIT_FAILED',
  'ENGINE_CRASHED',
  'SCRIPT_INVALID',
  'MIGRATION_IRREVERSIBLE',
]);

export interface Proof {
  readonly database: Pick<Database, 'engine' | 'path' | 'memoryMB'>;
  readonly before: Schema;
  readonly after: Schema;
  readonly files: readonly NewFile[];
  /** Whether the way down says itself that it does not lead back exactly. */
  readonly oneWay: boolean;
}

/**
 * Runs the files of a migration on a throw-away database as `up` and `down` do: up has to give the target exactly, down
 * the source.
 * @throws MigrateError GENERATE_DIFFERS with what differs; NAME_AMBIGUOUS where a schema is called like the database
 */
export async function prove(context: Context, proof: Proof, running: Running = {}): Promise<void> {
  const { engine, path: like, memoryMB } = proof.database;
  const driver = context.driver(engine);
  const kinds = await openKinds(context, driver.dialect);
  const reader = { projectDir: context.project.dir, dialect: driver.dialect, kinds: kinds.all };
  const memory = memoryMB === undefined ? {} : { memoryMB };
  const signal = running.signal ? { signal: running.signal } : {};
  try {
    const shadow = await ShadowRun.make(context, engine, reader, { like, ...memory, ...signal });
    try {
      const text = printSchema(proof.before);
      await shadow.statements(scan(text, driver.dialect).map((one) => ({ ...one, file: `schema.${driver.dialect}` })));
      const file = fileOfScripts(proof.files);
      await go(shadow, file, 'up', proof.after);
      // One that says itself that it doesn't lead back exactly has to run all the same.
      await go(shadow, file, 'down', proof.oneWay ? undefined : proof.before);
    } finally {
      await shadow.close();
    }
  } finally {
    await kinds.close();
  }
}

async function go(
  shadow: ShadowRun,
  file: MigrationFile,
  way: 'up' | 'down',
  target: Schema | undefined,
): Promise<void> {
  const failed = await shadow.migrations([file], way).catch((error: unknown) => {
    if (!MigrateError.is(error)) throw error;
    return error;
  });
  // A full disk, say, is no fault of the plan.
  if (failed && !OF_THE_PLAN.has(failed.code)) throw failed;
  if (failed) {
    const { line, statement = '' } = failed.where;
    const detail = `${way}: ${english(`error.${failed.code}`, failed.params)} ${statement}`;
    const where = { file: file.file, ...(line === undefined ? {} : { line }) };
    throw new MigrateError('GENERATE_DIFFERS', { detail }, { where, cause: failed });
  }
  if (target === undefined) return;
  const rows = changeRows(diffSchemas(target, await shadow.schema()));
  if (rows.length === 0) return;
  const listed = rows.slice(0, MOST).map(({ kind, object, text }) => `${kind} ${object}: ${text}`);
  const more = rows.length > MOST ? `; +${rows.length - MOST}` : '';
  throw new MigrateError('GENERATE_DIFFERS', { detail: `${way}: ${listed.join('; ')}${more}` });
}

/** The new files as one migration of a project. */
export function fileOfScripts(files: readonly NewFile[]): MigrationFile {
  const [first, second] = files;
  const named = first && parseFileName(first.name);
  if (!first || !named || 'bad' in named || !isDialect(named.language)) throw new TypeError('no script was generated');
  const { id, name, language } = named;
  const hash = createHash('sha256');
  for (const { text } of files) hash.update(text);
  return {
    id,
    key: idKey(id),
    name,
    language,
    file: first.name,
    upText: first.text,
    ...(second ? { down: { file: second.name, text: second.text } } : {}),
    checksum: hash.digest('hex'),
  };
}
