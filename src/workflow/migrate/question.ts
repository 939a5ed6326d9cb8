import type { Context } from '../context';
import { lossesOfStatements } from '../losses';
import type { MigrationStatement, Prepared } from './prepared';
import type { MigrateRequest, PlannedMigration, PlanQuestion } from './types';

/** What a run is about to do, as the user confirms it: the same value is run afterwards. */
export function questionOf(
  context: Context,
  request: Pick<MigrateRequest, 'action' | 'database' | 'signal'>,
  migrations: readonly Prepared[],
): PlanQuestion {
  const { action, database } = request;
  return {
    action,
    database,
    migrations: migrations.map(planned),
    // All of them as one: what the first one renames the next one drops.
    losses: () =>
      lossesOfStatements(
        context,
        database,
        { statements: migrations.flatMap(statementsLeft), renames: migrations.flatMap(renamesOf) },
        request,
      ),
  };
}

/** `up` asks only for a protected database or a loss of data; what goes back always asks. */
export function needsQuestion({ action, database, migrations }: PlanQuestion): boolean {
  return action !== 'up' || database.protected || migrations.some(({ losesData }) => losesData);
}

export function planned(prepared: Prepared): PlannedMigration {
  const { key, name, file, step, body, losesData } = prepared;
  return {
    id: key,
    name,
    file,
    direction: step.direction,
    statements: statementsLeft(prepared).map(({ text }) => text),
    transactional: body.transactional,
    losesData,
  };
}

/** What will run of it; code tells nothing before. */
export function statementsLeft({ body, step }: Prepared): readonly MigrationStatement[] {
  return body.kind === 'statements' ? body.statements.slice(step.done) : [];
}

/** What the header of a script records; code has none. */
export function renamesOf({ body }: Prepared): readonly string[] {
  return body.kind === 'statements' ? body.renames : [];
}
