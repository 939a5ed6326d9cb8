import * as vscode from 'vscode';
import { lintCounts } from '../../core/report/lint-counts';
import { t } from '../services/text';
import { withProgress } from '../services/work';
import type { Command } from './command';
import { pickPlace } from './pick-migration';

/** Looks at every migration, runs each on a throw-away database, and shows in Problems what it finds. */
export const lintMigrationsCommand: Command = {
  name: 'lintMigrations',
  needsEngine: true,
  async run(services, request) {
    const { state, database } = await pickPlace(services, request);
    const context = await services.engines.context(state.project);
    const { lint } = await services.engines.workflows();
    const title = t('ui.progress.lint', { database: database.name });
    const result = await withProgress(title, (running) => lint(context, { ...running, database }));
    const { findings, linted, notReplayed, fromCopy } = result;
    await services.lints.show(state.dir, findings);
    const counts = { ...lintCounts(findings), linted };
    if (findings.length === 0) services.messages.show('info', t('ui.linted.fine', { linted }));
    else {
      const run = () => vscode.commands.executeCommand('workbench.actions.view.problems');
      const stopped = notReplayed.length > 0 ? [t('lint.notReplayed', { count: notReplayed.length })] : [];
      const message = [t('ui.linted.found', counts), ...stopped].join(' ');
      const kind = counts.errors > 0 ? 'warning' : 'info';
      services.messages.show(kind, message, [{ title: t('ui.action.showProblems'), run }]);
    }
    services.messages.noteCopy(fromCopy);
    return findings;
  },
};
