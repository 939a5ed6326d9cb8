import type { Drift } from '../../workflow/drift/drift';
import type { Action } from '../services/messages';
import type { Services } from '../services/services';
import { t, text } from '../services/text';
import { withProgress } from '../services/work';
import { adoptDriftCommand } from './adopt-drift';
import type { Command } from './command';
import { generateMigration } from './generate-migration';
import { type Place, pickPlace } from './pick-migration';
import type { Request } from './request';
import { revertDriftCommand } from './revert-drift';
import { showDrift } from './show-drift';

/** Compares a database with what its history says; the tree keeps the answer, and the message offers what can be done. */
export const checkDrift: Command = {
  name: 'checkDrift',
  needsEngine: true,
  async run(services, request) {
    const place = await pickPlace(services, request);
    const { state, database } = place;
    const drift = await withProgress(t('ui.drift.progress', { database: database.name }), (running) =>
      services.drifts.check(state, database, running),
    );
    services.messages.noteCopy(drift.fromCopy);
    tell(services, place, drift);
    return { changes: drift.changes.length };
  },
};

function tell(services: Services, { state, database }: Place, drift: Drift): void {
  const { changes, desired = [], pending, pendingExplains, historyExplains, notes } = drift;
  const request: Request = { project: state.dir, database: database.name };
  const action = (title: string, command: Command): Action => {
    return { title, run: () => command.run(services, request) };
  };
  const params = { database: database.name, count: changes.length };
  const isWanted = desired.length > 0 && !pendingExplains && !historyExplains;
  const parts = [
    t(changes.length > 0 ? 'ui.drift.found' : 'ui.drift.none', params),
    ...(desired.length > 0 && pendingExplains ? [t('ui.drift.pending', { count: pending.length })] : []),
    ...(historyExplains
      ? [t(pending.length > 0 ? 'ui.drift.byHand' : 'ui.drift.byHandOnly', { count: pending.length })]
      : []),
    ...(isWanted ? [t('ui.drift.desired', { count: desired.length })] : []),
    ...notes.map(({ key, params: own }) => text(key, own)),
  ];
  const ofChanges = [
    action(t('ui.drift.show'), showDrift),
    // Without the text of a migration nobody knows the way there or back.
    ...(drift.unknown.length === 0
      ? [action(t('ui.drift.adopt'), adoptDriftCommand), action(t('ui.drift.revert'), revertDriftCommand)]
      : []),
  ];
  services.messages.show(changes.length > 0 ? 'warning' : 'info', parts.join(' '), [
    ...(changes.length > 0 ? ofChanges : []),
    ...(isWanted && changes.length === 0 ? [action(t('ui.drift.generate'), generateMigration)] : []),
  ]);
}
