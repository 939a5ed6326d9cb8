import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { type MigrateError, systemCode } from '../../core/errors';
import type { StoredVersion } from '../../project/versions';
import { uriOf } from '../documents/schema-uri';
import type { LoadedProject } from '../services/project-state';
import type { Services } from '../services/services';
import { errorText, t } from '../services/text';

/** Opens what was edited in a version beside what was exported, and offers to import it as it stands. */
export async function showEdits(
  services: Services,
  state: LoadedProject,
  stored: StoredVersion,
  error: MigrateError,
  importAnyway: () => Promise<unknown>,
): Promise<void> {
  const { version, dir } = stored;
  const names = await editedFiles(stored);
  const original = (file: string) => uriOf({ kind: 'original', project: state.dir, version, file });
  const present = (file: string) => vscode.Uri.file(path.join(dir, file));
  const title = t('ui.diff.edits', { version });
  const [only, ...others] = names;
  if (only !== undefined && others.length === 0) {
    await vscode.commands.executeCommand('vscode.diff', original(only), present(only), title);
  } else if (only !== undefined) {
    const entries = names.map((file) => [present(file), original(file), present(file)]);
    await vscode.commands.executeCommand('vscode.changes', title, entries);
  }
  const { message } = errorText(error);
  services.messages.show('warning', `${message} ${t('ui.edits.next')}`, [
    { title: t('ui.action.importAnyway'), run: importAnyway },
  ]);
}

async function editedFiles({ dir, manifest }: StoredVersion): Promise<string[]> {
  const edited: string[] = [];
  for (const [file, exported] of Object.entries(manifest?.originals ?? {})) {
    if ((await textOf(path.join(dir, file))) !== exported) edited.push(file);
  }
  return edited;
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
