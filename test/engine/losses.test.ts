import assert from 'node:assert/strict';
import type { Driver } from '../../src/engine/driver';
import { createDrivers } from '../../src/engine/drivers';
import { withTempDir } from '../support/kuzu-script';
import { fateOf, type LossCase, type LossDatabase } from '../support/loss-case';
import { dist } from '../support/project';
import { csvCases } from './loss-cases/csv';
import { indexCases } from './loss-cases/indexes';
import { nameCases } from './loss-cases/names';
import { parquetCases } from './loss-cases/parquet';
import { schemaCases } from './loss-cases/schema';

const groups: readonly [string, readonly LossCase[]][] = [
  ['the schema', schemaCases],
  ['names', nameCases],
  ['values in parquet', parquetCases],
  ['values in CSV', csvCases],
  ['indexes', indexCases],
];

async function isWhole(driver: Driver, database: LossDatabase): Promise<void> {
  await withTempDir(async (dir) => {
    const fate = await fateOf(driver, dir, database);
    assert.ok('before' in fate, JSON.stringify(fate));
    assert.equal(fate.after, fate.before);
  });
}

async function isRefused(driver: Driver, database: LossDatabase, code: string): Promise<void> {
  await withTempDir(async (dir) => {
    assert.deepEqual(await fateOf(driver, dir, database), { refused: [code] });
  });
}

describe('a version keeps what the engine’s own export loses', () => {
  // One warm engine for all: a cold start costs more than a case.
  const drivers = createDrivers(dist, { idleMs: 60_000, log: () => undefined });
  after(() => drivers.dispose());

  for (const [group, cases] of groups) {
    describe(group, () => {
      for (const { refused, title, loses, keeps } of cases) {
        it(refused === undefined ? title : `or refuses it (${refused}): ${title}`, async () => {
          const driver = drivers.get('kuzu');
          if (refused === undefined) await isWhole(driver, loses);
          else await isRefused(driver, loses, refused);
          await isWhole(driver, keeps);
        });
      }
    });
  }
});
