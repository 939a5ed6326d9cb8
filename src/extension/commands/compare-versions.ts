import { t } from '../services/text';
import type { Command } from './command';
import { pickProject, pickVersion } from './picking';
import { showComparison } from './show-comparison';

/** Two versions in the multi-file diff, one entry for each table that differs; the older one stands on the left. */
export const compareVersions: Command = {
  name: 'compareVersions',
  needsEngine: true,
  async run(services, request) {
    const state = await pickProject(services, request);
    const [one, other] = request.versions ?? [request.version, undefined];
    const first = await pickVersion(services, state, { name: one, placeHolder: t('ui.pick.first') });
    const placeHolder = t('ui.pick.second', { version: first.version });
    const second = await pickVersion(services, state, { name: other, placeHolder, except: first.version });
    const { versions } = state.list;
    const older = versions.indexOf(first) <= versions.indexOf(second) ? first : second;
    const newer = older === first ? second : first;
    await showComparison(services, state, {
      from: { kind: 'version', name: older.version },
      to: { kind: 'version', name: newer.version },
      layout: 'objects',
    });
  },
};
