import { t } from '../services/text';
import { withProgress } from '../services/work';
import type { Command } from './command';
import { pickPlace } from './pick-migration';
import { showKeptDiff } from './show-kept-diff';

/** What the history says on the left, the database on the right. */
export const showDrift: Command = {
  name: 'showDrift',
  needsEngine: true,
  async run(services, request) {
    const { state, database } = await pickPlace(services, request);
    const params = { database: database.name };
    const { changes, expected, schema } = await withProgress(t('ui.drift.progress', params), (running) =>
      services.drifts.check(state, database, running),
    );
    if (changes.length === 0) return services.messages.show('info', t('ui.drift.none', params));
    const title = t('ui.drift.title', params);
    await showKeptDiff(services, state, { title, before: expected, after: schema, engine: database.engine });
  },
};
