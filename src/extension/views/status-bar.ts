import * as vscode from 'vscode';
import { plainText } from '../../core/report/markdown-text';
import { formatTime } from '../../core/text/format';
import { VIEWS } from '../constants/views';
import { Disposable } from '../services/disposable';
import { defaultDatabase, type LoadedProject } from '../services/project-state';
import type { Projects } from '../services/projects';
import { t } from '../services/text';

/** The version that the database of the active editor's project is at; hidden where there is none to tell of. */
export class StatusBar extends Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #projects: Projects;

  constructor(projects: Projects) {
    super();
    this.#projects = projects;
    this.#item = this.register(vscode.window.createStatusBarItem('version', vscode.StatusBarAlignment.Left, 0));
    this.#item.name = t('ui.status.name');
    this.#item.command = `${VIEWS.migrations}.focus`;
    this.register(projects.onDidChange(() => this.#update()));
    this.register(vscode.window.onDidChangeActiveTextEditor(() => this.#update()));
  }

  #update(): void {
    const file = vscode.window.activeTextEditor?.document.uri;
    const active = file?.scheme === 'file' ? this.#projects.at(file.fsPath) : undefined;
    const state = active ?? this.#projects.loaded[0];
    if (!state || state.list.current === null) {
      this.#item.hide();
      return;
    }
    const { current, movedOn } = state.list;
    this.#item.text = `$(database) ${current}${movedOn ? '*' : ''}`;
    this.#item.tooltip = tooltip(state, current);
    const moved = movedOn ? [t('version.movedOn', { version: current })] : [];
    this.#item.accessibilityInformation = { label: [t('ui.status.label', { version: current }), ...moved].join(', ') };
    this.#item.show();
  }
}

function tooltip(state: LoadedProject, current: string): vscode.MarkdownString {
  const { list } = state;
  const name = defaultDatabase(state)?.database.name ?? state.name;
  const made = list.versions.find(({ version }) => version === current)?.createdAt;
  const text = new vscode.MarkdownString('**')
    .appendMarkdown(plainText(t('ui.status.title', { database: name, version: current })))
    .appendMarkdown('**');
  if (made !== undefined)
    text.appendMarkdown('\n\n').appendMarkdown(plainText(t('ui.status.made', { time: formatTime(made) })));
  if (list.movedOn) text.appendMarkdown('\n\n').appendMarkdown(plainText(t('version.movedOn', { version: current })));
  return text;
}
