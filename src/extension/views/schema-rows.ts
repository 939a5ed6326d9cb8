import * as vscode from 'vscode';
import { plainText } from '../../core/report/markdown-text';
import type { OutlineKind, OutlineRow } from '../../core/schema/outline';
import { ITEMS } from '../constants/views';
import type { SchemaPlace } from '../services/schema-choice';
import type { SchemaSource } from '../services/schemas';
import { t } from '../services/text';

/** A row of the Schema view. */
export interface SchemaRow {
  /** The folder of its project. */
  readonly project: string;
  readonly source: SchemaSource;
  readonly row: OutlineRow;
  /** Stays the same while a row stands for the same thing. */
  readonly id: string;
}

const ICONS: Readonly<Record<OutlineKind, string>> = {
  node: 'symbol-class',
  rel: 'references',
  table: 'table',
  column: 'symbol-field',
  key: 'key',
  connection: 'arrow-right',
  constraint: 'verified',
  index: 'list-filter',
  view: 'eye',
  sequence: 'symbol-numeric',
  macro: 'symbol-function',
  type: 'symbol-enum',
  views: 'eye',
  sequences: 'symbol-numeric',
  macros: 'symbol-function',
  types: 'symbol-enum',
};

const GROUPS = ['views', 'sequences', 'macros', 'types'] as const;

export function isSchemaRow(value: unknown): value is SchemaRow {
  return typeof value === 'object' && value !== null && 'row' in value && 'source' in value && 'project' in value;
}

export function schemaRows({ state, source }: SchemaPlace, rows: readonly OutlineRow[]): SchemaRow[] {
  const id = [state.dir, source.kind, source.name].join('\0');
  return rows.map((row) => ({ project: state.dir, source, row, id: [id, row.kind, row.name].join('\0') }));
}

export function childRows({ project, source, row, id }: SchemaRow): SchemaRow[] {
  return row.children.map((child) => ({ project, source, row: child, id: [id, child.kind, child.name].join('\0') }));
}

/** A row as VS Code shows it; a click only selects. */
export function schemaItem({ row, id }: SchemaRow): vscode.TreeItem {
  const { kind, detail, comment, children, object } = row;
  const group = GROUPS.find((one) => one === kind);
  const label = group ? t(`ui.schema.${group}`) : row.name;
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(label, children.length > 0 ? Collapsed : None);
  const facts = [...(kind === 'key' ? [t('ui.schema.isKey')] : []), ...(detail === '' ? [] : [detail])];
  item.id = id;
  item.iconPath = new vscode.ThemeIcon(ICONS[kind]);
  item.description = facts.join(' · ');
  item.contextValue = object === undefined ? ITEMS.schemaGroup : contextOf(row);
  const what = group ? label : `${t(`ui.schema.${kind}`)} ${label}`;
  item.accessibilityInformation = { label: [what, ...(detail === '' ? [] : [detail])].join(', ') };
  item.tooltip = new vscode.MarkdownString('**')
    .appendMarkdown(plainText(label))
    .appendMarkdown('**')
    .appendMarkdown(plainText(facts.length === 0 ? '' : ` · ${facts.join(' · ')}`))
    .appendMarkdown(comment === undefined ? '' : `\n\n${plainText(comment)}`);
  return item;
}

function contextOf({ kind }: OutlineRow): string {
  return kind === 'node' || kind === 'rel' || kind === 'table' ? ITEMS.schemaTable : ITEMS.schemaObject;
}
