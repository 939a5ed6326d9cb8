import { MigrateError } from '../../core/errors';
import { lostDataText } from '../../core/text/data-losses';
import type { Database } from '../../project/project';
import type { DataLosses } from '../../workflow/losses';
import type { ConfirmPlan, PlanQuestion } from '../../workflow/migrate/types';
import { planDetail, planText } from '../documents/plan-text';
import { showKept } from '../documents/show-kept';
import type { LoadedProject } from '../services/project-state';
import type { Services } from '../services/services';
import { t, text } from '../services/text';
import { shownPath } from './migration-notes';

/** What a dialog shows without growing out of the window; a longer plan is opened as a document. */
const MOST_LINES = 16;
const MOST_CHARACTERS = 1500;

/**
 * Asks before migrations run, with the statements that will run; a protected database wants its name typed.
 */
export function confirmPlan(services: Services, state: LoadedProject): ConfirmPlan {
  return async (question) => {
    const { action, database, migrations } = question;
    const plan = planDetail(question);
    const losses = lossLines(await question.losses());
    const isLong = plan.split('\n').length > MOST_LINES || plan.length > MOST_CHARACTERS;
    if (isLong) {
      const name = `${t(`ui.plan.name.${action}`)} ${database.name}`;
      await showKept(services, state, { name, text: planText(question), engine: database.engine });
    }
    const statements = migrations.reduce((sum, one) => sum + one.statements.length, 0);
    const counts = t('ui.plan.open', { migrations: migrations.length, statements });
    const names = { count: migrations.length, database: shownPath(state, database.path), name: oneName(question) };
    const agreed = await services.messages.dialogs.confirm({
      // What takes drift back is no migration of the project: it has no name.
      message: t(
        action !== 'revert' && migrations.length === 1 ? `ui.plan.ask.${action}.one` : `ui.plan.ask.${action}`,
        names,
      ),
      detail: isLong ? [counts, ...warnings(question), ...losses].join('\n') : [plan, ...spaced(losses)].join('\n'),
      button: t(`ui.plan.button.${action}`),
    });
    const refusal = new MigrateError('NOT_CONFIRMED', { action });
    if (!agreed) throw refusal;
    if (!(await nameIsTyped(services, database))) throw refusal;
  };
}

/** Of a protected database the name has to be typed; true for any other. */
export async function nameIsTyped({ messages }: Services, database: Database): Promise<boolean> {
  if (!database.protected) return true;
  const { name } = database;
  const typed = await messages.dialogs.input({
    title: t('ui.confirm.protected', { name }),
    prompt: t('ui.confirm.typeName', { name }),
    validateInput: (value) => (value === '' || value === name ? undefined : t('ui.confirm.otherName', { name })),
  });
  return typed === name;
}

/** Data that will be gone, and what is to be said of how it was counted. */
function lossLines({ database, lost, notes }: DataLosses): string[] {
  const what = lostDataText(lost, database, text);
  return [...(what === '' ? [] : [t('gone.loses', { what })]), ...notes.map(({ key, params }) => text(key, params))];
}

function spaced(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function warnings({ migrations }: PlanQuestion): string[] {
  const list = (text: (count: number) => string, count: number) => (count === 0 ? [] : [text(count)]);
  return [
    ...list((count) => t('ui.plan.losesData', { count }), migrations.filter(({ losesData }) => losesData).length),
    ...list(
      (count) => t('ui.plan.stepByStep', { count }),
      migrations.filter(({ transactional }) => !transactional).length,
    ),
  ];
}

function oneName({ migrations }: PlanQuestion): string {
  const [first] = migrations;
  return first ? first.name || first.id : '';
}
