import path from 'node:path';
import { MigrateError } from '../core/errors';
import type { EngineName } from '../core/schema/model';
import { type Language, translate } from '../core/text/translate';
import { createCodeHost } from '../engine/code/host';
import { detectFile } from '../engine/detect';
import { createDrivers } from '../engine/drivers';
import { loadProject } from '../project/discovery';
import type { Database, Project } from '../project/project';
import { type Context, requireDatabase } from './context';
import { type EmbeddedMigration, embeddedMigrations } from './migrate/embedded';
import { migrate as runMigrations } from './migrate/migrate';
import { migrationStatus } from './migrate/status';
import type { BackupBefore, ConfirmPlan, MigrateOutcome, Note, StatusEntry } from './migrate/types';

export type { MigrationDatabase, MigrationFunction } from '../core/migration/user-code';
export type { EmbeddedMigration } from './migrate/embedded';

/** A database that no configuration names. */
export interface DatabaseOption {
  readonly path: string;
  /** By the file's header, or `kuzu`. */
  readonly engine?: EngineName;
  readonly memoryMB?: number;
}

export interface LibraryOptions {
  /** The project's folder; the working directory by default. */
  readonly project?: string;
  /** A database of the project by its name, a path to one, or one described here; the project's default else. */
  readonly database?: string | DatabaseOption;
  /** Migrations of the application itself, instead of those in the project's folder. */
  readonly migrations?: readonly EmbeddedMigration[];
  readonly signal?: AbortSignal;
  /** Lines of the log, for whoever looks for the cause of something. */
  readonly log?: (line: string) => void;
  /** Of the messages; English by default. */
  readonly language?: Language;
}

export interface MigrateOptions extends LibraryOptions {
  /** `up` by default. */
  readonly direction?: 'up' | 'down';
  readonly to?: string;
  readonly steps?: number;
  readonly allowOutOfOrder?: boolean;
  readonly dryRun?: boolean;
  readonly rehearse?: boolean;
  readonly lockTimeoutMs?: number;
  readonly backupBefore?: BackupBefore;
  /** The answer to what would be asked: going down, a loss of data. */
  readonly yes?: boolean;
  /** The name of a protected database, besides `yes`. */
  readonly confirm?: string;
}

/** An error as it is told: a stable code, a message, and the next step. */
export interface LibraryError {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly statement?: string;
}

export interface LibraryResult {
  readonly id: string;
  readonly name: string;
  readonly file: string | null;
  readonly status: 'success' | 'error' | 'not-executed';
  readonly executionMs: number;
  readonly error?: LibraryError;
  readonly notes: readonly string[];
}

export interface MigrateReport {
  /** Everything that was to be run is applied. */
  readonly ok: boolean;
  /** One for each migration of the plan, in order; empty where nothing was to be done or nothing could begin. */
  readonly results: readonly LibraryResult[];
  readonly error?: LibraryError;
  readonly notes: readonly string[];
  readonly backups: readonly string[];
}

export interface StatusReport {
  readonly ok: boolean;
  readonly current: string | null;
  readonly dirty: boolean;
  readonly migrations: readonly StatusEntry[];
  readonly error?: LibraryError;
}

/**
 * Applies what is pending, at an application's start, before it opens the database itself. Never throws: what failed is
 * in the report, beside what was done before it.
 */
export async function migrate(options: MigrateOptions = {}): Promise<MigrateReport> {
  const language = options.language ?? 'en';
  try {
    const outcome = await withContext(options, (context, database) => {
      const { direction = 'up', to, steps, allowOutOfOrder, dryRun, rehearse, lockTimeoutMs, backupBefore } = options;
      return runMigrations(context, {
        database,
        action: direction,
        confirm: answer(options),
        ...(to === undefined ? {} : { to }),
        ...(steps === undefined ? {} : { steps }),
        ...(allowOutOfOrder ? { allowOutOfOrder } : {}),
        ...(dryRun ? { dryRun } : {}),
        ...(rehearse ? { rehearse } : {}),
        ...(lockTimeoutMs === undefined ? {} : { lockTimeoutMs }),
        ...(backupBefore === undefined ? {} : { backupBefore }),
        ...(options.signal ? { signal: options.signal } : {}),
      });
    });
    return reportOf(outcome, language);
  } catch (error) {
    return { ok: false, results: [], notes: [], backups: [], error: told(error, language) };
  }
}

/** The migrations of a database and their state. Writes nothing, and never throws. */
export async function status(options: LibraryOptions = {}): Promise<StatusReport> {
  try {
    return await withContext(options, async (context, database) => {
      const { current, dirty, migrations, situation } = await migrationStatus(context, { database });
      const [problem] = situation.problems;
      const language = options.language ?? 'en';
      return { ok: !problem, current, dirty, migrations, ...(problem ? { error: told(problem, language) } : {}) };
    });
  } catch (error) {
    return { ok: false, current: null, dirty: false, migrations: [], error: told(error, options.language ?? 'en') };
  }
}

async function withContext<T>(
  options: LibraryOptions,
  work: (context: Context, database: Database) => Promise<T>,
): Promise<T> {
  const log = options.log ?? (() => undefined);
  // An application does not end while an idle engine waits for more.
  const drivers = createDrivers(__dirname, { idleMs: 1000, log });
  try {
    const project = await projectOf(options);
    const embedded = options.migrations && embeddedMigrations(options.migrations);
    const context: Context = {
      project,
      driver: (engine) => drivers.get(engine),
      codeHost: () => createCodeHost(__dirname, { log }),
      ...(embedded ? { embedded } : {}),
      log,
    };
    return await work(context, requireDatabase(project));
  } finally {
    await drivers.dispose();
  }
}

async function projectOf({ project, database }: LibraryOptions): Promise<Project> {
  const dir = path.resolve(project ?? process.cwd());
  const named = typeof database === 'string' ? database : undefined;
  const loaded = await loadProject({
    dir,
    env: process.env,
    cwd: process.cwd(),
    detect: detectFile,
    ...(named === undefined ? {} : { database: named }),
  });
  if (database === undefined || typeof database === 'string') return loaded;
  const file = path.resolve(database.path);
  const engine = database.engine ?? (await detectFile(file))?.engine ?? 'kuzu';
  const { memoryMB } = database;
  const about = { name: path.basename(file), path: file, engine, protected: false, readOnly: false };
  return { ...loaded, chosenDatabase: { ...about, ...(memoryMB === undefined ? {} : { memoryMB }) } };
}

function answer({ yes, confirm }: MigrateOptions): ConfirmPlan {
  return async ({ action, database }) => {
    if (yes && (!database.protected || confirm === database.name)) return;
    const flags = database.protected ? `yes: true, confirm: '${database.name}'` : 'yes: true';
    throw new MigrateError('CONFIRMATION_NEEDED', { action: `@cli.action.${action}:${database.path}`, flags });
  };
}

function reportOf({ results, error, notes, backups }: MigrateOutcome, language: Language): MigrateReport {
  const text = ({ key, params }: Note) => translate(language, key, params);
  return {
    ok: error === undefined,
    results: results.map(({ id, name, file, status: state, executionMs, error: failure, notes: own }) => ({
      id,
      name,
      file,
      status: state,
      executionMs,
      notes: own.map(text),
      ...(failure ? { error: told(failure, language) } : {}),
    })),
    notes: notes.map(text),
    backups,
    ...(error ? { error: told(error, language) } : {}),
  };
}

function told(error: unknown, language: Language): LibraryError {
  const known = MigrateError.is(error)
    ? error
    : new MigrateError('INTERNAL', { detail: String(error) }, { cause: error });
  const { code, params, where } = known;
  return {
    code,
    message: translate(language, `error.${code}`, params),
    hint: translate(language, `hint.${code}`, params),
    ...where,
  };
}
