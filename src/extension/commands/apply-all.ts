import type { Command } from './command';
import { pickPlace, refuseReadOnly } from './pick-migration';
import { runMigrations } from './run-migrations';

export const applyAll: Command = {
  name: 'applyAll',
  needsEngine: true,
  async run(services, request) {
    const { state, database } = await pickPlace(services, request);
    refuseReadOnly(database);
    const { allowOutOfOrder } = request;
    return runMigrations(services, state, {
      action: 'up',
      database,
      ...(allowOutOfOrder === undefined ? {} : { allowOutOfOrder }),
    });
  },
};
