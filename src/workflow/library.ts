import { existsSync } from 'node:fs';
import path from 'node:path';
import { MigrateError } from '../core/errors';
import type { EngineName } from '../core/schema/model';
import { type Language, languageOf, translate } from '../core/text/translate';
import { createCodeHost } from '../engine/code/host';
import { detectFile } from '../engine/detect';
import { createDrivers } from '../engine/drivers';
import { CONFIG_FILE } from '../project/config';
import { type Detect, loadProject } from '../project/discovery';
import { fileError } from '../project/file-error';
import type { Database, Project } from '../project/project';
import { type Context, requireDatabase } from './context';
import { type Check, MIGRATE_OPTIONS, requireOptions, STATUS_OPTIONS } from './library-options';
import { type EmbeddedMigration, embeddedMigrations } from './migrate/embedded';
import { migrate as runMigrations } from './migrate/migrate';
import { migrationStatus } from './migrate/status';
import type { BackupBefore, ConfirmPlan, MigrateOutcome, Note, StatusEntry } from './migrate/types';

/** The package that applications import. types/kuzu-migrate.d.ts declares it; a test holds the two together. */

/** A database that no configuration names. */
export interface DatabaseOption {
  readonly path: string;
  readonly engine?: EngineName;
  readonly memoryMB?: number;
}

export interface StatusOptions {
  readonly project?: string;
  readonly database?: string | DatabaseOption;
  readonly migrations?: readonly EmbeddedMigration[];
  readonly signal?: AbortSignal;
  readonly log?: (line: string) => void;
  readonly language?: Language;
}

export interface MigrateOptions extends StatusOptions {
  readonly direction?: 'up' | 'down';
  readonly to?: string;
  readonly steps?: number;
  readonly allowOutOfOrder?: boolean;
  readonly dryRun?: boolean;
  readonly rehearse?: boolean;
  readonly lockTimeoutMs?: number;
  readonly backupBefore?: BackupBefore;
  readonly yes?: boolean;
  readonly confirm?: string;
}

/** An error as it is told: a stable code, a message, and the next step. */
export interface ReportedError {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly statement?: string;
}

export interface MigrationReport {
  readonly id: string;
  readonly name: string;
  readonly file: string | null;
  readonly status: 'success' | 'error' | 'not-executed';
  readonly executionMs: number;
  readonly error?: ReportedError;
  readonly notes: readonly string[];
}

export interface MigrateReport {
  readonly ok: boolean;
  readonly results: readonly MigrationReport[];
  readonly error?: ReportedError;
  readonly notes: readonly string[];
  readonly backups: readonly string[];
}

export interface StatusReport {
  readonly ok: boolean;
  readonly current: string | null;
  readonly dirty: boolean;
  readonly migrations: readonly StatusEntry[];
  readonly error?: ReportedError;
}

/**
 * Applies what is pending, at an application's start, before it opens the database itself. Never throws: what failed is
 * in the report, beside what was done before it.
 */
export async function migrate(options: MigrateOptions = {}): Promise<MigrateReport> {
  return reported(
    options,
    async (language) => {
      const outcome = await withContext(options, MIGRATE_OPTIONS, (context, database) => {
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
    },
    (error) => ({ ok: false, results: [], notes: [], backups: [], error }),
  );
}

/** The migrations of a database and their state. Writes nothing, and never throws. */
export async function status(options: StatusOptions = {}): Promise<StatusReport> {
  return reported(
    options,
    (language) =>
      withContext(options, STATUS_OPTIONS, async (context, database) => {
        const { signal } = options;
        const told = await migrationStatus(context, { database, ...(signal ? { signal } : {}) });
        const { current, dirty, migrations, situation } = told;
        const [problem] = situation.problems;
        return { ok: !problem, current, dirty, migrations, ...(problem ? { error: errorOf(problem, language) } : {}) };
      }),
    (error) => ({ ok: false, current: null, dirty: false, migrations: [], error }),
  );
}

async function reported<T>(
  options: unknown,
  work: (language: Language) => Promise<T>,
  failed: (error: ReportedError) => T,
): Promise<T> {
  const asked = (options as StatusOptions | null)?.language;
  const language = languageOf(typeof asked === 'string' ? asked : undefined);
  try {
    return await work(language);
  } catch (error) {
    return failed(errorOf(error, language));
  }
}

async function withContext<T>(
  options: StatusOptions,
  known: Readonly<Record<string, Check>>,
  work: (context: Context, database: Database) => Promise<T>,
): Promise<T> {
  requireOptions(options, known);
  const log = guarded(options.log);
  // An application does not end while an idle engine waits for more.
  const drivers = createDrivers(__dirname, { idleMs: 1000, log });
  try {
    const project = await projectOf(options);
    const database = requireDatabase(project);
    const driver = drivers.get(database.engine);
    const context: Context = {
      project,
      driver: (engine) => drivers.get(engine),
      codeHost: () => createCodeHost(__dirname, { log }),
      ...(options.migrations ? { embedded: embeddedMigrations(options.migrations, driver.dialect) } : {}),
      log,
    };
    return await work(context, database);
  } finally {
    await drivers.dispose();
  }
}

/** A log that throws must not stop a migration half way: it is told of, and called no more. */
function guarded(log: ((line: string) => void) | undefined): (line: string) => void {
  let to = log;
  return (line) => {
    try {
      to?.(line);
    } catch (error) {
      to = undefined;
      process.emitWarning(`The log function given to kuzu-migrate failed: ${String(error)}`);
    }
  };
}

async function projectOf({ project, database }: StatusOptions): Promise<Project> {
  const dir = path.resolve(project ?? process.cwd());
  const described = typeof database === 'object' ? database : undefined;
  const named = described ? path.resolve(described.path) : (database as string | undefined);
  const { KUZU_DB_PATH: fromShell, ...env } = process.env;
  const loaded = await loadProject({
    dir,
    env: named === undefined && fromShell !== undefined ? { ...env, KUZU_DB_PATH: fromShell } : env,
    cwd: process.cwd(),
    detect: detectIn(dir, named),
    ...(named === undefined ? {} : { database: named }),
    ...(described?.engine === undefined ? {} : { engine: described.engine }),
  });
  if (described?.memoryMB === undefined) return loaded;
  return { ...loaded, chosenDatabase: { ...requireDatabase(loaded), memoryMB: described.memoryMB } };
}

/** Without a configuration, whoever names a file wants no search: the working directory of a service may be anything. */
function detectIn(dir: string, named: string | undefined): Detect {
  if (named === undefined || !/[./\\]/.test(named) || existsSync(path.join(dir, CONFIG_FILE))) return detectFile;
  const file = path.resolve(named);
  return async (one) => (one === file ? detectFile(one) : undefined);
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
      ...(failure ? { error: errorOf(failure, language) } : {}),
    })),
    notes: notes.map(text),
    backups,
    ...(error ? { error: errorOf(error, language) } : {}),
  };
}

function errorOf(error: unknown, language: Language): ReportedError {
  const told = fileError(error, '');
  const known = MigrateError.is(told)
    ? told
    : new MigrateError('INTERNAL', { detail: error instanceof Error ? error.message : String(error) });
  const { code, params, where } = known;
  return {
    code,
    message: translate(language, `error.${code}`, params),
    hint: translate(language, `hint.${code}`, params),
    ...where,
  };
}
