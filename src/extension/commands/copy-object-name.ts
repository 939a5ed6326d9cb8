import * as vscode from 'vscode';
import type { Command } from './command';

export const copyObjectName: Command = {
  name: 'copyObjectName',
  needsEngine: false,
  async run(_services, { label }) {
    if (label !== undefined) await vscode.env.clipboard.writeText(label);
  },
};
