import type { History } from '../../core/migration/types';
import type { Database } from '../../project/project';
import type { Context } from '../context';
import { type Change, Ledger } from './ledger';
import { Target } from './target';

export interface Recording {
  /** As it was read under the same lock. */
  readonly history: History | undefined;
  readonly changes: readonly Change[];
  readonly signal?: AbortSignal;
}

/** Writes rows and events of the history in one transaction: all of them, or none. Makes its tables where there are none. */
export async function recordChanges(context: Context, database: Database, recording: Recording): Promise<void> {
  const { history, changes, signal } = recording;
  if (changes.length === 0) return;
  const driver = context.driver(database.engine);
  const ledger = new Ledger(driver, context.project.historyTables, history);
  const target = new Target(driver, database);
  const options = signal ? { signal } : {};
  try {
    const setup = ledger.setup();
    if (setup.length > 0) await target.run(setup, options);
    await target.run([{ text: driver.begin }, ...ledger.record(changes), { text: driver.commit }], options);
  } finally {
    await target.close();
  }
}
