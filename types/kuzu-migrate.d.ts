/**
 * Kuzu Migrate as a package: migrations of Kùzu and DuckDB databases at an application's start, and the types of
 * migrations and plugins in TypeScript.
 *
 *     import { migrate } from 'kuzu-migrate';
 *
 *     const { ok, error } = await migrate({ database: 'data/app.kuzu' });
 *     if (!ok) throw new Error(`${error.message} ${error.hint}`);
 *     // Only now open the database: an engine lets one process write at a time.
 */

/** The engine of a database. */
export type EngineName = 'kuzu' | 'ladybug' | 'duckdb';

/** `cypher` for Kùzu, `sql` for DuckDB. */
export type Dialect = 'cypher' | 'sql';

/** A database that no configuration names. */
export interface DatabaseOption {
  /** Relative to the working directory. The first migration makes a file that is not there yet, and its folder. */
  readonly path: string;
  /** Left out, the file's header tells; for a new file it is that of kuzu-migrate.json, or `kuzu`. */
  readonly engine?: EngineName;
  /** How much memory the engine may take, at least 64. */
  readonly memoryMB?: number;
}

/** What `status` takes. An option that is not listed here is an error. */
export interface StatusOptions {
  /** The project's folder, with kuzu-migrate.json or `migrations/`; the working directory by default. */
  readonly project?: string;
  /** A name of kuzu-migrate.json, a path, or a description; by default the project's default database. */
  readonly database?: string | DatabaseOption;
  /** Migrations of the application itself. Those in the project's folder are not looked at then, nor its plugins. */
  readonly migrations?: readonly EmbeddedMigration[];
  /** Cancels. What a running transaction has done is rolled back; earlier migrations stay. */
  readonly signal?: CancelSignal;
  /** Gets the lines of the log. Nothing is ever printed. */
  readonly log?: (line: string) => void;
  /** Of the messages; English by default. */
  readonly language?: 'en' | 'ja';
}

/** What `migrate` takes. An option that is not listed here is an error. */
export interface MigrateOptions extends StatusOptions {
  /** `up`, the default, applies what is pending. `down` takes the last migration back, or as `to` and `steps` say. */
  readonly direction?: 'up' | 'down';
  /** Up to this id, or down to it, so that it stays applied. `0`: down to before the first. */
  readonly to?: string;
  /** So many migrations at most. */
  readonly steps?: number;
  /** Also those whose id is lower than that of an applied one. */
  readonly allowOutOfOrder?: boolean;
  /** Runs on a temporary copy only. */
  readonly dryRun?: boolean;
  /** Runs on a copy first, and on the database only when that went well. */
  readonly rehearse?: boolean;
  /** How long to wait for another kuzu-migrate that works on the database; 10,000 by default. */
  readonly lockTimeoutMs?: number;
  /** When to copy the database first: `risky`, before what can't be rolled back, by default. */
  readonly backupBefore?: 'always' | 'risky' | 'never';
  /** Agrees to what would be asked on a terminal: a way down, a loss of data. */
  readonly yes?: boolean;
  /** The name of a `protected` database, which is needed besides `yes` for any change of it. */
  readonly confirm?: string;
}

/** What is needed of an `AbortSignal`, which is one. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * A migration that an application brings with it. Functions run in the application's own process; whether one was
 * changed after it was applied can't be told, other than with text.
 */
export interface EmbeddedMigration {
  /** As in file names: `001`, `20250801_120000`, `3.1.0`. They are applied in this order: 3.2.0 comes before 3.10.0. */
  readonly id: string;
  readonly name: string;
  /** Statements with semicolons between, with directives where needed, or a function that runs them. */
  readonly up: string | MigrationFunction;
  /** The way back; left out, there is none. */
  readonly down?: string | MigrationFunction;
  /** `none`: each statement is committed by itself. By default all of them are in one transaction, with the history. */
  readonly transaction?: 'auto' | 'none';
}

/** An error with a code that stays the same, a message, and the next step. docs/errors.md has all codes. */
export interface ReportedError {
  readonly code: string;
  readonly message: string;
  /** The next step. */
  readonly hint: string;
  /** Relative to the project where it is a file of it; `embedded:ID` for an embedded migration. */
  readonly file?: string;
  /** From 1, as `column`. */
  readonly line?: number;
  readonly column?: number;
  readonly statement?: string;
}

/** What became of one migration of a run. */
export interface MigrationReport {
  /** The id as the history keeps it: `20250801120000`, `3.1.0`. */
  readonly id: string;
  readonly name: string;
  /** Relative to the project; `embedded:ID` for an embedded one; null where the way down came from the history. */
  readonly file: string | null;
  readonly status: 'success' | 'error' | 'not-executed';
  readonly executionMs: number;
  readonly error?: ReportedError;
  readonly notes: readonly string[];
}

/** What `migrate` did. What has the status `success` is committed, whatever came after it. */
export interface MigrateReport {
  /** Nothing failed. */
  readonly ok: boolean;
  /** One for each migration of the run, in order; empty when nothing was to be done, or nothing could begin. */
  readonly results: readonly MigrationReport[];
  /** The first failure. */
  readonly error?: ReportedError;
  readonly notes: readonly string[];
  /** Folders of backups that were made. */
  readonly backups: readonly string[];
}

/** `changed`: the file is no longer what was applied. `missing`: applied, and the file is gone. */
export type MigrationState = 'applied' | 'pending' | 'failed' | 'missing' | 'changed' | 'out-of-order';

/** One migration and its state. */
export interface MigrationStatus {
  /** The id as the history keeps it: `20250801120000`, `3.1.0`. */
  readonly id: string;
  readonly name: string;
  readonly file: string | null;
  readonly state: MigrationState;
  /** ISO 8601, UTC. */
  readonly appliedAt: string | null;
  readonly executionMs: number | null;
  readonly hasDown: boolean;
  /** Of one that stands half way, which happens only without a transaction. */
  readonly appliedStatements?: number;
  readonly totalStatements?: number;
  readonly errorMessage?: string;
}

/** What `status` found. */
export interface StatusReport {
  /** The migrations could be read, and nothing is wrong with their files. */
  readonly ok: boolean;
  /** The highest applied id. */
  readonly current: string | null;
  /** A migration without a transaction stands half way. */
  readonly dirty: boolean;
  readonly migrations: readonly MigrationStatus[];
  readonly error?: ReportedError;
}

/**
 * Applies what is pending, at an application's start, before it opens the database itself. The engine runs in a process
 * of its own, which has ended when this resolves. Of applications that start at the same time one applies, and the
 * others wait for it.
 * @returns never throws: what failed is in the report, beside what was done before it
 */
export function migrate(options?: MigrateOptions): Promise<MigrateReport>;

/**
 * The migrations of a database and their state. Writes nothing.
 * @returns never throws: what failed is in the report
 */
export function status(options?: StatusOptions): Promise<StatusReport>;

/** A value of a row. Integers of 64 bits and more may come as decimal text, dates as ISO text, bytes as base64. */
export type MigrationCell =
  | string
  | number
  | boolean
  | null
  | readonly MigrationCell[]
  | { readonly [key: string]: MigrationCell };

/** A row by the names of its columns. */
export type MigrationRow = Readonly<Record<string, MigrationCell>>;

/** A JavaScript value that can be written into a statement. */
export type LiteralValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | Uint8Array
  | readonly LiteralValue[]
  | { readonly [key: string]: LiteralValue };

/** The values of `$name` parameters; they are written into the statement as literals of the engine. */
export type MigrationParameters = Readonly<Record<string, LiteralValue>>;

/** Reads a database from a plugin's check. */
export interface DatabaseReader {
  readonly dialect: Dialect;
  /** Runs one query and gives all of its rows. */
  rows(statement: string, parameters?: MigrationParameters): Promise<readonly MigrationRow[]>;
}

/**
 * The database as a migration sees it. Every call has to be awaited. When one of them fails, the migration has failed,
 * even if the error is caught: the engine may have ended the transaction, and all later calls are refused.
 */
export interface MigrationDatabase extends DatabaseReader {
  /**
   * Runs one statement.
   * @returns how many rows it changed; null where the engine can't tell
   */
  run(statement: string, parameters?: MigrationParameters): Promise<{ readonly touched: number | null }>;
}

/** The way up or down of a migration in code. What it returns is ignored. */
export type MigrationFunction = (db: MigrationDatabase) => Promise<void> | void;

/** A migration as a module exports it, by name or as its default. */
export interface MigrationModule {
  readonly up: MigrationFunction;
  /** Without it there is no way back. */
  readonly down?: MigrationFunction;
  /** `none`: each statement is committed by itself. */
  readonly transaction?: 'auto' | 'none';
}

/** A statement that a plugin made of a file, and the line it came from. */
export type PluginStatement = string | { readonly text: string; readonly line?: number };

/** What a plugin made of a file: statements, or code that runs them. */
export interface PluginMigration {
  readonly up: readonly PluginStatement[] | MigrationFunction;
  /** Without it there is no way back. */
  readonly down?: readonly PluginStatement[] | MigrationFunction;
  /** `none`: each statement is committed by itself. */
  readonly transaction?: 'auto' | 'none';
}

/** What `parse` of a plugin is given. */
export interface PluginKindInput {
  /** The file's path. It may be gone: `text` is what counts. */
  readonly file: string;
  readonly text: string;
  readonly dialect: Dialect;
}

/** A further kind of migration files. */
export interface PluginKind {
  /** What the names of its files end with, such as `.jsonl`. */
  readonly ending: string;
  /** Makes a migration of a file's text. May be called many times, and must not touch a database. */
  parse(input: PluginKindInput): PluginMigration | Promise<PluginMigration>;
}

/** A migration of the project, as a check sees it. */
export interface CheckedMigration {
  readonly id: string;
  readonly name: string;
  /** Relative to the project; null where the file is gone. */
  readonly file: string | null;
  /** A {@link MigrationState}. */
  readonly state: string;
}

/** What a check of a plugin is given, besides the database. */
export interface PluginCheckInput {
  readonly migrations: readonly CheckedMigration[];
}

/** What a check has found. */
export interface PluginFinding {
  /** `error` makes `check` end with exit code 3. */
  readonly severity: 'error' | 'note';
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

/** A further check of the project, which only reads. */
export interface PluginCheck {
  readonly name: string;
  run(db: DatabaseReader, input: PluginCheckInput): readonly PluginFinding[] | Promise<readonly PluginFinding[]>;
}

/** The default export of a plugin's module. docs/plugins.md has an example. */
export interface Plugin {
  /** What messages call it. */
  readonly name: string;
  readonly kinds?: readonly PluginKind[];
  readonly checks?: readonly PluginCheck[];
}
