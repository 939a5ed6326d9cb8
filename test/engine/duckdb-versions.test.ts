import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { withDuckdbBench } from '../support/duckdb-bench';
import { richDuckdb } from '../support/duckdb-rich';

describe('versions of a DuckDB database', () => {
  for (const format of ['parquet', 'csv'] as const) {
    it(`keep everything: export, import and export again change nothing (${format})`, async () => {
      await withDuckdbBench(richDuckdb, async (bench) => {
        const first = await bench.export('v1.0.0', { format });
        assert.equal(first.manifest.verified, true);
        assert.equal(first.manifest.engine, 'duckdb');
        await bench.run(['DROP VIEW a_view', 'DELETE FROM a_child', 'DROP TABLE app.app.t']);
        await bench.import('v1.0.0');
        const second = await bench.export('v1.0.1', { format });
        assert.deepEqual(second.changes, []);
        assert.deepEqual(second.manifest.proof, first.manifest.proof);
        for (const name of ['schema.sql', 'load.sql']) {
          const [before, after] = await Promise.all(
            [first, second].map(({ dir }) => readFile(path.join(dir, name), 'utf8')),
          );
          assert.equal(after, before, name);
        }
        assert.deepEqual(first.manifest.warnings, []);
        assert.deepEqual((await readdir(first.dir)).sort().slice(0, 2), ['CHANGELOG.md', `a_child.${format}`]);
      });
    });
  }
});
