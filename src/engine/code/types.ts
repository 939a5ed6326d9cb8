import type { Dialect } from '../../core/dialect/dialect';
import type { PluginCheckInput, PluginFinding } from '../../core/migration/user-code';
import type { Cell, RunOptions } from '../driver';
import type { ParsedBody } from './protocol';

/** What `db` reaches on the caller's side: the guarded path. Calls come one at a time. */
export interface CodeDatabase {
  readonly dialect: Dialect;
  run(text: string): Promise<{ readonly touched: number | null }>;
  rows(text: string): Promise<readonly Readonly<Record<string, Cell>>[]>;
}

/** One loaded migration. */
export interface CodeModule {
  readonly hasDown: boolean;
  readonly transaction: 'auto' | 'none';
  /**
   * Runs one direction. The signal and the time limit end the process; `onStatement` counts the calls of `db`.
   * @throws MigrateError the one that a call of `db` failed with, with the place of that call; else
   * CODE_MIGRATION_FAILED, CODE_MIGRATION_INVALID, CANCELLED
   */
  call(direction: 'up' | 'down', database: CodeDatabase, options?: RunOptions): Promise<void>;
  /**
   * To be called before the transaction is committed.
   * @throws MigrateError CODE_MIGRATION_FAILED when code of the host's modules went on after it had returned
   */
  close(): Promise<void>;
}

export interface LoadOptions extends RunOptions {
  /**
   * The module's text, evaluated as if it stood in the file, which may be gone. To be given whenever the text is known
   * (its checksum was taken, or it comes from the history), so that no other text runs.
   */
  readonly source?: string;
}

/** What a plugin made of one file. */
export interface PluginParsed extends CodeModule {
  readonly up: ParsedBody;
  readonly down: ParsedBody | null;
}

export interface PluginClient {
  readonly name: string;
  /** File endings, such as `.jsonl`. */
  readonly kinds: readonly string[];
  /** Names of its checks. */
  readonly checks: readonly string[];
  /** @throws MigrateError PLUGIN_FAILED, CANCELLED */
  parse(kind: string, file: string, text: string, dialect: Dialect, options?: RunOptions): Promise<PluginParsed>;
  /** @throws MigrateError PLUGIN_FAILED, CANCELLED, or the one that reading the database failed with */
  check(
    name: string,
    database: Pick<CodeDatabase, 'dialect' | 'rows'>,
    input: PluginCheckInput,
    options?: RunOptions,
  ): Promise<readonly PluginFinding[]>;
}

/**
 * Runs user code in a process of its own, which starts on first use. Make one for each run of a workflow and dispose
 * of it afterwards: modules that the user's ones import are read once in its life. Only for trusted workspaces.
 */
export interface CodeHost {
  /** @throws MigrateError CODE_MIGRATION_FAILED, CODE_MIGRATION_INVALID, CANCELLED */
  load(file: string, options?: LoadOptions): Promise<CodeModule>;
  /** @throws MigrateError PLUGIN_FAILED, CANCELLED */
  plugin(file: string, options?: RunOptions): Promise<PluginClient>;
  /** Ends the process. */
  dispose(): Promise<void>;
}
