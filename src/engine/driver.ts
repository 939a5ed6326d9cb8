import type { Dialect } from '../core/dialect/dialect';
import type { History, HistoryEvent, HistoryRow, HistoryTables } from '../core/migration/types';
import type { EngineName, Schema } from '../core/schema/model';
import type { DroppedObject } from '../core/statement/dropped-object';
import type { BesideFile } from '../core/version/beside';
import type { Content } from '../core/version/content';
import type { DataFormat, Loss } from '../core/version/loss';
import type { SqlCopy } from '../core/version/sql/load-statement';

/** A value of a result as it crosses the wire: 64-bit and larger integers come as decimal text, dates as ISO text. */
export type Cell = string | number | boolean | null | readonly Cell[] | { readonly [key: string]: Cell };

export interface Statement {
  readonly text: string;
  /** How many rows of the result to bring back; none by default, since bulk data never crosses the wire. */
  readonly rows?: number;
  /** It takes no time: it may run without a hop to another thread, which costs as much as it does. */
  readonly brief?: true;
  /** One of ours, which is not announced: a crash in it is the doing of what it follows. */
  readonly quiet?: true;
  /** Its one value has to be true; otherwise the run stops here, and its transaction is rolled back. */
  readonly guard?: true;
  /** Marks in the text that become times just before it runs: the history row of a migration stands in its transaction. */
  readonly times?: readonly TimeMark[];
}

/** A mark, which stands once in a text, and the statements of the same run whose milliseconds it is the sum of. */
export interface TimeMark {
  readonly mark: string;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

export interface StatementResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** How many rows the result has, brought back or not. */
  readonly rowCount: number;
  readonly ms: number;
  /** Rows changed, where the engine tells by itself. */
  readonly touched?: number;
}

export interface RunOptions {
  /** Ends the engine's process: the engine itself can't interrupt a statement. */
  readonly signal?: AbortSignal;
  /** Called with the index of each statement just before it runs. */
  readonly onStatement?: (index: number) => void;
  readonly timeoutMs?: number;
}

export interface Executor {
  /**
   * Runs statements one at a time and stops at the first error.
   * @throws MigrateError STATEMENT_FAILED (with `params.index`), ENGINE_CRASHED, ENGINE_TIMEOUT, CANCELLED
   */
  run(statements: readonly Statement[], options?: RunOptions): Promise<StatementResult[]>;
}

/** One open handle on one database. Reads only unless it was opened for writing. */
export interface Session extends Executor {
  /** The real path of the file, or undefined for a database in memory. */
  readonly path: string | undefined;
  readonly readOnly: boolean;
  /** Resolves when the engine has let go of the file. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Left out: a database in memory. */
  readonly path?: string;
  readonly readOnly: boolean;
  /** Bound of the engine's buffer pool. */
  readonly memoryMB?: number;
  /** Of a file that is made now; DuckDB only, where some types need a newer one than it writes unasked. */
  readonly storageVersion?: number;
  /** A database that is written where it lies: what a kill in a checkpoint could tear is kept beside it, see `duckdb/block-file.ts`. */
  readonly keepBlocks?: true;
}

export interface Warmer {
  /** Starts an engine process ahead of its first use. */
  warm(): void;
}

export interface Opener {
  open(options: OpenOptions): Promise<Session>;
}

export interface Introspector {
  introspect(session: Session, options?: RunOptions): Promise<Schema>;
}

export interface LossFinder {
  /** What no version can keep; reads only. */
  findLosses(session: Session, options: ExportOptions): Promise<Loss[]>;
}

export interface Counter {
  /** Rows per table, in the order of the names given. */
  countRows(session: Session, tables: readonly TableRef[], options?: RunOptions): Promise<number[]>;
  /** Rows of all tables together, as far as the engine knows without looking at each. */
  countAll(session: Session, options?: RunOptions): Promise<number>;
}

export interface TableRef {
  readonly kind: 'node' | 'rel' | 'table';
  /** Of a SQL table outside `main`. */
  readonly schema?: string;
  readonly name: string;
}

export interface VersionWriter {
  /**
   * Writes the data into a folder that is there and empty. The statement files are told, not written; they are as the
   * engine's own import reads them.
   */
  writeVersion(session: Session, dir: string, options: ExportOptions): Promise<WrittenVersion>;
}

export interface WrittenVersion {
  /** Texts by file name, such as `schema.cypher`. */
  readonly scripts: ReadonlyMap<string, string>;
  /** Files with what the engine's own import can't read back. */
  readonly beside: readonly BesideFile[];
}

export interface VersionReader {
  /**
   * Adds the rows that stand in files beside the data, after those of all other tables.
   * @throws MigrateError VALUES_UNREADABLE
   */
  readBeside(session: Session, dir: string, files: readonly BesideFile[], options: RunOptions): Promise<void>;
  /** Lets the session read files of this folder alone, until it is closed; for engines that can. */
  enclose?(session: Session, dir: string): Promise<void>;
  /** For engines whose COPY depends on the table: the statement for each file, when the tables are there. */
  loadTexts?(session: Session, copies: readonly SqlCopy[], options?: RunOptions): Promise<string[]>;
}

export interface Prover {
  /** What a database holds, in a form that compares. */
  contentOf(session: Session, options?: RunOptions): Promise<Content>;
  /** A fingerprint of each column of a table by `Table.column`, to say which one differs. */
  columnsOf(session: Session, table: string, options?: RunOptions): Promise<ReadonlyMap<string, string>>;
}

export interface ExportOptions extends RunOptions {
  readonly format: DataFormat;
  readonly schemaOnly: boolean;
}

export interface Checkpointer {
  checkpoint(session: Session): Promise<void>;
}

export interface Pager {
  /** One page of a table's rows, every value as text in the engine's own spelling. */
  page(session: Session, table: PageRequest, options?: RunOptions): Promise<Page>;
}

/** One FROM–TO pair of a rel table with the primary keys of its ends. */
export interface Endpoints {
  readonly from: string;
  readonly to: string;
  readonly fromKey: string;
  readonly toKey: string;
}

export interface PageRequest extends TableRef {
  /** For a rel table: its pairs. */
  readonly endpoints?: readonly Endpoints[];
  readonly columns: readonly string[];
  readonly offset: number;
  readonly limit: number;
}

export interface Page {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface TouchCounter {
  /** A statement in a form whose result tells how many rows it changed; the same text where that is not possible. */
  counted(text: string): Statement;
  /** How many rows a statement made by `counted` changed; undefined where the engine can't tell. */
  touched(statement: Statement, result: StatementResult): number | undefined;
}

/** The words of a transaction. */
export interface Transactor {
  readonly begin: string;
  readonly commit: string;
  readonly rollback: string;
  /** Around a transaction that must not wait in the WAL, for engines that can't replay everything they commit. */
  readonly commitToFile?: { readonly before: readonly Statement[]; readonly after: readonly Statement[] };
}

/** The history tables: reading them, and the statements that make and change them. Nothing here runs a write. */
export interface HistoryKeeper {
  /**
   * What the history tables hold; undefined where there are none.
   * @throws MigrateError HISTORY_TABLE_FOREIGN where a table of that name has another shape
   */
  readHistory(session: Session, tables: HistoryTables, options?: RunOptions): Promise<History | undefined>;
  /** Makes the three tables. */
  createHistory(tables: HistoryTables): readonly string[];
  /**
   * Adds rows, or replaces the rows of those versions.
   * @param marks stand for each row's `executionMs`, see {@link Statement.times}; the statements come without `times`.
   */
  putRows(tables: HistoryTables, rows: readonly HistoryRow[], marks?: readonly string[]): readonly Statement[];
  /** After each statement of a step-by-step migration. */
  putProgress(tables: HistoryTables, version: string, appliedStatements: number): readonly Statement[];
  deleteRow(tables: HistoryTables, version: string): readonly Statement[];
  putEvents(tables: HistoryTables, events: readonly HistoryEvent[], marks?: readonly string[]): readonly Statement[];
  /** The events, oldest first. */
  readEvents(session: Session, tables: HistoryTables, options?: RunOptions): Promise<readonly HistoryEvent[]>;
  /** The one row of `schema_version`. */
  putVersion(tables: HistoryTables, version: string | null, dirty: boolean, at: string): readonly Statement[];
}

/** Objects that the engine can make and has no statement to drop: they are taken out of its closed file. */
export interface ObjectDropper {
  /**
   * Looks for objects in the catalog of a closed, checkpointed database file, one after the other, as statements would.
   * Changes nothing. @throws with the system's code; CatalogFormatError for a file that is not of this engine
   */
  planDrop?(file: string, objects: readonly DroppedObject[]): Promise<DropPlan>;
}

export interface DropPlan {
  /** One for each object: `missing` is not in the catalog, `foreign` was made by the engine or an extension. */
  readonly outcomes: readonly ('removed' | 'missing' | 'foreign')[];
  /** Takes the objects out of a copy of the file, and flushes it. @throws MigrateError DROP_UNPROVEN for another file */
  apply(copy: string): Promise<void>;
  /** Whether the catalog of the copy, closed and checkpointed, is the old one without these objects. */
  isProven(copy: string): Promise<boolean>;
}

/** What a workflow needs of an engine, composed of roles; an adapter is one object with one file a role. */
export interface Driver
  extends Warmer,
    Opener,
    Introspector,
    LossFinder,
    Counter,
    VersionWriter,
    VersionReader,
    Prover,
    Checkpointer,
    Pager,
    TouchCounter,
    Transactor,
    HistoryKeeper,
    ObjectDropper {
  readonly engine: EngineName;
  readonly dialect: Dialect;
  readonly engineVersion: string;
  readonly storageVersion: number;
  /** Ends the engine's process. */
  dispose(): Promise<void>;
}
