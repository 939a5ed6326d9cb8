import { isOpen } from '../services/migration-row';
import { t } from '../services/text';
import type { Command } from './command';
import { activeMigration, pickMigration, pickPlace, refuseReadOnly } from './pick-migration';
import { runMigrations } from './run-migrations';

/** Applies what is pending up to a migration: that of the row, of the active editor, or the one that the user picks. */
export const applyUpTo: Command = {
  name: 'applyUpTo',
  needsEngine: true,
  async run(services, request) {
    const place = await pickPlace(services, request);
    const { state, database } = place;
    refuseReadOnly(database);
    const { rows } = await services.statuses.read(state, database);
    const active = activeMigration(rows.filter(isOpen));
    const { id } = await pickMigration(services, place, {
      id: request.migration ?? active?.id,
      fits: isOpen,
      placeHolder: t('ui.pick.upTo', { database: database.name }),
      none: 'ui.nothingPending',
    });
    return runMigrations(services, state, { action: 'up', database, to: id });
  },
};
