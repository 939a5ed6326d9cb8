import path from 'node:path';
import * as vscode from 'vscode';
import { CONFIG_FILE } from '../../project/config';
import { Refusal } from '../services/refusal';
import type { Command } from './command';
import { pickProject } from './picking';

/** Opens kuzu-migrate.json; of a project that it has made unreadable, too. */
export const openConfiguration: Command = {
  name: 'openConfiguration',
  needsEngine: false,
  async run(services, request) {
    const broken = services.projects.states.find(
      ({ kind, dir }) => kind === 'broken' && (request.project ?? dir) === dir,
    );
    const file = broken
      ? path.join(broken.dir, CONFIG_FILE)
      : (await pickProject(services, request)).project.configFile;
    if (file === undefined) throw new Refusal('ui.noConfiguration');
    await vscode.window.showTextDocument(vscode.Uri.file(file));
  },
};
