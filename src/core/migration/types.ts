import type { Dialect } from '../dialect/dialect';

/** An id as its components, decimal text without leading zeros: `20240115_120000` → ['20240115120000'], `3.1.0` → ['3','1','0']. */
export type MigrationId = readonly string[];

/** What one file of a migration is, by its name alone. */
export interface FileName {
  readonly id: MigrationId;
  /** `add_user_email`. */
  readonly name: string;
  readonly role: 'single' | 'up' | 'down';
  readonly language: Dialect | 'code';
  /** The ending of a plugin's kind, as the plugin gives it, for files that are none of ours. */
  readonly kind?: string;
}

/** A migration as it lies on the disk, or as an application embeds it. */
export interface MigrationFile {
  readonly id: MigrationId;
  /** Canonical text of the id, as in the history: `20240115120000`, `3.1.0`. */
  readonly key: string;
  readonly name: string;
  readonly language: Dialect | 'code' | 'embedded';
  /** The ending of the plugin kind that reads it, as the plugin gives it, for files that are none of ours. */
  readonly kind?: string;
  /** Relative to the project, with forward slashes; what `status` prints. For embedded ones `embedded:<id>`. */
  readonly file: string;
  readonly upText: string;
  /** A file of its own for the way down. */
  readonly down?: { readonly file: string; readonly text: string };
  /** sha256 over the bytes (both files of a pair), lower-case hex. */
  readonly checksum: string;
}

export type HistoryStatus = 'success' | 'failed' | 'pending' | 'rolled_back';

/** One row of `migration_history`. */
export interface HistoryRow {
  /** The id's canonical text. */
  readonly version: string;
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly appliedAt: string;
  readonly executionMs: number;
  readonly checksum: string;
  readonly semanticChecksum: string;
  readonly upScript: string;
  readonly downScript: string | null;
  readonly status: HistoryStatus;
  readonly errorMessage: string | null;
  readonly appliedStatements: number;
  readonly totalStatements: number;
  readonly toolVersion: string;
  readonly engineVersion: string;
  readonly appliedBy: string;
}

/** One row of `migration_event`, which is only ever added to. */
export interface HistoryEvent {
  readonly seq: number;
  readonly at: string;
  readonly action: 'up' | 'down' | 'baseline' | 'repair';
  readonly version: string;
  readonly status: HistoryStatus;
  readonly executionMs: number;
  readonly error: string | null;
}

/** What the three tables hold. */
export interface History {
  readonly rows: readonly HistoryRow[];
  /** The one row of `schema_version`; null where nothing is applied. */
  readonly version: string | null;
  readonly dirty: boolean;
  readonly lastSeq: number;
  /** One of the other two tables is gone, and has to be made again before anything is written. */
  readonly incomplete?: true;
  /** The last event of a run: while a migration is half done it tells which way it went. */
  readonly last?: Pick<HistoryEvent, 'action' | 'version'>;
}

/** The names of the three tables; `historyTable` of the configuration renames all of them. */
export interface HistoryTables {
  readonly history: string;
  readonly version: string;
  readonly event: string;
}

export type MigrationState = 'applied' | 'pending' | 'failed' | 'missing' | 'changed' | 'out-of-order';
