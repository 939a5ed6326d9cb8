import { DUCKDB_STORAGE_VERSION } from '../../core/dialect/file-header';
import { MigrateError } from '../../core/errors';
import { requireDuckdbFile } from '../detect';
import type { Driver, OpenOptions, Session } from '../driver';
import type { EnginePool } from '../host/pool';
import { countAll, countRows } from './count';
import * as history from './history';
import { introspect } from './introspect';
import { page } from './page';
import { counted, touched } from './touch';
import { columnsOf, contentOf } from './version/fingerprints';
import { enclose, loadTexts } from './version/load';
import { findLosses } from './version/losses';
import { writeVersion } from './version/write';

/** The release that the bundled package is; the child reports its own and a test holds the two together. */
export const DUCKDB_VERSION = '1.5.5';

/** The DuckDB adapter: statements are made here, on the caller's side; the pool's processes only run them. */
export function duckdbDriver(pool: EnginePool): Driver {
  return {
    engine: 'duckdb',
    dialect: 'sql',
    engineVersion: DUCKDB_VERSION,
    storageVersion: DUCKDB_STORAGE_VERSION,
    begin: 'BEGIN TRANSACTION',
    commit: 'COMMIT',
    rollback: 'ROLLBACK',
    commitToFile: {
      before: [{ text: "SET checkpoint_threshold = '0B'" }],
      after: [{ text: 'RESET checkpoint_threshold' }],
    },
    open: (options) => open(pool, options),
    introspect,
    countAll,
    countRows,
    page,
    counted,
    touched,
    ...history,
    findLosses,
    writeVersion,
    // Every table has a data file that holds it.
    readBeside: () => Promise.resolve(),
    enclose,
    loadTexts,
    contentOf,
    columnsOf,
    checkpoint: async (session) => {
      await session.run([{ text: 'CHECKPOINT' }]);
    },
    warm: () => pool.warm(),
    dispose: () => pool.dispose(),
  };
}

async function open(pool: EnginePool, options: OpenOptions): Promise<Session> {
  if (options.path !== undefined) {
    try {
      await requireDuckdbFile(options.path);
    } catch (error) {
      // Opened for writing, a missing file becomes a new database.
      if (options.readOnly || !MigrateError.is(error, 'DATABASE_MISSING')) throw error;
    }
  }
  return pool.open(options);
}
