import * as vscode from 'vscode';
import { dialectOf } from '../../core/dialect/dialect';
import type { NewKind } from '../../core/migration/template';
import { createMigration } from '../../workflow/create';
import { answered, type Choice } from '../services/dialogs';
import type { LoadedProject } from '../services/project-state';
import type { Services } from '../services/services';
import { t, text } from '../services/text';
import { askName } from './ask-name';
import type { Command } from './command';
import { pickDatabase, pickProject } from './picking';
import type { Request } from './request';

/** Writes the script of a new migration from its template, and opens it where the first statement goes. */
export const createMigrationCommand: Command = {
  name: 'createMigration',
  needsEngine: false,
  async run(services, request) {
    const state = await pickProject(services, request);
    const engine = await engineOf(services, state, request);
    const name =
      request.name ?? (await askName(services, { title: t('ui.create.title'), prompt: t('ui.create.prompt') }));
    const kind = request.migrationKind ?? (await askKind(services, request));
    const { paths, notes } = await createMigration(state.project, { name, kind, ...(engine ? { engine } : {}) });
    await services.projects.refresh();
    const [first] = paths;
    if (first !== undefined) await openAtStart(first);
    if (notes.length > 0) {
      services.messages.show('warning', notes.map(({ key, params }) => text(key, params)).join(' '));
    }
    return { files: paths };
  },
};

/** Only where the databases of a project take different scripts there is something to ask. */
async function engineOf(services: Services, state: LoadedProject, request: Request) {
  const { databases } = state.project;
  if (databases.length === 0) return undefined;
  const dialects = new Set(databases.map(({ engine }) => dialectOf(engine)));
  if (dialects.size === 1) return databases[0]?.engine;
  return (await pickDatabase(services, state, request.database)).engine;
}

async function askKind({ messages }: Services, { name }: Request): Promise<NewKind> {
  // Who names the migration in advance, a key binding or a test, wants no further question.
  if (name !== undefined) return 'single';
  const choices: Choice<NewKind>[] = [
    { label: t('ui.create.single'), detail: t('ui.create.singleDetail'), value: 'single' },
    { label: t('ui.create.pair'), detail: t('ui.create.pairDetail'), value: 'pair' },
    { label: t('ui.create.code'), detail: t('ui.create.codeDetail'), value: 'ts' },
  ];
  return answered(messages.dialogs.pick(choices, { title: t('ui.create.title'), placeHolder: t('ui.create.kind') }));
}

/** Below the marker of the way up; at the end of a script without one. */
async function openAtStart(file: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  const lines = document.getText().split(/\r?\n/);
  const marker = lines.findIndex((line) => /^(--|\/\/)\s*UP\s*$/.test(line));
  const code = lines.findIndex((line) => /export async function up/.test(line));
  const line = Math.min(marker >= 0 ? marker + 1 : code >= 0 ? code + 1 : lines.length - 1, document.lineCount - 1);
  const at = new vscode.Position(line, document.lineAt(line).text.length);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
}
