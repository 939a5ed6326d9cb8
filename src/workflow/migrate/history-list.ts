import type { HistoryEvent } from '../../core/migration/types';
import type { Database } from '../../project/project';
import type { Context, Running } from '../context';
import { openForReading, type ReadFromCopy } from '../reading';
import { isNewDatabase } from './situation';

export interface HistoryRequest extends Running {
  readonly database: Database;
  /** The last so many; all by default. */
  readonly limit?: number;
}

export interface HistoryList {
  /** The newest last. */
  readonly events: readonly HistoryEvent[];
  readonly fromCopy?: ReadFromCopy;
}

/**
 * What was done to a database by migrations, oldest first; nothing where there is no database or no history yet. Reads
 * only. @throws MigrateError HISTORY_TABLE_FOREIGN and the errors of opening
 */
export async function listHistory(context: Context, request: HistoryRequest): Promise<HistoryList> {
  const { database, limit, signal } = request;
  const tables = context.project.historyTables;
  if (await isNewDatabase(database.path)) return { events: [] };
  const driver = context.driver(database.engine);
  const options = signal ? { signal } : {};
  const reading = await openForReading(driver, database, { catalog: false });
  try {
    const history = await driver.readHistory(reading.session, tables, options);
    // Without a last event there may be no table of them.
    const all = history && history.lastSeq > 0 ? await driver.readEvents(reading.session, tables, options) : [];
    const events = limit === undefined ? all : all.slice(Math.max(0, all.length - limit));
    return { events, ...(reading.fromCopy ? { fromCopy: reading.fromCopy } : {}) };
  } finally {
    await reading.close();
  }
}
