import path from 'node:path';
import * as vscode from 'vscode';
import type { Database } from '../../project/project';
import type { StoredVersion } from '../../project/versions';
import { answered, type Choice } from '../services/dialogs';
import { hasVersions, type LoadedProject } from '../services/project-state';
import type { Services } from '../services/services';
import { t } from '../services/text';
import type { Command } from './command';
import { pickDatabase, pickProject, pickVersion } from './picking';
import type { ImportPlace, Request } from './request';
import { type ImportTask, runImport } from './run-import';

export const importVersionCommand: Command = {
  name: 'importVersion',
  needsEngine: true,
  async run(services, request) {
    const state = await pickProject(services, request);
    const stored = await pickVersion(services, state, { name: request.version, placeHolder: t('ui.pick.import') });
    const database = await pickDatabase(services, state, request.database, hasVersions);
    const place = request.place ?? (await askPlace(services, stored, database));
    const task: ImportTask = { action: 'import', stored, database, acceptEdits: request.acceptEdits ?? false };
    return runImport(services, state, { ...task, ...(await placeOptions(services, state, stored, place, request)) });
  },
};

async function placeOptions(
  services: Services,
  state: LoadedProject,
  stored: StoredVersion,
  place: ImportPlace,
  request: Request,
): Promise<Partial<ImportTask>> {
  switch (place) {
    case 'replace':
      return {};
    case 'new':
      return { into: request.into ?? (await askFile(services, state, stored)) };
    case 'merge':
      return { merge: true };
    case 'schema':
    case 'data':
      return { only: place };
  }
}

async function askPlace(
  { messages }: Services,
  { version, manifest }: StoredVersion,
  { name, readOnly }: Database,
): Promise<ImportPlace> {
  const row = (label: string, detail: string, value: ImportPlace): Choice<ImportPlace> => ({ label, detail, value });
  const elsewhere = row(t('ui.import.new'), t('ui.import.newDetail'), 'new');
  const hasData = manifest?.dataFormat !== null;
  const here = [
    row(t('ui.import.replace', { name }), t('ui.import.replaceDetail'), 'replace'),
    elsewhere,
    row(t('ui.import.merge', { name }), t('ui.import.mergeDetail'), 'merge'),
    row(t('ui.import.schema', { name }), t('ui.import.schemaDetail'), 'schema'),
    ...(hasData ? [row(t('ui.import.data', { name }), t('ui.import.dataDetail'), 'data')] : []),
  ];
  const placeHolder = t('ui.import.place', { version });
  return answered(messages.dialogs.pick(readOnly ? [elsewhere] : here, { placeHolder }));
}

async function askFile(
  { messages }: Services,
  { project }: LoadedProject,
  { version, engine }: StoredVersion,
): Promise<string> {
  const near = project.defaultDatabase ? path.dirname(project.defaultDatabase.path) : project.dir;
  const uri = await answered(
    messages.dialogs.saveFile({
      defaultUri: vscode.Uri.file(path.join(near, `${version}.${engine === 'duckdb' ? 'duckdb' : 'kuzu'}`)),
      filters: { [t('ui.import.files')]: engine === 'duckdb' ? ['duckdb', 'db'] : ['kuzu', 'kuzudb', 'kz', 'db'] },
      saveLabel: t('ui.import.button'),
      title: t('ui.import.place', { version }),
    }),
  );
  return uri.fsPath;
}
