import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { withSession } from '../../src/engine/with-session';
import { withDuckdbBench } from '../support/duckdb-bench';
import { randomTables } from '../support/random-duckdb-values';

const RUNS = Number(process.env.KUZU_MIGRATE_VALUES_RUNS ?? 10);
/** The same ones in each test run; the torture says which. */
const SEED = Number(process.env.KUZU_MIGRATE_SEED ?? 1);

describe('a version of a DuckDB database of random types and values', () => {
  for (const format of ['parquet', 'csv'] as const) {
    it(`is proven, and restores every value as it prints (${format})`, async function () {
      this.timeout(RUNS * 10_000);
      await withDuckdbBench([], async (bench) => {
        let version = 0;
        const driver = bench.context.driver('duckdb');
        await fc.assert(
          fc.asyncProperty(randomTables, async (statements) => {
            const tables = statements.flatMap((text) => /^CREATE TABLE (t\d+)/.exec(text)?.[1] ?? []);
            const name = `v${++version}`;
            try {
              await bench.run([...statements]);
              const exported = await bench.export(name, { format });
              assert.equal(exported.manifest.verified, true);
              const into = path.join(bench.dir, `${name}.duckdb`);
              await bench.import(name, { into });
              const texts = (file: string) =>
                withSession(driver, { path: file, readOnly: true }, async (session) => {
                  const asked = tables.map((table) => ({
                    text: `SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ${table} ORDER BY ALL`,
                    rows: 1000,
                  }));
                  return (await session.run(asked)).map(({ rows }) => rows);
                });
              const expected = await texts(bench.file);
              assert.deepEqual(await texts(into), expected);
              // The engine alone reads all but what load-2.sql has.
              const plain = path.join(bench.dir, `${name}.plain.duckdb`);
              await bench.run([`IMPORT DATABASE '${exported.dir}'`], plain);
              const later = exported.manifest.originals['load-2.sql'] ?? '';
              const isLater = (table: string) => later.includes(`COPY ${table} `);
              assert.deepEqual(
                await texts(plain),
                expected.map((rows, at) => (isLater(tables[at] ?? '') ? [] : rows)),
              );
            } finally {
              await bench.run(tables.map((table) => `DROP TABLE IF EXISTS ${table}`));
              await rm(path.join(bench.dir, 'migrations', name), { recursive: true, force: true });
            }
          }),
          { numRuns: RUNS, seed: SEED, endOnFailure: true },
        );
      });
    });
  }
});
