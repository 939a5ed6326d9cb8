import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Dialect } from '../../core/dialect/dialect';
import { lostInStatements } from '../../core/lint/lost-in-statements';
import { writtenRenames } from '../../core/lint/written-renames';
import type { Lost } from '../../core/loss/lost';
import { withoutHistory } from '../../core/migration/hide';
import { diffSchemas } from '../../core/schema/diff';
import type { Schema } from '../../core/schema/model';
import { renamesBetween } from '../../core/schema/recorded-renames';
import { lockHolders } from '../../engine/holder';
import { temporaryFolder } from '../../engine/temporary';
import type { Database } from '../../project/project';
import type { Context } from '../context';
import { lossesOfChanges } from '../losses';
import { makeStableCopy } from '../stable-copy';
import { applyAll } from './apply';
import { requireInside } from './inside';
import { openKinds } from './kinds';
import { Ledger } from './ledger';
import { closingError, prepare, runOf } from './migrate';
import { planOf } from './plan-run';
import type { Prepared } from './prepared';
import { renamesOf, statementsLeft } from './question';
import { isNewDatabase, readFiles, situationOf } from './situation';
import { Target } from './target';
import type { DryRunSchema, MigrateOutcome, MigrateRequest, MigrationResult } from './types';

/**
 * Runs the plan on a temporary copy of the database, or on an empty one where there is none yet: the same statements,
 * their times and the rows they change, and the schema before and after. Takes no lock and leaves nothing behind.
 * @throws as `migrate`
 */
export async function dryRun(context: Context, request: MigrateRequest): Promise<MigrateOutcome> {
  const { project } = context;
  const driver = context.driver(request.database.engine);
  const kinds = await openKinds(context, driver.dialect);
  // Whatever fails from here on, the copy goes: it is as large as the database.
  const copy = await copyOf(request.database).catch(async (error: unknown) => {
    await kinds.close();
    throw error;
  });
  const target = new Target(driver, { ...request.database, path: copy.path }, { isCopy: true });
  try {
    const session = await target.session();
    const history = await driver.readHistory(session, project.historyTables);
    const situation = situationOf(readFiles(context, request.database, kinds.extraEndings), history);
    const plan = planOf(situation, request);
    const before = withoutHistory(await driver.introspect(session), project.historyTables);
    const prepared = await prepare(context, situation, plan, kinds, driver.dialect);
    try {
      requireInside(prepared.migrations);
      const ledger = new Ledger(driver, project.historyTables, history);
      const applied = await applyAll(runOf(context, request, { target, ledger, counts: true }), prepared.migrations);
      const after = withoutHistory(await driver.introspect(await target.session()), project.historyTables);
      const seen = { before, after, isNew: copy.isNew, results: applied.results };
      const schema = await changesOf(context, request, prepared.migrations, seen);
      const error = applied.error ?? (await closingError(context, prepared));
      const notes = [...copy.notes, ...situation.notes, ...plan.notes];
      return { ...applied, ...(error ? { error } : {}), notes, schema };
    } finally {
      await prepared.close();
    }
  } finally {
    await target.close().finally(() => Promise.all([kinds.close(), copy.remove()]));
  }
}

interface Seen {
  readonly before: Schema;
  readonly after: Schema;
  readonly isNew: boolean;
  readonly results: readonly MigrationResult[];
}

/** What the run has changed; renames as the scripts made or record them. */
async function changesOf(
  context: Context,
  request: MigrateRequest,
  migrations: readonly Prepared[],
  { before, after, isNew, results }: Seen,
): Promise<DryRunSchema> {
  const { dialect } = context.driver(request.database.engine);
  const renames = renamesBetween(renameTexts(migrations, results, dialect), before, after);
  const changes = diffSchemas(before, after, renames);
  const { database, signal } = request;
  // Rows that the scripts copy first are not gone with their table; code tells nothing.
  const statements = migrations.flatMap(statementsLeft);
  const taken = new Set(lostInStatements(statements, dialect).map((lost) => `${lost.what} ${lost.table}`));
  const isTold = migrations.every(({ body }) => body.kind === 'statements');
  const isTaken = (lost: Lost) => !isNew && (lost.what !== 'table' || !isTold || taken.has(`table ${lost.table}`));
  const running = { isTaken, ...(signal ? { signal } : {}) };
  return { before, after, renames, ...(await lossesOfChanges(context, database, { changes, renames }, running)) };
}

/** What the headers of migrations record, and what their statements renamed, those of code too. */
function renameTexts(
  migrations: readonly Prepared[],
  results: readonly MigrationResult[],
  dialect: Dialect,
): readonly string[] {
  return migrations.flatMap((migration, at) => [
    ...renamesOf(migration),
    ...writtenRenames(results[at]?.statements ?? [], dialect),
  ]);
}

async function copyOf(database: Database) {
  if (!(await isNewDatabase(database.path))) {
    const copy = await stableCopy(database);
    return { ...copy, isNew: false, notes: [] };
  }
  const dir = await temporaryFolder('shadow');
  return {
    path: path.join(dir, path.basename(database.path)),
    remove: () => rm(dir, { recursive: true, force: true }),
    isNew: true,
    notes: [{ key: 'migration.dryOnEmpty', params: {} }],
  };
}

/** A copy counts as made under a holder when one is seen: then a checkpoint on the way is waited out. */
async function stableCopy(database: Database) {
  return makeStableCopy(database.path, (await lockHolders(database.path)).length > 0);
}
