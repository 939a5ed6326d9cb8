import * as vscode from 'vscode';
import { plainText } from '../../core/report/markdown-text';
import { formatMs, formatTime } from '../../core/text/format';
import { COMMANDS } from '../constants/commands';
import { ITEMS } from '../constants/views';
import type { MigrationRow, ShownState } from '../services/migration-row';
import { t } from '../services/text';
import type { MigrationNode } from './nodes';

interface Look {
  readonly icon: string;
  readonly color?: string;
  readonly context: string;
}

const LOOKS: Readonly<Record<ShownState, Look>> = {
  applied: { icon: 'pass', color: 'testing.iconPassed', context: ITEMS.applied },
  pending: { icon: 'circle-large-outline', color: 'charts.blue', context: ITEMS.pending },
  failed: { icon: 'error', color: 'list.errorForeground', context: ITEMS.failed },
  half: { icon: 'stop-circle', color: 'list.errorForeground', context: ITEMS.half },
  changed: { icon: 'diff-modified', color: 'list.warningForeground', context: ITEMS.changed },
  missing: { icon: 'question', color: 'list.warningForeground', context: ITEMS.missing },
  'out-of-order': { icon: 'warning', color: 'list.warningForeground', context: ITEMS.outOfOrder },
};

/** A migration as a row: its state as an icon, as words, and for screen readers. The tooltip comes when it is asked for. */
export function migrationItem(node: MigrationNode): vscode.TreeItem {
  const { row } = node;
  const { icon, color, context } = LOOKS[row.shown];
  const label = row.name || row.id;
  const item = new vscode.TreeItem(label);
  const facts = [stateText(row), ...(label === row.id ? [] : [row.id])];
  item.contextValue = context;
  item.description = facts.join(' · ');
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.accessibilityInformation = { label: [label, ...facts].join(', ') };
  item.command =
    row.path === undefined
      ? { command: COMMANDS.openScript, title: t('ui.action.openScript'), arguments: [node] }
      : { command: 'vscode.open', title: t('ui.action.openFile'), arguments: [vscode.Uri.file(row.path)] };
  return item;
}

/** The state in words: `pending`, `half done: 2 of 5 statements`. */
export function stateText({ shown, halfDone, appliedStatements = 0, totalStatements = 0 }: MigrationRow): string {
  if (shown !== 'half') return t(`state.migration.${shown}`);
  const key = halfDone === 'down' ? 'ui.state.halfDown' : 'ui.state.halfUp';
  return t(key, { done: appliedStatements, count: totalStatements });
}

export function migrationTooltip({ row }: MigrationNode): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString('**');
  tooltip
    .appendMarkdown(plainText(row.name || row.id))
    .appendMarkdown('** · ')
    .appendMarkdown(plainText(stateText(row)));
  const lines = [
    t('ui.tooltip.id', { id: row.id }),
    t(row.file === null ? 'ui.tooltip.noFile' : 'ui.tooltip.file', { file: row.file ?? '' }),
  ];
  if (row.appliedAt !== null) {
    const params = {
      time: formatTime(row.appliedAt),
      user: row.appliedBy ?? '-',
      took: formatMs(row.executionMs ?? 0),
    };
    lines.push(t(row.isApplied ? 'ui.tooltip.applied' : 'ui.tooltip.tried', params));
  }
  if (row.commentsOnly) lines.push(t('ui.tooltip.commentsOnly'));
  if (row.isApplied && !row.hasDown) lines.push(t('ui.tooltip.noDown'));
  if (row.errorMessage !== undefined) lines.push(row.errorMessage);
  for (const line of lines) tooltip.appendMarkdown('\n\n').appendMarkdown(plainText(line));
  return tooltip;
}
