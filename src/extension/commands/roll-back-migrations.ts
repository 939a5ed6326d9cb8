import { t } from '../services/text';
import type { Command } from './command';
import { pickMigration, pickPlace, refuseReadOnly } from './pick-migration';
import { runMigrations } from './run-migrations';

/** Takes back a migration and everything that was applied after it; the question before says what that is. */
export const rollBackMigrations: Command = {
  name: 'rollBackMigrations',
  needsEngine: true,
  async run(services, request) {
    const place = await pickPlace(services, request);
    const { state, database } = place;
    refuseReadOnly(database);
    const { id } = await pickMigration(services, place, {
      id: request.migration,
      fits: ({ isApplied }) => isApplied,
      placeHolder: t('ui.pick.backTo', { database: database.name }),
      none: 'ui.nothingApplied',
    });
    return runMigrations(services, state, { action: 'down', database, to: await idBelow(id) });

    /** The applied one below stays; `0` stands for before everything. */
    async function idBelow(target: string): Promise<string> {
      const { rows } = await services.statuses.read(state, database);
      const applied = rows.filter(({ isApplied }) => isApplied).map((row) => row.id);
      return applied[applied.indexOf(target) - 1] ?? '0';
    }
  },
};
