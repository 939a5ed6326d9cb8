import path from 'node:path';
import * as vscode from 'vscode';
import { plainText } from '../../core/report/markdown-text';
import { formatBytes } from '../../core/text/format';
import { CONFIG_FILE } from '../../project/config';
import { COMMANDS } from '../constants/commands';
import { ITEMS } from '../constants/views';
import { hasVersions } from '../services/project-state';
import { errorText, t } from '../services/text';
import { migrationItem } from './migration-item';
import { nodeId, type TreeNode } from './nodes';
import { scriptItem, scriptProblemItem, scriptsItem } from './script-item';
import { versionItem } from './version-item';

/** A row as VS Code shows it. A click opens something, and never runs anything. */
export function treeItem(node: TreeNode): vscode.TreeItem {
  const item = makeItem(node);
  item.id = nodeId(node);
  return item;
}

function makeItem(node: TreeNode): vscode.TreeItem {
  switch (node.kind) {
    case 'folder':
      return folderItem(node);
    case 'problem':
      return problemItem(node);
    case 'database':
      return databaseItem(node);
    case 'versions':
      return versionsItem();
    case 'version':
      return versionItem(node);
    case 'scripts':
      return scriptsItem(node);
    case 'migration':
      return migrationItem(node);
    case 'scriptProblem':
      return scriptProblemItem(node);
    case 'script':
      return scriptItem(node);
  }
}

function folderItem({ state }: Extract<TreeNode, { kind: 'folder' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(state.name, vscode.TreeItemCollapsibleState.Expanded);
  item.contextValue = ITEMS.folder;
  item.iconPath = vscode.ThemeIcon.Folder;
  item.tooltip = state.dir;
  return item;
}

function problemItem({ state }: Extract<TreeNode, { kind: 'problem' }>): vscode.TreeItem {
  const { message, hint } = errorText(state.error);
  const item = new vscode.TreeItem(CONFIG_FILE, vscode.TreeItemCollapsibleState.None);
  item.contextValue = ITEMS.problem;
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  item.description = path.basename(message.replaceAll(state.dir, ''));
  item.tooltip = `${message}\n${hint}`;
  item.accessibilityInformation = { label: `${CONFIG_FILE}, ${message}` };
  const uri = vscode.Uri.file(path.join(state.dir, CONFIG_FILE));
  const { line = 1, column = 1 } = state.error.where;
  const at = new vscode.Position(line - 1, column - 1);
  item.command = {
    command: 'vscode.open',
    title: t('ui.action.openFile'),
    arguments: [uri, { selection: new vscode.Range(at, at) }],
  };
  return item;
}

function databaseItem(node: Extract<TreeNode, { kind: 'database' }>): vscode.TreeItem {
  const { database, bytes } = node.file;
  const { project, list, scripts } = node.state;
  const isDefault = database === project.defaultDatabase;
  const hasRows = scripts.length > 0 || (isDefault && list.versions.length > 0);
  const { Expanded, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(database.name, hasRows ? Expanded : None);
  const { drift = 0 } = node;
  const context = hasVersions(database) ? ITEMS.database : ITEMS.databaseWithoutVersions;
  item.contextValue = drift > 0 ? `${context}${ITEMS.drifted}` : context;
  item.iconPath =
    drift > 0
      ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
      : new vscode.ThemeIcon(database.protected ? 'lock' : 'database');
  const facts = [
    drift > 0 ? t('ui.drift.state') : '',
    database.engine,
    bytes === undefined ? t('ui.database.missing') : formatBytes(bytes),
    database.protected ? t('ui.database.protected') : '',
    database.readOnly ? t('ui.database.readOnly') : '',
  ].filter((fact) => fact !== '');
  item.description = facts.join(' · ');
  item.tooltip = new vscode.MarkdownString('**')
    .appendMarkdown(plainText(database.name))
    .appendMarkdown('**\n\n')
    .appendMarkdown(plainText(database.path));
  if (drift > 0) item.tooltip.appendMarkdown('\n\n').appendMarkdown(plainText(t('ui.drift.tooltip', { count: drift })));
  if (isDefault && list.movedOn && list.current !== null) {
    item.tooltip.appendMarkdown('\n\n').appendMarkdown(plainText(t('version.movedOn', { version: list.current })));
  }
  item.accessibilityInformation = { label: [t('ui.database.label', { name: database.name }), ...facts].join(', ') };
  if (bytes !== undefined) {
    item.command = { command: COMMANDS.openDatabase, title: t('ui.action.openDatabase'), arguments: [node] };
  }
  return item;
}

function versionsItem(): vscode.TreeItem {
  const item = new vscode.TreeItem(t('ui.tree.versions'), vscode.TreeItemCollapsibleState.Expanded);
  item.contextValue = ITEMS.versions;
  item.iconPath = new vscode.ThemeIcon('versions');
  return item;
}
