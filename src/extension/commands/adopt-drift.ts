import path from 'node:path';
import * as vscode from 'vscode';
import type { Running } from '../../workflow/context';
import { t } from '../services/text';
import { withProgress } from '../services/work';
import { askName } from './ask-name';
import type { Command } from './command';
import { confirmChanges } from './confirm-changes';
import { decideRenames } from './decide-renames';
import { noteText, refreshAll } from './migration-notes';
import { pickPlace, refuseReadOnly } from './pick-migration';

/** Writes what was changed by hand as a migration, and records it as applied to this database. */
export const adoptDriftCommand: Command = {
  name: 'adoptDrift',
  needsEngine: true,
  async run(services, request) {
    const { state, database } = await pickPlace(services, request);
    refuseReadOnly(database);
    const asked = { title: t('ui.drift.adoptTitle'), prompt: t('ui.drift.adoptPrompt') };
    const name = request.name ?? (await askName(services, asked));
    const context = await services.engines.context(state.project);
    const { adoptDrift } = await services.engines.workflows();
    const work = (running: Running) =>
      adoptDrift(context, {
        ...running,
        database,
        name,
        decide: decideRenames(services),
        confirm: confirmChanges(services, state),
        onNote: (note) => services.log.info(noteText(state, note)),
      });
    const title = t('ui.drift.adopting', { database: database.name });
    const { file, notes } = await withProgress(title, work).finally(() => refreshAll(services));
    await services.drifts.check(state, database);
    if (file === undefined) return services.messages.show('info', t('ui.drift.none', { database: database.name }));
    const run = () => vscode.window.showTextDocument(vscode.Uri.file(path.resolve(state.dir, file)));
    const done = t('ui.drift.adopted', { file, database: database.name });
    const message = [done, ...notes.map((note) => noteText(state, note))].join(' ');
    services.messages.show('info', message, [{ title: t('ui.action.openFile'), run }]);
    return { file };
  },
};
