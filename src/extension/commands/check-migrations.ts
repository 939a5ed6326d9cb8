import path from 'node:path';
import * as vscode from 'vscode';
import type { Finding } from '../../core/migration/check-types';
import { CONFIG_FILE } from '../../project/config';
import type { Placed } from '../services/findings';
import type { LoadedProject } from '../services/project-state';
import { t, text } from '../services/text';
import { withProgress } from '../services/work';
import type { Command } from './command';
import { refreshAll } from './migration-notes';
import { pickPlace } from './pick-migration';

/** Compares the files with the history; what it finds stands in Problems. */
export const checkMigrationsCommand: Command = {
  name: 'checkMigrations',
  needsEngine: true,
  async run(services, request) {
    const { state, database } = await pickPlace(services, request);
    const context = await services.engines.context(state.project);
    const { checkMigrations } = await services.engines.workflows();
    const title = t('ui.progress.check', { database: database.name });
    const { findings, fromCopy } = await withProgress(title, (running) =>
      checkMigrations(context, { ...running, database }),
    );
    await refreshAll(services);
    await services.findings.checked(
      state.dir,
      findings.map((finding) => placed(state, finding)),
    );
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    const notes = findings.length - errors;
    if (findings.length === 0) services.messages.show('info', t('ui.checked.fine', { database: database.name }));
    else {
      const run = () => vscode.commands.executeCommand('workbench.actions.view.problems');
      const message = t('ui.checked.found', { database: database.name, errors, notes });
      services.messages.show(errors > 0 ? 'warning' : 'info', message, [{ title: t('ui.action.showProblems'), run }]);
    }
    services.messages.noteCopy(fromCopy);
    return findings;
  },
};

/** What is about no file, such as one that is gone, stands at the project's configuration. */
function placed({ dir, project }: LoadedProject, finding: Finding): Placed {
  const { message, cause, hint, severity, code, line } = finding;
  const sentences = [message, cause, ...(hint ? [hint] : [])].map((one) => text(one.key, one.params));
  const file = finding.file ?? project.configFile ?? CONFIG_FILE;
  return {
    file: path.resolve(dir, file),
    where: line === undefined ? {} : { line },
    message: sentences.filter((sentence) => sentence !== '').join(' '),
    code,
    severity,
  };
}
