import { isOpen } from '../services/migration-row';
import { t } from '../services/text';
import type { Command } from './command';
import { orActive, pickMigration, pickPlace, refuseReadOnly } from './pick-migration';
import { runMigrations } from './run-migrations';

/** Applies what is pending up to a migration: that of the row, of the active editor, or the one that the user picks. */
export const applyUpTo: Command = {
  name: 'applyUpTo',
  needsEngine: true,
  async run(services, request) {
    const place = await pickPlace(services, request);
    const { state, database } = place;
    refuseReadOnly(database);
    const { id } = await pickMigration(services, place, {
      request: orActive(request),
      fits: isOpen,
      placeHolder: t('ui.pick.upTo', { database: database.name }),
      none: 'ui.nothingPending',
    });
    return runMigrations(services, state, { action: 'up', database, to: id });
  },
};
