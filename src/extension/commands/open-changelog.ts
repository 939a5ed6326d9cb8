import { access } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { Refusal } from '../services/refusal';
import { t } from '../services/text';
import type { Command } from './command';
import { pickProject, pickVersion } from './picking';

export const openChangelog: Command = {
  name: 'openChangelog',
  needsEngine: false,
  async run(services, request) {
    const state = await pickProject(services, request);
    const stored = await pickVersion(services, state, { name: request.version, placeHolder: t('ui.pick.version') });
    const file = path.join(stored.dir, 'CHANGELOG.md');
    await access(file).catch((error: unknown) => {
      services.log.info(`${file}: ${error instanceof Error ? error.message : String(error)}`);
      throw new Refusal('ui.noChangelog', { version: stored.version });
    });
    await vscode.window.showTextDocument(vscode.Uri.file(file));
  },
};
