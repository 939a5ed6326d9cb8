import { KUZU_STORAGE_VERSION } from '../../core/dialect/file-header';
import { MigrateError } from '../../core/errors';
import { requireKuzuFile } from '../detect';
import type { Driver, OpenOptions, Session } from '../driver';
import type { EnginePool } from '../host/pool';
import { realFile } from '../real-file';
import { hasWal } from '../wal';
import { countAll, countRows } from './count';
import { planDrop } from './drop-object';
import * as history from './history';
import { introspect } from './introspect';
import { findLosses } from './losses';
import { page } from './page';
import { finishReplay } from './replay';
import { counted, touched } from './touch';
import { columnsOf, contentOf } from './version/fingerprints';
import { readBeside } from './version/values-in';
import { writeVersion } from './version/write';

/** The release that the bundled package `kuzu` is; the child reports its own and a test holds the two together. */
export const KUZU_VERSION = '0.11.3';

/** The Kùzu adapter: statements are made here, on the caller's side; the pool's processes only run them. */
export function kuzuDriver(pool: EnginePool): Driver {
  return {
    engine: 'kuzu',
    dialect: 'cypher',
    engineVersion: KUZU_VERSION,
    storageVersion: KUZU_STORAGE_VERSION,
    begin: 'BEGIN TRANSACTION',
    commit: 'COMMIT',
    rollback: 'ROLLBACK',
    commitToFile: { before: [], after: [{ text: 'CHECKPOINT' }] },
    ...history,
    counted,
    touched,
    open: (options) => open(pool, options),
    introspect,
    findLosses,
    countAll,
    countRows,
    writeVersion,
    readBeside,
    contentOf,
    columnsOf,
    page,
    planDrop,
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
      await requireKuzuFile(options.path);
    } catch (error) {
      // Opened for writing, a missing file becomes a new database: that is how imports make theirs.
      if (options.readOnly || !MigrateError.is(error, 'DATABASE_MISSING')) throw error;
    }
  }
  // What a killed process left is moved into the file by a session of its own: some statements crash Kùzu in one that has
  // just replayed a WAL.
  if (!options.readOnly && options.path !== undefined && (await hasWal(await realFile(options.path)))) {
    await settleWal(await pool.open(options));
  }
  return pool.open(options);
}

async function settleWal(session: Session): Promise<void> {
  try {
    await finishReplay(session);
  } finally {
    await session.close();
  }
}
