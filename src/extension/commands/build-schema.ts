import path from 'node:path';
import * as vscode from 'vscode';
import { t } from '../services/text';
import { withProgress } from '../services/work';
import type { Command } from './command';
import { pickProject } from './picking';

/** Makes the schema file of the modular DDL; what is wrong with that stands in Problems. */
export const buildSchemaCommand: Command = {
  name: 'buildSchema',
  needsEngine: true,
  async run(services, request) {
    const state = await pickProject(services, request);
    const title = t('ui.progress.build', { name: state.name });
    const result = await withProgress(title, (running) => services.builds.build(state, running));
    const { file, changed, objects, findings, kept } = result;
    if (findings.length > 0) {
      const run = () => vscode.commands.executeCommand('workbench.actions.view.problems');
      const message = t('ui.built.found', { count: findings.length });
      services.messages.show('error', message, [{ title: t('ui.action.showProblems'), run }]);
      return result;
    }
    const said = t(changed ? 'ui.built.made' : 'ui.built.same', { file, count: objects.length });
    const message = kept === undefined ? said : `${said} ${t('ddl.kept', { file, kept })}`;
    const run = () => vscode.window.showTextDocument(vscode.Uri.file(path.resolve(state.dir, file)));
    services.messages.show('info', message, [{ title: t('ui.action.openFile'), run }]);
    return result;
  },
};
