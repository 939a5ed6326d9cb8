import { t } from '../services/text';
import type { Command } from './command';
import { appliedBelow, pickMigration, pickPlace, refuseReadOnly } from './pick-migration';
import { runMigrations } from './run-migrations';

/** Takes back a migration and everything that was applied after it; the question before says what that is. */
export const rollBackMigrations: Command = {
  name: 'rollBackMigrations',
  needsEngine: true,
  async run(services, request) {
    const place = await pickPlace(services, request);
    const { state, database } = place;
    refuseReadOnly(database);
    const row = await pickMigration(services, place, {
      request,
      fits: ({ isApplied }) => isApplied,
      placeHolder: t('ui.pick.backTo', { database: database.name }),
      none: 'ui.nothingApplied',
    });
    const { rows } = await services.statuses.read(state, database);
    return runMigrations(services, state, { action: 'down', database, to: appliedBelow(rows, row) });
  },
};
