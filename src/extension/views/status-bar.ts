import * as vscode from 'vscode';
import { plainText } from '../../core/report/markdown-text';
import { formatTime } from '../../core/text/format';
import { VIEWS } from '../constants/views';
import { Disposable } from '../services/disposable';
import { countStates, isOpen } from '../services/migration-row';
import { defaultDatabase, type LoadedProject } from '../services/project-state';
import type { Projects } from '../services/projects';
import type { Statuses } from '../services/statuses';
import { t } from '../services/text';

/**
 * The version that the database of the active editor's project is at, and what is pending there; hidden where there is
 * nothing to tell.
 */
export class StatusBar extends Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #projects: Projects;
  readonly #statuses: Statuses;

  constructor(projects: Projects, statuses: Statuses) {
    super();
    this.#projects = projects;
    this.#statuses = statuses;
    this.#item = this.register(vscode.window.createStatusBarItem('version', vscode.StatusBarAlignment.Left, 0));
    this.#item.name = t('ui.status.name');
    this.#item.command = `${VIEWS.migrations}.focus`;
    this.register(projects.onDidChange(() => this.#update()));
    this.register(statuses.onDidChange(() => this.#update()));
    this.register(vscode.window.onDidChangeActiveTextEditor(() => this.#update()));
  }

  #update(): void {
    const file = vscode.window.activeTextEditor?.document.uri;
    const active = file?.scheme === 'file' ? this.#projects.at(file.fsPath) : undefined;
    const state = active ?? this.#projects.loaded[0];
    const shown = state && statusText(state, this.#statuses);
    if (!shown) {
      this.#item.hide();
      return;
    }
    this.#item.text = shown.text;
    this.#item.tooltip = shown.tooltip;
    this.#item.accessibilityInformation = { label: shown.label };
    this.#item.backgroundColor = shown.isHalf ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }
}

interface StatusText {
  readonly text: string;
  readonly label: string;
  readonly tooltip: vscode.MarkdownString;
  readonly isHalf: boolean;
}

/** Undefined where there is nothing to tell. */
export function statusText(state: LoadedProject, statuses: Pick<Statuses, 'get'>): StatusText | undefined {
  const { current, movedOn } = state.list;
  const { defaultDatabase: database } = state.project;
  const status = database && statuses.get(state, database);
  const rows = status?.kind === 'read' ? status.rows : [];
  const pending = rows.filter(isOpen).length;
  const half = rows.filter(({ shown }) => shown === 'half').length;
  const isHalf = half > 0;
  if (current === null && pending === 0 && !isHalf) return undefined;
  const short = isHalf
    ? [t('ui.count.half', { count: half })]
    : pending > 0
      ? [t('ui.count.open', { count: pending })]
      : [];
  const version = current === null ? [] : [`${current}${movedOn ? '*' : ''}`];
  const moved = movedOn && current !== null ? [t('version.movedOn', { version: current })] : [];
  const spoken = current === null ? [] : [t('ui.status.label', { version: current })];
  return {
    text: `$(database) ${[...version, ...short].join(' · ')}`,
    label: [...spoken, ...short, ...moved].join(', '),
    tooltip: tooltip(state, [
      ...countStates(rows).map(({ shown, count }) => t(`ui.count.${shown}`, { count })),
      ...moved,
    ]),
    isHalf,
  };
}

function tooltip(state: LoadedProject, lines: readonly string[]): vscode.MarkdownString {
  const { current, versions } = state.list;
  const name = defaultDatabase(state)?.database.name ?? state.name;
  const made = versions.find(({ version }) => version === current)?.createdAt;
  const title = current === null ? name : t('ui.status.title', { database: name, version: current });
  const text = new vscode.MarkdownString('**').appendMarkdown(plainText(title)).appendMarkdown('**');
  const exported = made === undefined ? [] : [t('ui.status.made', { time: formatTime(made) })];
  for (const line of [...exported, ...lines]) text.appendMarkdown('\n\n').appendMarkdown(plainText(line));
  return text;
}
