import { hasVersions } from '../services/project-state';
import { t } from '../services/text';
import type { Command } from './command';
import { pickDatabase, pickProject, pickVersion } from './picking';
import { showComparison } from './show-comparison';

/** A version on the left, the database as it is on the right. */
export const compareWithDatabase: Command = {
  name: 'compareWithDatabase',
  needsEngine: true,
  async run(services, request) {
    const state = await pickProject(services, request);
    const database = await pickDatabase(services, state, request.database, hasVersions);
    const placeHolder = t('ui.pick.compareWith', { database: database.name });
    const stored = await pickVersion(services, state, { name: request.version, placeHolder });
    await showComparison(services, state, {
      from: { kind: 'version', name: stored.version },
      to: { kind: 'database', name: database.name },
      layout: 'whole',
    });
  },
};
