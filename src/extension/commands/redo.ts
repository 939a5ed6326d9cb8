import type { Command } from './command';
import { pickPlace, refuseReadOnly } from './pick-migration';
import { runMigrations } from './run-migrations';

/** Takes the last applied migration back and applies it again, as its file is now. */
export const redo: Command = {
  name: 'redo',
  needsEngine: true,
  async run(services, request) {
    const { state, database } = await pickPlace(services, request);
    refuseReadOnly(database);
    return runMigrations(services, state, { action: 'redo', database });
  },
};
