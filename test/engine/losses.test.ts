import assert from 'node:assert/strict';
import { lossRules } from '../../src/core/version/losses';
import { withTempDir } from '../support/kuzu-script';
import { fateOf, foretold, type LossCase, type LossDatabase } from '../support/loss-case';
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

/** Differences that the file system of the test can't show. */
const NOT_SHOWN_HERE = ['KX012'];

/** Whether the rows of another table are taken for one's own or refused depends on their types. */
const ROWS_OF_OTHERS = ['KX011', 'KX031'];

async function shows(code: string, loses: LossDatabase): Promise<void> {
  await withTempDir(async (dir) => {
    const fate = await fateOf(dir, loses);
    const found = (await foretold(dir, loses)).find((loss) => loss.code === code);
    assert.notEqual(fate, 'same');
    assert.ok(found, `not foretold: ${fate}`);
    const failed = fate === 'export failed' || fate === 'crashed';
    const isQuiet = fate === 'changed' && !ROWS_OF_OTHERS.includes(code);
    const severity = failed ? 'blocked' : isQuiet ? 'warning' : 'error';
    assert.equal(found.severity, severity, fate);
  });
}

async function isWhole(keeps: LossDatabase): Promise<void> {
  await withTempDir(async (dir) => {
    assert.equal(await fateOf(dir, keeps), 'same');
    assert.deepEqual(await foretold(dir, keeps), []);
  });
}

describe('what the engine’s own export loses', () => {
  it('is shown for every code', () => {
    const shown = new Set(groups.flatMap(([, cases]) => cases.map(({ code }) => code)));
    const missing = lossRules.map(({ code }) => code).filter((code) => !shown.has(code));
    assert.deepEqual(missing, NOT_SHOWN_HERE);
  });

  for (const [group, cases] of groups) {
    describe(group, () => {
      for (const { code, title, loses, keeps } of cases) {
        it(`${code}: ${title}`, async () => {
          await Promise.all([shows(code, loses), isWhole(keeps)]);
        });
      }
    });
  }
});
