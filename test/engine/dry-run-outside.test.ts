import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { withMigrations } from '../support/migrations';

describe('a dry run of what writes outside of the database', () => {
  for (const engine of ['kuzu', 'duckdb'] as const) {
    it(`is refused before anything runs, and writes nothing (${engine})`, async () => {
      await withMigrations(engine, async (bench) => {
        const ending = engine === 'kuzu' ? 'cypher' : 'sql';
        const out = path.join(bench.dir, 'dump');
        await bench.write(`001_dump.${ending}`, `EXPORT DATABASE '${out}';\n`);
        const { code, json } = await bench.json(['up', '--dry-run']);
        assert.deepEqual([code, json.ok, json.error?.code, json.error?.line], [1, false, 'DRY_RUN_OUTSIDE', 1]);
        assert.equal(existsSync(out), false);
      });
    });
  }
});
