import * as vscode from 'vscode';
import { EDITORS } from '../constants/views';
import type { Command } from './command';
import { pickDatabase, pickProject } from './picking';

export const openDatabase: Command = {
  name: 'openDatabase',
  needsEngine: false,
  async run(services, request) {
    const database = await pickDatabase(services, await pickProject(services, request), request.database);
    await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(database.path), EDITORS.database);
  },
};
