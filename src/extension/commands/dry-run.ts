import { MigrateError } from '../../core/errors';
import type { Running } from '../../workflow/context';
import { dryRunText } from '../documents/plan-text';
import { showKept } from '../documents/show-kept';
import type { Services } from '../services/services';
import { t } from '../services/text';
import { withProgress } from '../services/work';
import type { Command } from './command';
import { statementReporter } from './migration-notes';
import type { MigrationTask } from './migration-task';
import { appliedBelow, namedMigration, type Place, pickPlace } from './pick-migration';
import { reportFailure } from './report-failure';
import type { Request } from './request';
import { showKeptDiff } from './show-kept-diff';

/**
 * Runs what would run on a copy: the plan with times and rows as a document, and the change of the schema in the
 * multi-file diff. Of an applied migration it is the way down.
 */
export const dryRun: Command = {
  name: 'dryRun',
  needsEngine: true,
  async run(services, request) {
    const place = await pickPlace(services, request);
    const { state, database } = place;
    const task = await taskOf(services, place, request);
    const context = await services.engines.context(state.project);
    const { migrate } = await services.engines.workflows();
    const again = ({ allowOutOfOrder = false }: MigrationTask) => dryRun.run(services, { ...request, allowOutOfOrder });
    const work = (running: Running) =>
      migrate(context, {
        ...running,
        ...task,
        dryRun: true,
        confirm: async () => undefined,
        onStatement: statementReporter(running),
      });
    try {
      const outcome = await withProgress(t('ui.progress.dryRun', { database: database.name }), work);
      if (outcome.results.length === 0) {
        services.messages.show('info', t(`ui.migrated.${task.action}.none`, { database: database.name }));
        return outcome;
      }
      if (outcome.schema) {
        const title = t('ui.dry.diff', { database: database.name });
        await showKeptDiff(services, state, { title, ...outcome.schema, engine: database.engine });
      }
      const name = t('ui.dry.name', { database: database.name });
      await showKept(services, state, { name, text: dryRunText(outcome, database), engine: database.engine });
      // Without the outcome: there is nothing that could be taken back.
      if (outcome.error) await reportFailure(services, state, { task, error: outcome.error, again });
      return outcome;
    } catch (error) {
      if (!MigrateError.is(error) || MigrateError.is(error, 'CANCELLED')) throw error;
      await reportFailure(services, state, { task, error, again });
      return undefined;
    }
  },
};

async function taskOf(services: Services, place: Place, request: Request): Promise<MigrationTask> {
  const { state, database } = place;
  const { allowOutOfOrder } = request;
  const late = allowOutOfOrder === undefined ? {} : { allowOutOfOrder };
  const { rows } = await services.statuses.read(state, database);
  const row = namedMigration(rows, request);
  if (!row) return { action: 'up', database, ...late };
  return row.isApplied
    ? { action: 'down', database, to: appliedBelow(rows, row) }
    : { action: 'up', database, to: row.id, ...late };
}
