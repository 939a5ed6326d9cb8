import { MigrateError } from '../../core/errors';
import { withBatchSize } from '../../core/script/batch';
import type { StatementResult } from '../../engine/driver';
import { placed, statementFailure, whereOf } from './placed';
import type { MigrationStatement, Prepared } from './prepared';
import { aroundCommit, type Run, runOptions } from './run';
import type { StatementReport } from './types';

/** A statement that touches this many times the rows of the whole database does not leave out what it changed. */
const MOST_PASSES = 10;

/**
 * Runs one statement in slices, each committed, until a slice changes nothing. A kill between two slices is harmless:
 * the statement goes on with what is left.
 * @param options `onSlice` is told of each slice that is committed; `commitToFile`: a kill must not meet one in the WAL
 * @throws MigrateError as Session.run; BATCH_NOT_COUNTED, BATCH_ENDLESS
 */
export async function runBatch(
  run: Run,
  prepared: Prepared,
  statement: MigrationStatement,
  size: number,
  { commitToFile, onSlice }: { readonly commitToFile: boolean; readonly onSlice: () => void },
): Promise<StatementReport> {
  const { driver } = run.target;
  const slice = driver.counted(withBatchSize(statement.text, driver.dialect, size));
  const [one] = placed(run, prepared, [statement]);
  const limit = MOST_PASSES * ((await driver.countAll(await run.target.session(), runOptions(run))) + size);
  const { before, after } = aroundCommit(driver, commitToFile);
  const at = before.length + 1;
  let touched = 0;
  let ms = 0;
  for (;;) {
    const statements = [...before, { text: driver.begin }, slice, { text: driver.commit }, ...after];
    const results = await run.target.run(statements, runOptions(run)).catch((error: unknown) => {
      throw statementFailure(error, (index) => (index === at ? one : undefined), at, prepared);
    });
    const changed = changedBy(run, prepared, statement, slice, results[at]);
    ms += results[at]?.ms ?? 0;
    touched += changed;
    if (changed > 0) onSlice();
    run.onBatch?.({ id: prepared.key, touched });
    if (changed === 0) return { text: statement.text, line: statement.line, ms, touched };
    if (touched > limit) {
      const where = whereOf(statement, prepared.file, {});
      throw new MigrateError('BATCH_ENDLESS', { touched, statement: statement.text }, { where });
    }
  }
}

function changedBy(
  run: Run,
  prepared: Prepared,
  statement: MigrationStatement,
  slice: Parameters<Run['target']['driver']['touched']>[0],
  result: StatementResult | undefined,
): number {
  const changed = result && run.target.driver.touched(slice, result);
  if (changed !== undefined) return changed;
  const where = whereOf(statement, prepared.file, {});
  throw new MigrateError('BATCH_NOT_COUNTED', { statement: statement.text }, { where });
}
