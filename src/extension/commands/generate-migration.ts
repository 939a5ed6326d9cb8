import * as vscode from 'vscode';
import { MigrateError } from '../../core/errors';
import type { Rename } from '../../core/schema/change';
import { lostDataText } from '../../core/text/data-losses';
import type { Running } from '../../workflow/context';
import type { MadeMigration } from '../../workflow/generate/make';
import { SCHEME } from '../constants/languages';
import { showKept } from '../documents/show-kept';
import type { Services } from '../services/services';
import { t, text } from '../services/text';
import { withProgress } from '../services/work';
import { askName } from './ask-name';
import type { Command } from './command';
import { decideRenames } from './decide-renames';
import { type Place, pickPlace } from './pick-migration';
import { showKeptDiff } from './show-kept-diff';

/**
 * Shows the migration from the state after all migrations to the desired schema, proven on a throw-away database, beside
 * the change of the schema; writes it once that is agreed to.
 */
export const generateMigration: Command = {
  name: 'generateMigration',
  needsEngine: true,
  async run(services, request) {
    const place = await pickPlace(services, request);
    const { state, database } = place;
    const prompt = t('ui.create.prompt');
    const name = request.name ?? (await askName(services, { title: t('ui.generate.title'), prompt }));
    const context = await services.engines.context({ ...state.project, chosenDatabase: database });
    const { makeMigration, writeMigration } = await services.engines.workflows();
    const sides = {
      ...(request.from === undefined ? {} : { from: request.from }),
      ...(request.to === undefined ? {} : { to: request.to }),
    };
    const decided: Rename[] = [];
    const ask = decideRenames(services);
    const decide: typeof ask = async (candidates) => {
      decided.push(...(await ask(candidates)));
      return decided;
    };
    const progress = t('ui.generate.progress', { database: database.name });
    const work = (running: Running) => makeMigration(context, { ...running, ...sides, database, name, decide });
    const made = await withProgress(progress, work);
    const { from, to } = made;
    services.messages.noteCopy(from.fromCopy ?? to.fromCopy);
    if (made.changes.length === 0) {
      services.messages.show('info', t('ui.generate.nothing', { from: from.label, to: to.label }));
      return made;
    }
    await preview(services, place, made, decided);
    if (!(await isAgreed(services, made))) throw new MigrateError('NOT_CONFIRMED', { action: 'generate' });
    // What was shown, whatever lies in the DDL by now.
    const written = await withProgress(progress, (running) => writeMigration(context, made, running));
    await services.projects.refresh();
    await closePreview(made);
    const [file] = written.paths;
    if (file !== undefined) await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
    const done = t('ui.generate.done', { file: written.files.join(', ') });
    services.messages.show('info', [done, ...written.notes.map(({ key, params }) => text(key, params))].join(' '));
    return { ...made, ...written };
  },
};

/** The script beside the schemas that it leads from and to. */
async function preview(
  services: Services,
  { state, database }: Place,
  { from, to, texts }: MadeMigration,
  renames: readonly Rename[],
): Promise<void> {
  const title = t('ui.generate.diff', { from: from.label, to: to.label });
  const { engine } = database;
  await showKeptDiff(services, state, { title, before: from.schema, after: to.schema, engine, renames });
  for (const { name, text: script } of texts) {
    const document = { name: name.replace(/\.\w+$/, ''), text: script, engine, beside: true };
    await showKept(services, state, document);
  }
}

/** The file itself says the same from here on. */
async function closePreview({ texts }: MadeMigration): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const isIt = ({ label, input }: vscode.Tab) =>
    input instanceof vscode.TabInputText && input.uri.scheme === SCHEME && texts.some(({ name }) => name === label);
  await vscode.window.tabGroups.close(tabs.filter(isIt));
}

async function isAgreed({ messages }: Services, { texts, changes, losses, notes }: MadeMigration): Promise<boolean> {
  const what = lostDataText(losses.lost, losses.database, text);
  const files = texts.map((file) => file.name).join(', ');
  const parts = [
    t('ui.generate.ask', { file: files, count: changes.length }),
    ...(what === '' ? [] : [t('gone.loses', { what })]),
    ...[...losses.notes, ...notes].map(({ key, params }) => text(key, params)),
  ];
  const create = t('ui.generate.create');
  const kind = what === '' ? 'info' : 'warning';
  return (await messages.dialogs.message(kind, parts.join(' '), [create, t('ui.generate.cancel')])) === create;
}
