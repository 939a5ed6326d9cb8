import * as vscode from 'vscode';
import { t } from '../services/text';
import type { Command } from './command';
import { pickProject, pickVersion } from './picking';

/** Shows a version's folder in the Explorer, which there is in every kind of window. */
export const revealVersion: Command = {
  name: 'revealVersion',
  needsEngine: false,
  async run(services, request) {
    const state = await pickProject(services, request);
    const { dir } = await pickVersion(services, state, { name: request.version, placeHolder: t('ui.pick.version') });
    await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(dir));
  },
};
