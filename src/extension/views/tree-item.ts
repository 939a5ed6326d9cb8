import path from 'node:path';
import * as vscode from 'vscode';
import { plainText } from '../../core/report/markdown-text';
import { formatBytes } from '../../core/text/format';
import { CONFIG_FILE } from '../../project/config';
import { COMMANDS } from '../constants/commands';
import { ITEMS } from '../constants/views';
import { errorText, t } from '../services/text';
import { nodeId, type TreeNode } from './nodes';
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
      return groupItem(t('ui.tree.versions'), 'versions', ITEMS.versions, vscode.TreeItemCollapsibleState.Expanded);
    case 'version':
      return versionItem(node);
    case 'scripts':
      return groupItem(t('ui.tree.scripts'), 'files', ITEMS.scripts, vscode.TreeItemCollapsibleState.Collapsed);
    case 'script': {
      const uri = vscode.Uri.file(path.join(node.state.project.migrationsDir, node.name));
      const item = new vscode.TreeItem(uri, vscode.TreeItemCollapsibleState.None);
      item.contextValue = ITEMS.script;
      item.accessibilityInformation = { label: node.name };
      item.command = { command: 'vscode.open', title: t('ui.action.openFile'), arguments: [uri] };
      return item;
    }
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
  const { project, list } = node.state;
  const isDefault = database === project.defaultDatabase;
  const state =
    isDefault && list.versions.length > 0
      ? vscode.TreeItemCollapsibleState.Expanded
      : vscode.TreeItemCollapsibleState.None;
  const item = new vscode.TreeItem(database.name, state);
  item.contextValue = ITEMS.database;
  item.iconPath = new vscode.ThemeIcon(database.protected ? 'lock' : 'database');
  const facts = [
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
  if (isDefault && list.movedOn && list.current !== null) {
    item.tooltip.appendMarkdown('\n\n').appendMarkdown(plainText(t('version.movedOn', { version: list.current })));
  }
  item.accessibilityInformation = { label: [t('ui.database.label', { name: database.name }), ...facts].join(', ') };
  if (bytes !== undefined) {
    item.command = { command: COMMANDS.openDatabase, title: t('ui.action.openDatabase'), arguments: [node] };
  }
  return item;
}

function groupItem(
  label: string,
  icon: string,
  context: string,
  state: vscode.TreeItemCollapsibleState,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, state);
  item.contextValue = context;
  item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}
