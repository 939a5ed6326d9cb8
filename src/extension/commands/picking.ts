import * as vscode from 'vscode';
import { MigrateError } from '../../core/errors';
import { formatBytes, formatTime } from '../../core/text/format';
import type { Database } from '../../project/project';
import type { StoredVersion } from '../../project/versions';
import { answered } from '../services/dialogs';
import type { LoadedProject } from '../services/project-state';
import { Refusal } from '../services/refusal';
import type { Services } from '../services/services';
import { t } from '../services/text';
import type { Request } from './request';

/** The project of a request, the only one, or the one that the user picks; that of the active editor comes first. */
export async function pickProject({ projects, messages }: Services, request: Request): Promise<LoadedProject> {
  if (!projects.isRead) await projects.refresh();
  const named = projects.loaded.find(({ dir }) => dir === request.project);
  if (named) return named;
  const broken = projects.states.find((state) => state.kind === 'broken');
  const [only, ...others] = projects.loaded;
  if (!only && broken?.kind === 'broken') throw broken.error;
  if (!only) throw new Refusal('ui.noProject');
  if (others.length === 0) return only;
  const active = vscode.window.activeTextEditor?.document.uri;
  const first = active?.scheme === 'file' ? projects.at(active.fsPath) : undefined;
  const sorted = [...projects.loaded].sort((a, b) => Number(b === first) - Number(a === first));
  const choices = sorted.map((value) => ({ label: value.name, description: value.dir, value }));
  return answered(messages.dialogs.pick(choices, { placeHolder: t('ui.pick.project') }));
}

/** @throws MigrateError VERSION_NOT_FOUND for a name that is not there, CANCELLED; Refusal where there is none */
export async function pickVersion(
  { messages }: Services,
  state: LoadedProject,
  options: { readonly name?: string | undefined; readonly placeHolder: string; readonly except?: string },
): Promise<StoredVersion> {
  const { versions, current } = state.list;
  const found = versions.find(({ version }) => version === options.name);
  if (found) return found;
  if (options.name !== undefined) {
    const known = versions.map(({ version }) => version).join(', ') || '-';
    throw new MigrateError('VERSION_NOT_FOUND', { version: options.name, dir: state.project.versionsDir, known });
  }
  const choices = versions.filter(({ version }) => version !== options.except).reverse();
  if (choices.length === 0) throw new Refusal(versions.length === 0 ? 'ui.noVersions' : 'ui.oneVersion');
  const rows = choices.map((value) => ({
    label: value.version,
    description: [
      value.version === current ? t('ui.version.current') : '',
      value.manifest ? formatBytes(value.manifest.bytes) : '',
      formatTime(value.createdAt),
    ]
      .filter((part) => part !== '')
      .join(' · '),
    value,
  }));
  return answered(messages.dialogs.pick(rows, { placeHolder: options.placeHolder, matchOnDescription: true }));
}

/** The database of a request, the only one, or the one that the user picks; the default one comes first. */
export async function pickDatabase(
  { messages }: Services,
  { project }: LoadedProject,
  name?: string,
  fits: (database: Database) => boolean = () => true,
): Promise<Database> {
  const { databases: all, defaultDatabase } = project;
  const found = all.find((one) => one.name === name);
  if (found) return found;
  const fitting = all.filter(fits);
  // Where none fits, the command says why.
  const databases = fitting.length > 0 ? fitting : all;
  const [only, ...others] = databases;
  if (!only) throw new MigrateError('CONFIG_NOT_FOUND', { dir: project.dir });
  if (others.length === 0) return only;
  const sorted = [...databases].sort((a, b) => Number(b === defaultDatabase) - Number(a === defaultDatabase));
  const choices = sorted.map((value) => ({ label: value.name, description: value.path, value }));
  return answered(messages.dialogs.pick(choices, { placeHolder: t('ui.pick.database') }));
}

/** The default database, where a command is about nothing else. @throws MigrateError CONFIG_NOT_FOUND */
export function theDatabase({ project }: LoadedProject): Database {
  if (!project.defaultDatabase) throw new MigrateError('CONFIG_NOT_FOUND', { dir: project.dir });
  return project.defaultDatabase;
}
