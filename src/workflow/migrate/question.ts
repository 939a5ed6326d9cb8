import type { Database } from '../../project/project';
import type { Prepared } from './prepared';
import type { MigrateRequest, PlannedMigration, PlanQuestion } from './types';

/** What a run is about to do, as the user confirms it: the same value is run afterwards. */
export function questionOf(
  { action }: Pick<MigrateRequest, 'action'>,
  database: Database,
  migrations: readonly Prepared[],
): PlanQuestion {
  return { action, database, migrations: migrations.map(planned) };
}

/** `up` asks only for a protected database or a loss of data; what goes back always asks. */
export function needsQuestion({ action, database, migrations }: PlanQuestion): boolean {
  return action !== 'up' || database.protected || migrations.some(({ losesData }) => losesData);
}

export function planned({ key, name, file, step, body, losesData }: Prepared): PlannedMigration {
  return {
    id: key,
    name,
    file,
    direction: step.direction,
    statements: body.kind === 'statements' ? body.statements.slice(step.done).map(({ text }) => text) : [],
    transactional: body.transactional,
    losesData,
  };
}
