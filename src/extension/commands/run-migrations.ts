import * as vscode from 'vscode';
import { MigrateError } from '../../core/errors';
import { formatMs } from '../../core/text/format';
import type { Running } from '../../workflow/context';
import type { MigrateOutcome } from '../../workflow/migrate/types';
import type { Action } from '../services/messages';
import type { LoadedProject } from '../services/project-state';
import type { Services } from '../services/services';
import { t, text } from '../services/text';
import { withProgress } from '../services/work';
import { confirmPlan } from './confirm-plan';
import { noteText, refreshAll, statementReporter } from './migration-notes';
import type { MigrationTask } from './migration-task';
import { clearFailures, reportFailure } from './report-failure';

/** Runs migrations after the question that they need, and tells once what came of it. */
export async function runMigrations(
  services: Services,
  state: LoadedProject,
  task: MigrationTask,
): Promise<MigrateOutcome | undefined> {
  const context = await services.engines.context(state.project);
  const { migrate } = await services.engines.workflows();
  const again = (next: MigrationTask) => runMigrations(services, state, next);
  const title = t(`ui.progress.${task.action}`, { database: task.database.name });
  const work = (running: Running) =>
    migrate(context, {
      ...running,
      ...task,
      confirm: confirmPlan(services, state),
      onNote: (note) => services.log.info(noteText(state, note)),
      onStatement: statementReporter(running),
    });
  try {
    const outcome = await withProgress(title, work, { asks: true }).finally(() => refreshAll(services));
    await clearFailures(services, state, outcome);
    if (MigrateError.is(outcome.error, 'CANCELLED')) tellCancelled(services, outcome);
    else if (outcome.error) await reportFailure(services, state, { task, error: outcome.error, outcome, again });
    else tell(services, state, task, outcome);
    return outcome;
  } catch (error) {
    if (!MigrateError.is(error) || MigrateError.is(error, 'CANCELLED') || MigrateError.is(error, 'NOT_CONFIRMED'))
      throw error;
    await reportFailure(services, state, { task, error, again });
    return undefined;
  }
}

/** What was committed before stays, so that it is said how far it came. */
function tellCancelled({ messages }: Services, { results }: MigrateOutcome): void {
  const done = results.filter(({ status }) => status === 'success').length;
  messages.show('info', t('ui.migrated.cancelled', { done, count: results.length }));
}

function tell(services: Services, state: LoadedProject, task: MigrationTask, outcome: MigrateOutcome): void {
  const { results, backups } = outcome;
  const done = results.filter(({ status }) => status === 'success');
  const [first] = done;
  const time = formatMs(done.reduce((sum, { executionMs }) => sum + executionMs, 0));
  const names = { count: done.length, database: task.database.name, time, name: first ? first.name || first.id : '' };
  const key =
    done.length === 0
      ? `ui.migrated.${task.action}.none`
      : done.length === 1
        ? `ui.migrated.${task.action}.one`
        : `ui.migrated.${task.action}`;
  const notes = [...outcome.notes, ...results.flatMap((result) => result.notes)].map((note) => noteText(state, note));
  const [backup] = backups;
  const actions: Action[] =
    backup === undefined
      ? []
      : [
          {
            title: t('ui.action.revealBackup'),
            run: () => vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(backup)),
          },
        ];
  services.messages.show('info', [text(key, names), ...notes].join(' '), actions);
}
