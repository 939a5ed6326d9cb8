import path from 'node:path';
import * as vscode from 'vscode';
import { COMMANDS } from '../constants/commands';
import { ITEMS } from '../constants/views';
import { countStates } from '../services/migration-row';
import { errorText, t } from '../services/text';
import type { TreeNode } from './nodes';

type NodeOf<K extends TreeNode['kind']> = Extract<TreeNode, { kind: K }>;

/** A longer list would push away what stands below it. */
const MOST_OPEN = 50;

export function scriptsItem({ state, file, status }: NodeOf<'scripts'>): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(t('ui.tree.scripts'), state.scripts.length > MOST_OPEN ? Collapsed : Expanded);
  item.contextValue = file ? ITEMS.scripts : ITEMS.scriptsAlone;
  item.iconPath = new vscode.ThemeIcon('files');
  const facts = factsOf(status);
  if (facts.length > 0) {
    item.description = facts.join(' · ');
    item.accessibilityInformation = { label: [t('ui.tree.scripts'), ...facts].join(', ') };
  }
  return item;
}

function factsOf(status: NodeOf<'scripts'>['status']): string[] {
  if (status?.kind === 'failed') return [t('ui.scripts.unknown')];
  if (status?.kind !== 'read' || status.rows.length === 0) return [];
  const counts = countStates(status.rows);
  if (counts.length === 0) return [t('ui.scripts.allApplied')];
  return counts.map(({ shown, count }) => t(`ui.count.${shown}`, { count }));
}

/** What stands in the way of telling a state, or of running anything. A click opens the file that it is about. */
export function scriptProblemItem({ state, error }: NodeOf<'scriptProblem'>): vscode.TreeItem {
  const { message, hint } = errorText(error);
  const { file, line = 1, column = 1 } = error.where;
  const item = new vscode.TreeItem(file === undefined ? t('ui.scripts.problem') : path.basename(file));
  item.contextValue = ITEMS.scriptProblem;
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  item.description = message;
  item.tooltip = `${message}\n${hint}`;
  item.accessibilityInformation = { label: `${String(item.label)}, ${message}` };
  const at = new vscode.Position(Math.max(line - 1, 0), Math.max(column - 1, 0));
  item.command =
    file === undefined
      ? { command: COMMANDS.showLog, title: t('ui.action.showLog') }
      : {
          command: 'vscode.open',
          title: t('ui.action.openFile'),
          arguments: [vscode.Uri.file(path.resolve(state.dir, file)), { selection: new vscode.Range(at, at) }],
        };
  return item;
}

export function scriptItem({ state, name }: NodeOf<'script'>): vscode.TreeItem {
  const uri = vscode.Uri.file(path.join(state.project.migrationsDir, name));
  const item = new vscode.TreeItem(uri, vscode.TreeItemCollapsibleState.None);
  item.contextValue = ITEMS.script;
  item.accessibilityInformation = { label: name };
  item.command = { command: 'vscode.open', title: t('ui.action.openFile'), arguments: [uri] };
  return item;
}
