import { MigrateError } from '../../core/errors';
import { realFile } from '../../engine/real-file';
import { removeJournal, writeJournal } from '../../project/journal';
import { headerOf, settleCommit } from '../interrupted-commit';
import type { Run } from './run';

/**
 * Does work whose commit Kùzu can't replay from its WAL so that a kill leaves all of it or nothing: the WAL is emptied
 * first, and a journal says until the end that what it holds is to be put away. On a throw-away copy nothing is at stake.
 * @param key the migration's, for whoever clears up
 */
export async function guardedCommit<T>(run: Run, wanted: boolean, key: string, work: () => Promise<T>): Promise<T> {
  const { target, log } = run;
  if (!wanted || target.driver.dialect !== 'cypher' || run.backup === undefined) return work();
  await target.run([{ text: 'CHECKPOINT', quiet: true }]);
  const file = await realFile(target.path);
  const startedAt = new Date().toISOString();
  const header = await headerOf(file);
  await writeJournal(file, { action: 'migration', version: key, stage: 'commit', fresh: '', startedAt, header });
  try {
    const done = await work();
    await removeJournal(file);
    return done;
  } catch (error) {
    if (!MigrateError.is(error)) throw error;
    // Closing moves what was committed into the file, if the engine still can.
    await target.endTransaction(log);
    await settleCommit(file, header);
    await removeJournal(file);
    throw error;
  }
}
