import * as vscode from 'vscode';
import { plainText } from '../../core/report/markdown-text';
import { formatBytes, formatCount, formatTime } from '../../core/text/format';
import { lossSentence } from '../../core/text/loss-sentence';
import type { StoredVersion } from '../../project/versions';
import { COMMANDS } from '../constants/commands';
import { ITEMS } from '../constants/views';
import { errorText, t, text } from '../services/text';
import type { TreeNode } from './nodes';

type VersionNode = Extract<TreeNode, { kind: 'version' }>;

/** A version as a row: its state as an icon, as words, and for screen readers. */
export function versionItem(node: VersionNode): vscode.TreeItem {
  const { stored, state } = node;
  const isCurrent = stored.version === state.list.current;
  const marks = marksOf(stored, isCurrent);
  const item = new vscode.TreeItem(stored.version);
  item.contextValue = stored.broken ? ITEMS.brokenVersion : isCurrent ? ITEMS.currentVersion : ITEMS.version;
  item.description = [...marks, ...factsOf(stored)].join(' · ');
  item.iconPath = iconOf(stored, isCurrent);
  item.tooltip = tooltipOf(stored, marks);
  item.accessibilityInformation = { label: [stored.version, ...marks, ...factsOf(stored)].join(', ') };
  item.command = { command: COMMANDS.openSchema, title: t('ui.action.openSchema'), arguments: [node] };
  return item;
}

function marksOf({ manifest, broken }: StoredVersion, isCurrent: boolean): string[] {
  const warnings = manifest?.warnings.length ?? 0;
  return [
    isCurrent ? t('ui.version.current') : '',
    broken ? t('ui.version.broken') : manifest ? '' : t('ui.version.engineOnly'),
    manifest?.dataFormat === null ? t('ui.version.schemaOnly') : '',
    manifest?.verified ? t('ui.version.proven') : '',
    warnings === 0 ? '' : warnings === 1 ? t('ui.version.warning') : t('ui.version.warnings', { count: warnings }),
  ].filter((mark) => mark !== '');
}

function factsOf({ manifest, createdAt }: StoredVersion): string[] {
  const rows = manifest?.rows ?? undefined;
  return [
    manifest ? formatBytes(manifest.bytes) : '',
    formatDate(createdAt),
    rows === undefined ? '' : rows === 1 ? t('ui.version.row') : t('ui.version.rows', { count: formatCount(rows) }),
  ].filter((fact) => fact !== '');
}

/** The day alone: a row is short, and the tooltip has the rest. */
function formatDate(iso: string): string {
  return formatTime(iso).slice(0, 10);
}

function iconOf({ manifest, broken }: StoredVersion, isCurrent: boolean): vscode.ThemeIcon {
  if (broken) return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  if (manifest && manifest.warnings.length > 0) {
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  }
  return isCurrent
    ? new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed'))
    : new vscode.ThemeIcon('tag');
}

function tooltipOf(stored: StoredVersion, marks: readonly string[]): vscode.MarkdownString {
  const { version, manifest, broken } = stored;
  const tooltip = new vscode.MarkdownString('**');
  tooltip.appendMarkdown(plainText(version)).appendMarkdown('**');
  if (marks.length > 0) tooltip.appendMarkdown(' · ').appendMarkdown(plainText(marks.join(' · ')));
  const lines: string[] = [];
  if (manifest) {
    const { engine, engineVersion, storageVersion, tables, dataFormat, database } = manifest;
    lines.push(t('ui.tooltip.made', { time: formatTime(stored.createdAt), database }));
    lines.push(t('ui.tooltip.engine', { engine, version: engineVersion, storage: storageVersion }));
    lines.push(t('ui.tooltip.tables', { count: tables.length, format: dataFormat ?? '-' }));
    if (manifest.readFromCopy) {
      lines.push(text('read.fromCopy', { ...manifest.readFromCopy, asOf: formatTime(manifest.readFromCopy.asOf) }));
    }
  }
  if (broken) lines.push(errorText(broken).message);
  for (const line of lines) tooltip.appendMarkdown('\n\n').appendMarkdown(plainText(line));
  manifest?.warnings.forEach((loss, at) => {
    tooltip
      .appendMarkdown(at === 0 ? '\n\n' : '\n')
      .appendMarkdown('- ')
      .appendMarkdown(plainText(`${lossSentence(loss, text)} (${loss.code})`));
  });
  return tooltip;
}
