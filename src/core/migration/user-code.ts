import type { Dialect } from '../dialect/dialect';
import type { LiteralValue } from '../dialect/literal';

/** What migrations in TypeScript or JavaScript and plugins see; the library offers these types to them. */

/** A value of a row. Integers of 64 bits and more may come as decimal text, dates as ISO text, bytes as base64. */
export type MigrationCell =
  | string
  | number
  | boolean
  | null
  | readonly MigrationCell[]
  | { readonly [key: string]: MigrationCell };

export type MigrationRow = Readonly<Record<string, MigrationCell>>;

/** The values of `$name` parameters; they are written into the statement as literals of the engine. */
export type MigrationParameters = Readonly<Record<string, LiteralValue>>;

/** Reads a database from a plugin's check. */
export interface DatabaseReader {
  /** `cypher` for Kùzu, `sql` for DuckDB. */
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
  readonly down?: MigrationFunction;
  /** `none`: each statement is committed by itself. */
  readonly transaction?: 'auto' | 'none';
}

/** A statement that a plugin made of a file, and the line it came from. */
export type PluginStatement = string | { readonly text: string; readonly line?: number };

/** What a plugin made of a file: statements, or code that runs them. */
export interface PluginMigration {
  readonly up: readonly PluginStatement[] | MigrationFunction;
  readonly down?: readonly PluginStatement[] | MigrationFunction;
  readonly transaction?: 'auto' | 'none';
}

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
  parse(input: PluginKindInput): PluginMigration | Promise<PluginMigration>;
}

/** A migration of the project, as a check sees it. */
export interface CheckedMigration {
  readonly id: string;
  readonly name: string;
  /** Relative to the project; null where the file is gone. */
  readonly file: string | null;
  readonly state: string;
}

export interface PluginCheckInput {
  readonly migrations: readonly CheckedMigration[];
}

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

/** The default export of a plugin's module. */
export interface Plugin {
  readonly name: string;
  readonly kinds?: readonly PluginKind[];
  readonly checks?: readonly PluginCheck[];
}
