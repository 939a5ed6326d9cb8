import * as vscode from 'vscode';
import { MigrateError } from '../../core/errors';
import type { Rename } from '../../core/schema/change';
import type { Running } from '../../workflow/context';
import type { GenerateRequest, GenerateResult } from '../../workflow/generate/generate';
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
    const { generate } = await services.engines.workflows();
    const sides = {
      ...(request.from === undefined ? {} : { from: request.from }),
      ...(request.to === undefined ? {} : { to: request.to }),
    };
    const make = (options: Pick<GenerateRequest, 'decide' | 'renames' | 'preview'>) => {
      const work = (running: Running) => generate(context, { ...running, ...sides, ...options, database, name });
      return withProgress(t('ui.generate.progress', { database: database.name }), work);
    };
    const decided: Rename[] = [];
    const decide = decideRenames(services);
    const shown = await make({
      preview: true,
      decide: async (candidates) => {
        decided.push(...(await decide(candidates)));
        return decided;
      },
    });
    const { from, to, fromCopy } = { ...shown, fromCopy: shown.from.fromCopy ?? shown.to.fromCopy };
    services.messages.noteCopy(fromCopy);
    if (shown.changes.length === 0) {
      services.messages.show('info', t('ui.generate.nothing', { from: from.label, to: to.label }));
      return shown;
    }
    await preview(services, place, shown, decided);
    if (!(await isAgreed(services, shown))) throw new MigrateError('NOT_CONFIRMED', { action: 'generate' });
    // As it was answered: what was no rename then is none now.
    const written = await make({ renames: shown.renames, decide: async () => [] });
    await services.projects.refresh();
    await closePreview(shown);
    const [file] = written.paths;
    if (file !== undefined) await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
    services.messages.show('info', t('ui.generate.done', { file: written.files.join(', ') }));
    return written;
  },
};

/** The script beside the schemas that it leads from and to. */
async function preview(
  services: Services,
  { state, database }: Place,
  { from, to, texts }: GenerateResult,
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
async function closePreview({ files }: GenerateResult): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const isIt = ({ label, input }: vscode.Tab) =>
    input instanceof vscode.TabInputText && input.uri.scheme === SCHEME && files.includes(label);
  await vscode.window.tabGroups.close(tabs.filter(isIt));
}

async function isAgreed({ messages }: Services, { files, changes, lost, notes }: GenerateResult): Promise<boolean> {
  const what = lost.map(({ key, params }) => text(key, params)).join(', ');
  const parts = [
    t('ui.generate.ask', { file: files.join(', '), count: changes.length }),
    ...(what === '' ? [] : [t('ui.generate.loses', { what })]),
    ...notes.map(({ key, params }) => text(key, params)),
  ];
  const create = t('ui.generate.create');
  const kind = what === '' ? 'info' : 'warning';
  return (await messages.dialogs.message(kind, parts.join(' '), [create, t('ui.generate.cancel')])) === create;
}
