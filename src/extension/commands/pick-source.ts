import path from 'node:path';
import * as vscode from 'vscode';
import { MigrateError } from '../../core/errors';
import type { GitRef } from '../../project/git';
import { answered, type Choice } from '../services/dialogs';
import type { LoadedProject } from '../services/project-state';
import { desiredSource } from '../services/schema-choice';
import type { SchemaSource } from '../services/schemas';
import type { Services } from '../services/services';
import { t } from '../services/text';

/** A further question, or the answer itself. */
type Asked = SchemaSource | 'migration' | 'git' | 'file' | 'folder';

const ICONS: Readonly<Record<GitRef['kind'], string>> = { branch: 'git-branch', tag: 'tag', commit: 'git-commit' };

/**
 * Asks for any source of a schema: databases, versions, the desired schema, migrations, a git ref, a file or a folder.
 * @throws MigrateError CANCELLED
 */
export async function pickSource(
  services: Services,
  state: LoadedProject,
  options: { readonly placeHolder: string; readonly except?: SchemaSource },
): Promise<SchemaSource> {
  const { placeHolder, except } = options;
  const choices = choicesOf(state).filter(({ value }) => !isSame(value, except));
  const asked = await answered(services.messages.dialogs.pick(choices, { placeHolder, matchOnDescription: true }));
  if (typeof asked === 'object') return asked;
  if (asked === 'migration') return pickId(services, state);
  return asked === 'git' ? pickRef(services, state) : pickPath(services, state, asked);
}

/** A source as the command line takes it; `desired` is that of the DDL folder. */
export function sourceOf(state: LoadedProject, text: string): SchemaSource {
  const { project, list } = state;
  const [, scheme, rest = ''] = /^(db|version):(.*)$/s.exec(text) ?? [];
  if (text === 'desired') return desiredSource(state);
  const name = scheme === undefined ? text : rest;
  const isVersion = list.versions.some(({ version }) => version === name);
  if (scheme === 'version' || (scheme === undefined && isVersion)) return { kind: 'version', name };
  const isDatabase = project.databases.some((database) => database.name === name);
  return scheme === 'db' || isDatabase ? { kind: 'database', name } : { kind: 'source', name };
}

function choicesOf(state: LoadedProject): Choice<Asked>[] {
  const { project, list, scripts } = state;
  const databases = project.databases.map(({ name }): Choice<Asked> => {
    return { label: `$(database) ${name}`, description: t('ui.source.database'), value: { kind: 'database', name } };
  });
  const versions = list.versions.map(({ version: name }): Choice<Asked> => {
    return { label: `$(tag) ${name}`, description: t('ui.source.version'), value: { kind: 'version', name } };
  });
  const wanted = desiredSource(state);
  const ofScripts: Choice<Asked>[] = [
    { label: `$(list-ordered) ${t('ui.source.all')}`, value: { kind: 'source', name: 'migrations' } },
    { label: `$(list-selection) ${t('ui.source.upTo')}`, value: 'migration' },
  ];
  return [
    ...databases,
    ...versions.reverse(),
    { label: `$(symbol-class) ${t('ui.source.desired')}`, description: wanted.name, value: wanted },
    ...(scripts.length > 0 ? ofScripts : []),
    { label: `$(git-branch) ${t('ui.source.git')}`, value: 'git' },
    { label: `$(file) ${t('ui.source.file')}`, value: 'file' },
    { label: `$(folder) ${t('ui.source.folder')}`, value: 'folder' },
  ];
}

function isSame(value: Asked, other: SchemaSource | undefined): boolean {
  return typeof value === 'object' && value.kind === other?.kind && value.name === other.name;
}

async function pickId({ messages }: Services, { scripts }: LoadedProject): Promise<SchemaSource> {
  const ids = new Map(scripts.map((name) => [/^\d+([._]\d+)*/.exec(name)?.[0] ?? name, name]));
  const choices = [...ids].map(([id, name]) => ({ label: name, description: id, value: id })).reverse();
  const id = await answered(messages.dialogs.pick(choices, { placeHolder: t('ui.source.whichMigration') }));
  return { kind: 'source', name: `migrations@${id}` };
}

/** Where git lists nothing, a ref is typed. */
async function pickRef({ messages, engines, log }: Services, { dir }: LoadedProject): Promise<SchemaSource> {
  const { listRefs } = await engines.workflows();
  const refs = await listRefs(dir).catch((error: unknown) => {
    if (!MigrateError.is(error, 'GIT_FAILED')) throw error;
    log.warn(error.message);
    return [];
  });
  const choices = refs.map(({ kind, name, subject }): Choice<string> => {
    return { label: `$(${ICONS[kind]}) ${name}`, description: subject, value: name };
  });
  const other: Choice<string> = { label: `$(edit) ${t('ui.source.typeRef')}`, value: '' };
  const placeHolder = t('ui.source.whichRef');
  const picked =
    choices.length === 0
      ? ''
      : await answered(messages.dialogs.pick([...choices, other], { placeHolder, matchOnDescription: true }));
  const typed = picked || (await answered(messages.dialogs.input({ title: placeHolder, prompt: t('ui.source.ref') })));
  return { kind: 'source', name: `git:${typed.trim()}` };
}

async function pickPath(
  { messages }: Services,
  { dir }: LoadedProject,
  what: 'file' | 'folder',
): Promise<SchemaSource> {
  const isFolder = what === 'folder';
  const uri = await answered(
    messages.dialogs.open({
      canSelectFiles: !isFolder,
      canSelectFolders: isFolder,
      defaultUri: vscode.Uri.file(dir),
      title: t(`ui.source.${what}`),
    }),
  );
  return { kind: 'source', name: `${isFolder ? 'dir' : 'file'}:${path.relative(dir, uri.fsPath) || '.'}` };
}
