import * as vscode from 'vscode';
import { t } from '../services/text';
import type { Command } from './command';
import { pickProject, pickVersion } from './picking';

export const copyVersionName: Command = {
  name: 'copyVersionName',
  needsEngine: false,
  async run(services, request) {
    const state = await pickProject(services, request);
    const { version } = await pickVersion(services, state, {
      name: request.version,
      placeHolder: t('ui.pick.version'),
    });
    await vscode.env.clipboard.writeText(version);
  },
};
