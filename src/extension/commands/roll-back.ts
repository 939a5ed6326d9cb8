import { t } from '../services/text';
import type { Command } from './command';
import { pickProject, pickVersion, theDatabase } from './picking';
import { runImport } from './run-import';

/** Brings the default database back to a version; the present file stays as a backup. */
export const rollBack: Command = {
  name: 'rollBack',
  needsEngine: true,
  async run(services, request) {
    const state = await pickProject(services, request);
    const database = theDatabase(state);
    const placeHolder = t('ui.pick.rollBack', { database: database.name });
    const stored = await pickVersion(services, state, { name: request.version, placeHolder });
    return runImport(services, state, {
      action: 'rollback',
      stored,
      database,
      acceptEdits: request.acceptEdits ?? false,
    });
  },
};
