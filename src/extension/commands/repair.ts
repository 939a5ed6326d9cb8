import path from 'node:path';
import type { Running } from '../../workflow/context';
import type { RepairKind } from '../../workflow/migrate/repair-types';
import { answered, type Choice } from '../services/dialogs';
import type { MigrationRow } from '../services/migration-row';
import type { Services } from '../services/services';
import { t } from '../services/text';
import { withProgress } from '../services/work';
import type { Command } from './command';
import { confirmChanges } from './confirm-changes';
import { noteText, refreshAll } from './migration-notes';
import { pickMigration, pickPlace, refuseReadOnly } from './pick-migration';

/** What can be done about each state; a migration that was applied as it stands needs nothing. */
export function repairsFor({
  shown,
  commentsOnly,
}: Pick<MigrationRow, 'shown' | 'commentsOnly'>): readonly RepairKind[] {
  switch (shown) {
    case 'changed':
      return ['accept', 'rewrite'];
    case 'missing':
      return ['rewrite', 'forget'];
    case 'half':
      return ['restore', 'retry', 'done', 'rewrite'];
    case 'failed':
      return ['forget'];
    default:
      return commentsOnly ? ['accept', 'rewrite'] : [];
  }
}

/** Offers what fits the state of a migration, and mends it after the question that the workflow asks. */
export const repairCommand: Command = {
  name: 'repair',
  needsEngine: true,
  async run(services, request) {
    const place = await pickPlace(services, request);
    const { state, database } = place;
    refuseReadOnly(database);
    const row = await pickMigration(services, place, {
      request,
      fits: (one) => repairsFor(one).length > 0,
      placeHolder: t('ui.pick.repair', { database: database.name }),
      none: 'ui.nothingToRepair',
    });
    const kind = request.repair ?? (await askKind(services, row));
    const context = await services.engines.context(state.project);
    const { repair } = await services.engines.workflows();
    const work = (running: Running) =>
      repair(context, {
        ...running,
        database,
        repair: { kind, id: row.id },
        confirm: confirmChanges(services, state, kind === 'restore'),
        onNote: (note) => services.log.info(noteText(state, note)),
      });
    const title = t('ui.progress.repair', { name: row.name || row.id });
    const result = await withProgress(title, work, { asks: true }).finally(() => refreshAll(services));
    if (row.path !== undefined) services.findings.clear(row.path);
    const notes = result.notes.map((note) => noteText(state, note));
    const kept =
      result.backup === undefined ? [] : [t('ui.done.backup', { backup: path.relative(state.dir, result.backup) })];
    const done = t(`ui.repaired.${kind}`, { name: row.name || row.id });
    services.messages.show('info', [done, ...kept, ...notes].join(' '));
    return result;
  },
};

async function askKind({ messages }: Services, row: MigrationRow): Promise<RepairKind> {
  const choices = repairsFor(row).map((value): Choice<RepairKind> => {
    return { label: t(`ui.repair.${value}`), detail: t(`ui.repair.${value}Detail`), value };
  });
  const placeHolder = t('ui.repair.how', { name: row.name || row.id });
  return answered(messages.dialogs.pick(choices, { placeHolder }));
}
