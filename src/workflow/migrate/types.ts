import type { MigrateError, Params } from '../../core/errors';
import type { MigrationState } from '../../core/migration/types';
import type { CountedRow } from '../../core/report/counted-rows';
import type { Rename } from '../../core/schema/change';
import type { Schema } from '../../core/schema/model';
import type { Database } from '../../project/project';
import type { Running } from '../context';
import type { DataLosses } from '../losses';
import type { ReadFromCopy } from '../reading';

export type BackupBefore = 'always' | 'risky' | 'never';

/** One migration of a run, as `up` and `down` print it and the editor shows it. */
export interface MigrationResult {
  readonly id: string;
  readonly name: string;
  /** Relative to the project; null where the way down came from the history because the file is gone. */
  readonly file: string | null;
  readonly status: 'success' | 'error' | 'not-executed';
  readonly executionMs: number;
  readonly error?: MigrateError;
  /** Why it was not executed, or what the user should know: nested text keys with parameters. */
  readonly notes: readonly Note[];
  readonly statements: readonly StatementReport[];
}

export interface Note {
  readonly key: string;
  readonly params: Params;
}

export interface StatementReport {
  readonly text: string;
  readonly line: number;
  readonly ms: number;
  /** Rows changed, where the engine tells. */
  readonly touched?: number;
}

/** A whole run: it never throws half way, what failed is in it. */
export interface MigrateOutcome {
  readonly results: readonly MigrationResult[];
  /** The first failure; the same as that of its migration where it belongs to one. */
  readonly error?: MigrateError;
  /** Folders of the backups made. */
  readonly backups: readonly string[];
  readonly notes: readonly Note[];
  /** Of a dry run: the schema before and after. */
  readonly schema?: DryRunSchema;
}

export interface DryRunSchema {
  readonly before: Schema;
  readonly after: Schema;
  /** Each with what it takes, counted in the database itself. */
  readonly changes: readonly CountedRow[];
  /** Those among the changes: what the scripts said or did, nothing is guessed. */
  readonly renames: readonly Rename[];
  readonly losses: DataLosses;
}

/** What will run, for the confirmation: the same value that is run afterwards. */
export interface PlannedMigration {
  readonly id: string;
  readonly name: string;
  readonly file: string | null;
  readonly direction: 'up' | 'down';
  /** In order; code migrations have none, their file is shown instead. */
  readonly statements: readonly string[];
  readonly transactional: boolean;
  readonly losesData: boolean;
}

export interface PlanQuestion {
  readonly action: 'up' | 'down' | 'redo' | 'repair' | 'revert';
  readonly database: Database;
  readonly migrations: readonly PlannedMigration[];
  /** Counts what they take of what the database holds; for whoever shows it, since it reads the database. */
  readonly losses: () => Promise<DataLosses>;
}

/** What will change beside the running of migrations, for the confirmation. */
export interface ChangeQuestion {
  readonly action: 'repair' | 'baseline';
  readonly database: Database;
  readonly changes: readonly PlannedChange[];
}

export interface PlannedChange {
  readonly text: Note;
  /** Of a file or of what the history keeps, as a unified diff. */
  readonly diff?: string;
}

/** Resolves when the user agrees. @throws MigrateError NOT_CONFIRMED or CONFIRMATION_NEEDED */
export type ConfirmChanges = (question: ChangeQuestion) => Promise<void>;

/** Resolves when the user agrees. @throws MigrateError NOT_CONFIRMED or CONFIRMATION_NEEDED */
export type ConfirmPlan = (question: PlanQuestion) => Promise<void>;

export interface MigrateRequest extends Running {
  readonly database: Database;
  readonly action: 'up' | 'down' | 'redo';
  /** An id as the user wrote it. */
  readonly to?: string;
  readonly steps?: number;
  readonly allowOutOfOrder?: boolean;
  readonly dryRun?: boolean;
  readonly rehearse?: boolean;
  readonly lockTimeoutMs?: number;
  readonly backupBefore?: BackupBefore;
  readonly confirm: ConfirmPlan;
  /** Told of what happens before the run: waiting for a lock, clearing up. */
  readonly onNote?: (note: Note) => void;
  /** Told before each statement runs. */
  readonly onStatement?: (at: { readonly id: string; readonly index: number; readonly total: number }) => void;
}

/** One line of `status`. */
export interface StatusEntry {
  readonly id: string;
  readonly name: string;
  readonly file: string | null;
  readonly state: MigrationState;
  readonly appliedAt: string | null;
  readonly executionMs: number | null;
  readonly hasDown: boolean;
  /** Of a half-applied one. */
  readonly appliedStatements?: number;
  readonly totalStatements?: number;
  readonly errorMessage?: string;
}

export interface Status {
  readonly database: Database;
  /** The highest applied id. */
  readonly current: string | null;
  readonly dirty: boolean;
  readonly migrations: readonly StatusEntry[];
  readonly fromCopy?: ReadFromCopy;
}
