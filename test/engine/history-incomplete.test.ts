import assert from 'node:assert/strict';
import { ENGINES, upDown, withMigrations } from '../support/migrations';

describe('a history of which a table was dropped by hand', () => {
  for (const engine of ENGINES) {
    it(`is made whole again by the next migration (${engine})`, async () => {
      await withMigrations(engine, async ({ write, words, migrate, run, events, version }) => {
        await write('1_a', upDown([words.table('A')]));
        assert.equal((await migrate('up')).error, undefined);
        await run('DROP TABLE migration_event', 'DROP TABLE schema_version');
        await write('2_b', upDown([words.table('B')]));
        assert.equal((await migrate('up')).error, undefined);
        assert.deepEqual(await events(), ['up 2 success']);
        assert.deepEqual(await version(), [{ version: '2', dirty: false }]);
      });
    });
  }
});
