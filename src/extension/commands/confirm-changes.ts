import { MigrateError } from '../../core/errors';
import type { ConfirmChanges } from '../../workflow/migrate/types';
import { showKept } from '../documents/show-kept';
import type { LoadedProject } from '../services/project-state';
import type { Services } from '../services/services';
import { t } from '../services/text';
import { nameIsTyped } from './confirm-plan';
import { noteText, shownPath } from './migration-notes';

/**
 * Asks before files or the history are changed; where texts differ, the differences open as a document behind the
 * question. @param isRestore a backup takes the place of the database
 */
export function confirmChanges(services: Services, state: LoadedProject, isRestore = false): ConfirmChanges {
  return async ({ action: asked, database, changes }) => {
    const action = isRestore ? 'restore' : asked;
    const diffs = changes.flatMap(({ diff }) => (diff ? [diff] : []));
    if (diffs.length > 0) {
      const text = `\`\`\`diff\n${diffs.map((diff) => diff.trimEnd()).join('\n')}\n\`\`\`\n`;
      await showKept(services, state, { name: t(`ui.change.name.${action}`, { database: database.name }), text });
    }
    const agreed = await services.messages.dialogs.confirm({
      message: t(`ui.change.ask.${action}`, { database: shownPath(state, database.path) }),
      detail: changes.map(({ text }) => noteText(state, text)).join('\n'),
      button: t(`ui.change.button.${action}`),
    });
    if (!agreed || !(await nameIsTyped(services, database))) throw new MigrateError('NOT_CONFIRMED', { action });
  };
}
