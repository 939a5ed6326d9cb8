import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkMigrations } from '../../src/workflow/migrate/check';
import { repair } from '../../src/workflow/migrate/repair';
import type { RepairKind } from '../../src/workflow/migrate/repair-types';
import { importSights, type Moment, runAndKill, seeded } from '../support/kills';
import { ENGINES, type MigrationBench, upDown, withMigrations } from '../support/migrations';

for (const engine of ENGINES) {
  describe(`a repair that is killed, on ${engine}`, () => {
    const mend = (bench: MigrationBench, kind: RepairKind, id: string) =>
      repair(bench.context(), { database: bench.database(), repair: { kind, id }, confirm: async () => undefined });

    it('leaves the database as it was or the backup in its place, and the next one finishes', () =>
      withMigrations(engine, async (bench) => {
        const { table, checkpoint, failing, insert } = bench.words;
        await bench.write('001_a', upDown([table('A'), insert('A', 1)]));
        await bench.write('002_b', upDown([table('B'), checkpoint, failing], [], '-- transaction: none\n'));
        const sights = importSights(bench.file, path.join(bench.dir, 'backups'));
        const moments: Moment[] = sights.map(({ what, seen }) => ({ kind: 'sight', what, seen, thenMs: 0 }));
        let kills = 0;
        for (const moment of moments) {
          await bench.migrate('up');
          assert.deepEqual(await bench.tables(), ['A', 'B']);
          const { killed } = await runAndKill(bench.dir, ['repair', '--restore', '2', '--yes'], moment);
          if (killed) kills++;
          const states = await bench.states();
          const tables = await bench.tables();
          if (states[1] === '2 failed') {
            assert.deepEqual(tables, ['A', 'B']);
            await mend(bench, 'restore', '2');
          }
          assert.deepEqual(await bench.states(), ['1 applied', '2 pending']);
          assert.deepEqual(await bench.tables(), ['A']);
          assert.equal(await bench.count('A'), 1);
        }
        assert.ok(kills > 0, 'every repair was faster than its kill');
      }));

    it('leaves a file that is not written yet, or is whole, and findings that the same repair ends', () =>
      withMigrations(engine, async (bench) => {
        const { table, ending } = bench.words;
        await bench.write('1_a', `${table('A')};\n`);
        await bench.migrate('up');
        const file = path.join(bench.dir, 'migrations', `1_a${ending}`);
        const whole = readFileSync(file, 'utf8');
        const random = seeded(7);
        const lock = `${bench.file}.migrate.lock`;
        let kills = 0;
        for (let round = 0; round < 6; round++) {
          await bench.remove('1_a');
          const moment: Moment = {
            kind: 'sight',
            what: 'the lock',
            seen: () => existsSync(lock),
            thenMs: Math.floor(random() * 300),
          };
          const { killed } = await runAndKill(bench.dir, ['repair', '--rewrite', '1', '--yes'], moment);
          if (killed) kills++;
          if (!existsSync(file)) await mend(bench, 'rewrite', '1');
          assert.equal(readFileSync(file, 'utf8'), whole);
          assert.deepEqual((await checkMigrations(bench.context(), { database: bench.database() })).findings, []);
        }
        assert.ok(kills > 0, 'every repair was faster than its kill');
      }));
  });
}
