import * as vscode from 'vscode';
import { detectFile } from '../../engine/detect';
import { loadProject } from '../../project/discovery';
import { initProject } from '../../workflow/init';
import { answered } from '../services/dialogs';
import { environment } from '../services/project-state';
import { Refusal } from '../services/refusal';
import type { Services } from '../services/services';
import { t } from '../services/text';
import type { Command } from './command';
import type { Request } from './request';

/** Writes kuzu-migrate.json for what a folder holds, and opens it. */
export const newProject: Command = {
  name: 'newProject',
  needsEngine: false,
  async run(services, request) {
    const dir = await pickFolder(services, request);
    const project = await loadProject({ dir, env: await environment(dir), detect: detectFile });
    const file = await initProject(project);
    await services.projects.refresh();
    await vscode.window.showTextDocument(vscode.Uri.file(file));
  },
};

async function pickFolder({ messages }: Services, request: Request): Promise<string> {
  if (request.project !== undefined) return request.project;
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const [only, ...others] = folders;
  if (!only) throw new Refusal('ui.noFolder');
  if (others.length === 0) return only.uri.fsPath;
  const active = vscode.window.activeTextEditor?.document.uri;
  const first = active && vscode.workspace.getWorkspaceFolder(active);
  const choices = [...folders]
    .sort((a, b) => Number(b === first) - Number(a === first))
    .map(({ name, uri }) => ({ label: name, description: uri.fsPath, value: uri.fsPath }));
  return answered(messages.dialogs.pick(choices, { placeHolder: t('ui.pick.folder') }));
}
