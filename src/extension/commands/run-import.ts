import path from 'node:path';
import * as vscode from 'vscode';
import { MigrateError } from '../../core/errors';
import { formatCount } from '../../core/text/format';
import type { Database } from '../../project/project';
import type { StoredVersion } from '../../project/versions';
import type { Running } from '../../workflow/context';
import type { ImportResult } from '../../workflow/import/import';
import { EDITORS } from '../constants/views';
import { problemTexts } from '../services/messages';
import type { LoadedProject } from '../services/project-state';
import type { Services } from '../services/services';
import { t, text } from '../services/text';
import { withProgress } from '../services/work';
import { confirmReplacement } from './confirm-replacement';
import { showEdits } from './show-edits';

export interface ImportTask {
  readonly action: 'import' | 'rollback';
  readonly stored: StoredVersion;
  readonly database: Database;
  readonly acceptEdits: boolean;
  /** Another file; absolute. */
  readonly into?: string;
  readonly merge?: boolean;
  readonly only?: 'schema' | 'data';
}

/** Imports a version, and offers to go on where its files were edited on purpose. */
export async function runImport(
  services: Services,
  state: LoadedProject,
  task: ImportTask,
): Promise<ImportResult | undefined> {
  const { stored, database, ...options } = task;
  const context = await services.engines.context(state.project);
  const { importVersion } = await services.engines.workflows();
  const version = stored.version;
  const target = task.into ?? database.path;
  const names = { version, database: task.into === undefined ? database.name : path.basename(target) };
  const title = t(task.action === 'rollback' ? 'ui.progress.rollback' : 'ui.progress.import', names);
  try {
    const confirm = confirmReplacement(services, state, task);
    const work = (running: Running) => importVersion(context, { ...running, ...options, version, database, confirm });
    const result = await withProgress(title, work, { asks: true });
    tell(services, state, task, result);
    return result;
  } catch (error) {
    if (!MigrateError.is(error, 'VERSION_EDITED')) throw error;
    await showEdits(services, state, stored, error, () => runImport(services, state, { ...task, acceptEdits: true }));
    return undefined;
  } finally {
    await services.projects.refresh();
  }
}

function tell(services: Services, state: LoadedProject, { action }: ImportTask, result: ImportResult): void {
  const { version, tables, backup, recovered, lockTakenFrom, problems } = result;
  const rows = formatCount(tables.reduce((sum, table) => sum + table.rows, 0));
  const file = path.relative(state.dir, result.path);
  const params = { version, path: file.startsWith('..') ? result.path : file, tables: tables.length, rows };
  const parts = [
    ...(lockTakenFrom ? [t('lock.takenOver', { pid: lockTakenFrom.pid })] : []),
    ...(recovered
      ? [text(`recovered.${recovered.outcome}`, { action: `@word.${recovered.action}`, version: recovered.version })]
      : []),
    t(action === 'rollback' ? 'ui.done.rollback' : 'ui.done.import', params),
    ...(backup === undefined ? [] : [t('ui.done.backup', { backup: path.relative(state.dir, backup) })]),
    ...problemTexts(problems),
  ];
  const open = () => vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(result.path), EDITORS.database);
  const reveal = (dir: string) => vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(dir));
  services.messages.show(problems.length === 0 ? 'info' : 'warning', parts.join(' '), [
    { title: t('ui.action.openDatabase'), run: open },
    ...(backup === undefined ? [] : [{ title: t('ui.action.revealBackup'), run: () => reveal(backup) }]),
  ]);
}
