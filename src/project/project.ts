import type { HistoryTables } from '../core/migration/types';
import type { EngineName } from '../core/schema/model';

/** A named target of a project, with everything settled. */
export interface Database {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly engine: EngineName;
  readonly protected: boolean;
  readonly readOnly: boolean;
  readonly memoryMB?: number;
}

/** A folder with its databases and places, all paths absolute. */
export interface Project {
  readonly dir: string;
  /** Absent where the project was discovered. */
  readonly configFile?: string;
  readonly databases: readonly Database[];
  /** The one that versions follow: `current` is about it. */
  readonly defaultDatabase?: Database;
  /** What `--db` asked for; it need not be one of the project. */
  readonly chosenDatabase?: Database;
  /** Where scripts and versions lie; the folders need not exist. */
  readonly migrationsDir: string;
  readonly versionsDir: string;
  readonly ddlDir: string;
  readonly backupsDir: string;
  readonly keepBackups: number;
  /** When a run of migrations makes a backup by itself. */
  readonly backupBefore: 'always' | 'risky' | 'never';
  readonly historyTables: HistoryTables;
  /** Modules of the project, absolute paths. */
  readonly plugins: readonly string[];
}
