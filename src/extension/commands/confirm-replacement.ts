import { MigrateError } from '../../core/errors';
import { formatCount, formatTime } from '../../core/text/format';
import { lossSentence } from '../../core/text/loss-sentence';
import type { Loss } from '../../core/version/loss';
import type { Confirm, Question } from '../../workflow/context';
import type { LoadedProject } from '../services/project-state';
import type { Services } from '../services/services';
import { t, text } from '../services/text';
import { nameIsTyped } from './confirm-plan';
import { shownPath } from './migration-notes';
import type { ImportTask } from './run-import';

const MOST_WARNINGS = 3;

/** Asks before a file is replaced, with all that will happen to it; a protected database wants its name typed. */
export function confirmReplacement(services: Services, state: LoadedProject, task: ImportTask): Confirm {
  return async (question) => {
    const { database } = question;
    const { dialogs } = services.messages;
    const refusal = new MigrateError('NOT_CONFIRMED', { action: question.action });
    const key = question.action === 'rollback' ? 'rollback' : 'import';
    const names = { version: question.version, path: shownPath(state, database.path) };
    const agreed = await dialogs.confirm({
      message: t(`ui.confirm.${key}`, names),
      detail: details(state, task, question).join('\n'),
      button: t(`ui.confirm.${key}Button`),
    });
    if (!agreed) throw refusal;
    if (!(await nameIsTyped(services, database))) throw refusal;
  };
}

function details(
  state: LoadedProject,
  { stored, merge, only, into }: ImportTask,
  { backup, warnings }: Question,
): string[] {
  const { manifest, version, createdAt } = stored;
  const { current, movedOn } = state.list;
  const made = { version, time: formatTime(createdAt) };
  const holds = manifest
    ? t('ui.confirm.holds', { ...made, tables: manifest.tables.length, rows: formatCount(manifest.rows ?? 0) })
    : t('ui.confirm.holdsUnknown', made);
  const what = merge ? 'merge' : only === 'data' ? 'data' : only === 'schema' ? 'schema' : 'replace';
  return [
    t(`ui.confirm.${what}`),
    holds,
    t('ui.confirm.backup', { backup: shownPath(state, backup) }),
    ...lacks(warnings),
    ...(movedOn && current !== null && into === undefined ? [t('version.movedOn', { version: current })] : []),
  ];
}

/** What the engine's export could not keep; a dialog has room for a few. */
function lacks(warnings: readonly Loss[]): string[] {
  if (warnings.length === 0) return [];
  const shownHere = warnings.slice(0, MOST_WARNINGS).map((loss) => lossSentence(loss, text));
  return [t('ui.confirm.lacks', { count: warnings.length }), ...shownHere];
}
