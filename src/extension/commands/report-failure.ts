import path from 'node:path';
import * as vscode from 'vscode';
import type { MigrateError } from '../../core/errors';
import type { ErrorCode } from '../../core/text/en-errors';
import type { MigrateOutcome } from '../../workflow/migrate/types';
import { positionOf } from '../services/findings';
import type { Action } from '../services/messages';
import type { LoadedProject } from '../services/project-state';
import type { Services } from '../services/services';
import { errorText, t } from '../services/text';
import { compareWithApplied } from './compare-with-applied';
import type { MigrationTask } from './migration-task';
import { repairCommand } from './repair';

/** Codes whose hint only repeats the statement, which is marked in its file. */
const MARKED: readonly ErrorCode[] = ['STATEMENT_FAILED', 'NAME_AMBIGUOUS', 'STATEMENT_DANGEROUS'];
/** A migration that stands half way: going back means the backup. */
const HALF: readonly ErrorCode[] = [
  'MIGRATION_HALF_DONE',
  'MIGRATION_HALF_EDITED',
  'MIGRATION_UNCERTAIN',
  'CODE_HALF_DONE',
];

export interface Failure {
  readonly task: MigrationTask;
  readonly error: MigrateError;
  /** What ran until then. */
  readonly outcome?: MigrateOutcome;
  /** Runs something else in its place. */
  readonly again: (task: MigrationTask) => Promise<unknown>;
}

/** A run that failed: a mark at the statement, and one message with what can be done next. */
export async function reportFailure(services: Services, state: LoadedProject, failure: Failure): Promise<void> {
  const { error, outcome } = failure;
  services.log.error(error.stack ?? error.message);
  const { message, hint } = errorText(error);
  const file = error.where.file === undefined ? undefined : path.resolve(state.dir, error.where.file);
  if (file !== undefined) {
    const where = { file, where: error.where, code: error.code, severity: 'error' } as const;
    await services.findings.failed({ ...where, message: MARKED.includes(error.code) ? message : `${message} ${hint}` });
  }
  const failed = outcome?.results.find(({ status }) => status === 'error');
  const isHalf = HALF.includes(error.code) || (failed?.notes.some(({ key }) => key === 'migration.halfDone') ?? false);
  const id = failed?.id ?? (typeof error.params.id === 'string' ? error.params.id : undefined);
  const place = error.where.line === undefined ? (failed?.file ?? '') : `${error.where.file ?? ''}:${error.where.line}`;
  const parts = [
    failed ? t('ui.failed.migration', { name: failed.name || failed.id, place, message }) : message,
    ...(MARKED.includes(error.code) && file !== undefined ? [] : [hint]),
    ...(failed && !isHalf ? [t('ui.failed.undone')] : []),
    ...(failed && isHalf ? [t('ui.failed.half')] : []),
  ];
  services.messages.show('error', parts.join(' '), [
    ...(file === undefined ? [] : [goTo(file, error)]),
    { title: t('ui.action.showLog'), run: () => services.log.show() },
    ...nextSteps(services, state, failure, { id, isHalf }),
  ]);
}

/** What ran since has no failure any more. */
export async function clearFailures(
  services: Services,
  state: LoadedProject,
  { results }: MigrateOutcome,
): Promise<void> {
  for (const { file, status } of results) {
    if (file !== null && status === 'success') services.findings.succeeded(path.resolve(state.dir, file));
  }
}

function goTo(file: string, error: MigrateError): Action {
  const at = positionOf(error.where);
  const run = () => vscode.window.showTextDocument(vscode.Uri.file(file), { selection: new vscode.Range(at, at) });
  return { title: t(error.where.line === undefined ? 'ui.action.openFile' : 'ui.action.goToStatement'), run };
}

function nextSteps(
  services: Services,
  state: LoadedProject,
  { task, error, outcome, again }: Failure,
  { id, isHalf }: { readonly id: string | undefined; readonly isHalf: boolean },
): Action[] {
  const { database } = task;
  const request = { project: state.dir, database: database.name, ...(id === undefined ? {} : { migration: id }) };
  if (isHalf && id !== undefined) {
    const run = () => repairCommand.run(services, { ...request, repair: 'restore' });
    return [{ title: t('ui.action.restoreBackup'), run }];
  }
  if (error.code === 'MIGRATION_CHANGED') {
    return [
      { title: t('ui.action.compare'), run: () => compareWithApplied.run(services, request) },
      { title: t('ui.action.repair'), run: () => repairCommand.run(services, request) },
    ];
  }
  if (error.code === 'MIGRATION_OUT_OF_ORDER') {
    return [{ title: t('ui.action.applyAnyway'), run: () => again({ ...task, allowOutOfOrder: true }) }];
  }
  if (error.code === 'MIGRATION_FILE_GONE') {
    return [{ title: t('ui.action.repair'), run: () => repairCommand.run(services, request) }];
  }
  if (!outcome || task.action !== 'up' || !hasApplied(services, state, task)) return [];
  // The last one that was applied, after the question that this always needs.
  return [{ title: t('ui.action.rollBack'), run: () => again({ action: 'down', database, steps: 1 }) }];
}

function hasApplied({ statuses }: Services, state: LoadedProject, { database }: MigrationTask): boolean {
  const status = statuses.get(state, database);
  return status?.kind === 'read' && status.rows.some(({ isApplied }) => isApplied);
}
