import type { Database } from '../../project/project';
import type { MigrateRequest } from '../../workflow/migrate/types';

/** What is to be run. */
export interface MigrationTask {
  readonly action: MigrateRequest['action'];
  readonly database: Database;
  readonly to?: string;
  readonly steps?: number;
  readonly allowOutOfOrder?: boolean;
}
