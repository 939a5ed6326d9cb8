import { MigrateError } from '../core/errors';
import type { Database } from '../project/project';

/**
 * Refuses what is not made for a database's engine, before anything is looked at.
 * @param what the command, as it is typed
 * @throws MigrateError NOT_FOR_ENGINE
 */
export function requireVersions(database: Database, what: 'export' | 'import' | 'rollback'): void {
  if (database.engine === 'duckdb') {
    throw new MigrateError('NOT_FOR_ENGINE', { engine: 'DuckDB', what, path: database.path });
  }
}
