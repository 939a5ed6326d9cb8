import { MigrateError } from '../../core/errors';
import { withoutHistory } from '../../core/migration/hide';
import { isHalfDone } from '../../core/migration/state';
import type { History, MigrationState } from '../../core/migration/types';
import { changeRows } from '../../core/report/changes';
import type { Change } from '../../core/schema/change';
import { diffSchemas } from '../../core/schema/diff';
import type { Schema } from '../../core/schema/model';
import type { RenameCandidate } from '../../core/schema/rename-candidate';
import { findRenames } from '../../core/schema/rename-candidates';
import type { Database } from '../../project/project';
import { decidedRenames } from '../compare/compare';
import { replay } from '../compare/replay';
import { sourceSchema } from '../compare/source';
import type { Context, Running } from '../context';
import { openKinds } from '../migrate/kinds';
import { isNewDatabase, readFiles, situationOf } from '../migrate/situation';
import type { Note } from '../migrate/types';
import { openForReading, type ReadFromCopy } from '../reading';
import { appliedFiles } from './history-files';

/** How far a database is from what its history says, and from the schema that is wanted. */
export interface Drift {
  readonly database: Database;
  readonly schema: Schema;
  /** What the applied migrations make by themselves. */
  readonly expected: Schema;
  /** From what they make to what is there: what was done by hand. */
  readonly changes: readonly Change[];
  /** What may be renames among them. */
  readonly candidates: readonly RenameCandidate[];
  /** From what is there to the desired schema; absent where the project has none. */
  readonly desired?: readonly Change[];
  /** Ids that `up` would run. */
  readonly pending: readonly string[];
  /** Nothing was done by hand, and everything that the desired schema has besides is in pending migrations. */
  readonly pendingExplains: boolean;
  /** What was done by hand is all that keeps the history, with what is pending, from the desired schema. */
  readonly historyExplains: boolean;
  /** Applied ids whose text nobody has, so that what they made counts as done by hand. */
  readonly unknown: readonly string[];
  readonly notes: readonly Note[];
  readonly history: History | undefined;
  readonly fromCopy?: ReadFromCopy;
}

/** Whether the answer of `drift` is no. */
export function hasDrifted({ changes, desired = [], pendingExplains }: Drift): boolean {
  return changes.length > 0 || (desired.length > 0 && !pendingExplains);
}

/**
 * Compares a database with the migrations that its history says were applied, and with the desired schema. Reads only.
 * @throws MigrateError DATABASE_MISSING, MIGRATION_HALF_DONE, and what replaying the history or reading the schema throws
 */
export async function findDrift(context: Context, request: Running & { readonly database: Database }): Promise<Drift> {
  const { database, signal } = request;
  if (await isNewDatabase(database.path)) throw new MigrateError('DATABASE_MISSING', { path: database.path });
  const driver = context.driver(database.engine);
  const running = signal ? { signal } : {};
  const { schema, history, fromCopy } = await readBoth(context, database, running);
  const half = history?.rows.find(isHalfDone);
  if (half) {
    const { version: id, appliedStatements: done, totalStatements: total } = half;
    throw new MigrateError('MIGRATION_HALF_DONE', { id, way: history?.last?.action ?? 'up', done, total });
  }
  request.onProgress?.({ step: 'schema' });
  const kinds = await openKinds(context, driver.dialect);
  await kinds.close();
  const situation = situationOf(readFiles(context, database, kinds.extraEndings), history);
  const { files, unknown } = appliedFiles(history?.rows ?? [], driver.dialect, situation.files);
  const memory = database.memoryMB === undefined ? {} : { memoryMB: database.memoryMB };
  const expected = await replay(context, files, { engine: database.engine, ...memory, ...running });
  const notes: Note[] = unknown.length > 0 ? [{ key: 'drift.noText', params: { ids: unknown.join(', ') } }] : [];
  // What is wrong with the files of the project hides nothing of what was done to the database.
  const orNote = <T>(work: Promise<T>): Promise<T | undefined> =>
    work.catch((error: unknown) => {
      if (!MigrateError.is(error) || error.code === 'CANCELLED') throw error;
      notes.push({ key: `error.${error.code}`, params: error.params });
      return undefined;
    });
  const wanted = await orNote(desiredOf(context, request));
  // One that failed is run again by the next `up`.
  const isNext = new Set<MigrationState>(['pending', 'failed']);
  const pending = situation.entries.filter(({ state }) => isNext.has(state)).map(({ key }) => key);
  const changes = diffSchemas(expected, schema);
  const isApplied = new Set(history?.rows.flatMap(({ status, version }) => (status === 'success' ? [version] : [])));
  const applied = situation.files.findLast(({ key }) => isApplied.has(key));
  const here = { schema, migrations: { to: applied?.key ?? '0' } };
  const desired = wanted && diffSchemas(schema, wanted, decidedRenames(context, [], here, { schema: wanted }));
  const isOpen = desired !== undefined && desired.length > 0;
  const all = { engine: database.engine, ...memory, ...running };
  const next = !isOpen || pending.length === 0 ? expected : await orNote(replay(context, situation.files, all));
  const explained = isOpen && wanted && next && diffSchemas(next, wanted).length === 0;
  return {
    database,
    schema,
    expected,
    changes,
    candidates: findRenames(expected, schema),
    ...(desired ? { desired } : {}),
    pending,
    pendingExplains: explained === true && changes.length === 0,
    historyExplains: explained === true && changes.length > 0,
    unknown,
    notes,
    history,
    ...(fromCopy ? { fromCopy } : {}),
  };
}

/** The JSON of `drift`. */
export function driftJson(drift: Drift) {
  const { database, changes, desired, pending, pendingExplains, historyExplains, notes } = drift;
  return {
    database: database.name,
    drift: hasDrifted(drift),
    changes: changeRows(changes),
    ...(desired ? { desired: changeRows(desired) } : {}),
    pending,
    ...(pendingExplains ? { pendingExplains } : {}),
    ...(historyExplains ? { historyExplains } : {}),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

async function readBoth(context: Context, database: Database, running: { readonly signal?: AbortSignal }) {
  const { historyTables } = context.project;
  const driver = context.driver(database.engine);
  const reading = await openForReading(driver, database);
  try {
    const { session, fromCopy } = reading;
    const history = await driver.readHistory(session, historyTables, running);
    const schema = withoutHistory(await driver.introspect(session, running), historyTables);
    return { history, schema, ...(fromCopy ? { fromCopy } : {}) };
  } finally {
    await reading.close();
  }
}

async function desiredOf(context: Context, running: Running): Promise<Schema | undefined> {
  try {
    return (await sourceSchema(context, { kind: 'desired' }, running)).schema;
  } catch (error) {
    // A project of migrations alone is one, too.
    if (MigrateError.is(error, 'DESIRED_SCHEMA_MISSING')) return undefined;
    throw error;
  }
}
