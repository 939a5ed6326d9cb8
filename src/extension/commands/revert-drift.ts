import path from 'node:path';
import * as vscode from 'vscode';
import type { Running } from '../../workflow/context';
import { t } from '../services/text';
import { withProgress } from '../services/work';
import type { Command } from './command';
import { confirmPlan } from './confirm-plan';
import { decideRenames } from './decide-renames';
import { noteText, refreshAll } from './migration-notes';
import { pickPlace, refuseReadOnly } from './pick-migration';

/** Takes back what was changed by hand, after a question that lists the statements; the file as it was is kept. */
export const revertDriftCommand: Command = {
  name: 'revertDrift',
  needsEngine: true,
  async run(services, request) {
    const { state, database } = await pickPlace(services, request);
    refuseReadOnly(database);
    const context = await services.engines.context(state.project);
    const { revertDrift } = await services.engines.workflows();
    const work = (running: Running) =>
      revertDrift(context, {
        ...running,
        database,
        decide: decideRenames(services),
        confirm: confirmPlan(services, state),
        onNote: (note) => services.log.info(noteText(state, note)),
      });
    const params = { database: database.name };
    const title = t('ui.drift.reverting', params);
    const { changed, backup, notes } = await withProgress(title, work).finally(() => refreshAll(services));
    await services.drifts.check(state, database);
    if (!changed) return services.messages.show('info', t('ui.drift.none', params));
    const kept = backup === undefined ? [] : [t('ui.done.backup', { backup: path.relative(state.dir, backup) })];
    const message = [t('ui.drift.reverted', params), ...kept, ...notes.map((note) => noteText(state, note))].join(' ');
    const reveal = (dir: string) => vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(dir));
    const actions = backup === undefined ? [] : [{ title: t('ui.action.revealBackup'), run: () => reveal(backup) }];
    services.messages.show('info', message, actions);
    return { backup };
  },
};
