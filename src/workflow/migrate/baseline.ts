import { MigrateError } from '../../core/errors';
import { withoutHistory } from '../../core/migration/hide';
import type { OtherTool } from '../../core/migration/other-tools';
import { isHalfDone } from '../../core/migration/state';
import type { History } from '../../core/migration/types';
import { unifiedDiff } from '../../core/report/unified';
import type { Database } from '../../project/project';
import type { Context, Running } from '../context';
import { openForReading } from '../reading';
import { type Adopted, adoptions } from './adopt';
import { type Generated, generateInitial } from './baseline/generate';
import { ofOtherTool, upToId } from './baseline/sources';
import { type Kinds, openKinds } from './kinds';
import { withLock } from './migrate';
import { findOther } from './other-history';
import type { FileReader } from './read-file';
import { recordChanges } from './record-changes';
import { type Files, isNewDatabase, readFiles } from './situation';
import type { ConfirmChanges, Note, PlannedChange } from './types';
import { writeAround } from './write-around';

/** Which migrations a database is said to have: up to an id, those of another tool's history, or one that is written. */
export type BaselineSource =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'generate'; readonly name?: string }
  | { readonly kind: 'from'; readonly tool: OtherTool };

export interface BaselineRequest extends Running {
  readonly database: Database;
  readonly source: BaselineSource;
  readonly lockTimeoutMs?: number;
  readonly now?: Date;
  /** Asked for a protected database only. */
  readonly confirm: ConfirmChanges;
  readonly onNote?: (note: Note) => void;
}

export interface BaselineResult {
  /** The rows that were written, by id. */
  readonly recorded: readonly { readonly id: string; readonly name: string; readonly file: string | null }[];
  /** Files that were written, relative to the project. */
  readonly files: readonly string[];
  readonly notes: readonly Note[];
}

/**
 * Adopts an existing database: records migrations as applied without running them.
 * @throws MigrateError DATABASE_MISSING, DATABASE_READ_ONLY, BASELINE_NOT_EMPTY, BASELINE_DIFFERS, BASELINE_IMPOSSIBLE,
 *   MIGRATION_UNKNOWN, and what is wrong with the files
 */
export async function baseline(context: Context, request: BaselineRequest): Promise<BaselineResult> {
  const { database } = request;
  if (database.readOnly) throw new MigrateError('DATABASE_READ_ONLY', { name: database.name });
  if (await isNewDatabase(database.path)) throw new MigrateError('DATABASE_MISSING', { path: database.path });
  return withLock(context, { ...request, action: 'baseline' }, async (notes) => {
    const kinds = await openKinds(context, context.driver(database.engine).dialect);
    try {
      return await baselineLocked(context, request, kinds, notes);
    } finally {
      await kinds.close();
    }
  });
}

async function baselineLocked(
  context: Context,
  request: BaselineRequest,
  kinds: Kinds,
  notes: readonly Note[],
): Promise<BaselineResult> {
  const { database, signal } = request;
  const driver = context.driver(database.engine);
  const files = readFiles(context, database, kinds.extraEndings);
  const [problem] = files.problems;
  if (problem) throw problem;
  const reader = { projectDir: context.project.dir, dialect: driver.dialect, kinds: kinds.all };
  const { history, adopted, generated, more } = await sourceOf(context, request, files, reader);
  const changes = await adoptions(reader, adopted, driver.engineVersion);
  const question = { action: 'baseline' as const, database, changes: plannedOf(adopted, generated) };
  if (database.protected) await request.confirm(question);
  const recording = { history, changes, ...(signal ? { signal } : {}) };
  if (generated) {
    await writeAround(generated.file, generated.absolute, () => recordChanges(context, database, recording));
  } else await recordChanges(context, database, recording);
  return {
    recorded: adopted.map(({ key, name, file }) => ({ id: key, name, file: file?.file ?? null })),
    files: generated ? [generated.file.file] : [],
    notes: [...notes, ...more],
  };
}

interface Source {
  readonly history: History | undefined;
  readonly adopted: readonly Adopted[];
  readonly generated?: Generated;
  readonly more: readonly Note[];
}

/** All that is read of the database, before anything is written. */
async function sourceOf(
  context: Context,
  request: BaselineRequest,
  { files }: Files,
  reader: FileReader,
): Promise<Source> {
  const { project } = context;
  const { database, source, signal } = request;
  const driver = context.driver(database.engine);
  const options = signal ? { signal } : {};
  const reading = await openForReading(driver, database);
  try {
    const { session } = reading;
    const history = await driver.readHistory(session, project.historyTables, options);
    requireEmpty(history);
    if (source.kind === 'from') {
      return { history, adopted: await ofOtherTool(session, database.engine, files, source.tool), more: [] };
    }
    const others = await findOther(session, database.engine);
    const more = others.map(({ tool }): Note => ({ key: 'baseline.otherHistory', params: { tool } }));
    if (source.kind === 'id') return { history, adopted: upToId(files, source.id), more };
    const schema = withoutHistory(await driver.introspect(session, options), project.historyTables);
    const named = { ...request, ...(source.name === undefined ? {} : { name: source.name }) };
    const generated = await generateInitial(context, named, schema, files, reader);
    const { file, notes } = generated;
    const adopted = [{ key: file.key, name: file.name, file }];
    return { history, adopted, generated, more: [...more, ...notes] };
  } finally {
    await reading.close();
  }
}

/** @throws MigrateError BASELINE_NOT_EMPTY where something ran already: a baseline would hide what it was */
function requireEmpty(history: History | undefined): void {
  const ran = history?.rows.filter((row) => row.status === 'success' || isHalfDone(row)) ?? [];
  const [first] = ran;
  if (first) throw new MigrateError('BASELINE_NOT_EMPTY', { version: history?.version ?? first.version });
}

function plannedOf(adopted: readonly Adopted[], generated: Generated | undefined): PlannedChange[] {
  if (generated) {
    const { file } = generated.file;
    const diff = unifiedDiff('/dev/null', file, '', generated.file.upText);
    return [{ text: { key: 'baseline.write', params: { file } }, diff }];
  }
  return adopted.map(({ key, name }) => ({ text: { key: 'baseline.record', params: { id: key, name } } }));
}
