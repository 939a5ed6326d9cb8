import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, readdir } from 'node:fs/promises';
import path from 'node:path';
import { withSession } from '../../src/engine/with-session';
import { withDuckdbBench } from '../support/duckdb-bench';
import { runAndKill, seeded } from '../support/kills';
import { withTempDir } from '../support/kuzu-script';
import { withDrivers } from '../support/project';

const kills = Number(process.env.KUZU_MIGRATE_KILLS ?? 6);
const seed = Number(process.env.KUZU_MIGRATE_SEED ?? 1);
const db = ['--db', 'data/app.duckdb'];

const operations = [
  { name: 'export', args: [...db, 'export', '--version', 'v2.0.0'], after: 'live' },
  { name: 'import', args: [...db, 'import', '--version', 'v1.0.0', '--yes'], after: 'old' },
  { name: 'rollback', args: [...db, 'rollback', 'v1.0.0', '--yes'], after: 'old' },
] as const;

const made = [
  'CREATE TABLE t (id INTEGER PRIMARY KEY, up INTEGER REFERENCES t (id), text VARCHAR)',
  'INSERT INTO t SELECT range, NULL, md5(range::VARCHAR) FROM range(200000)',
  'INSERT INTO t VALUES (-1, 5, NULL)',
  'CREATE INDEX by_text ON t (text)',
];

describe(`kill -9 in an operation on a version of DuckDB (${kills} times each)`, () => {
  for (const { name, args, after } of operations) {
    it(`${name}: the database is the old or the new one, and a second run finishes`, async function () {
      this.timeout(30_000 + kills * 20_000);
      await withTempDir((template) =>
        withDrivers(async (drivers) => {
          const content = (file: string) =>
            withSession(drivers.get('duckdb'), { path: file, readOnly: true }, async (session) => {
              const { tables } = await drivers.get('duckdb').contentOf(session);
              return JSON.stringify(tables);
            });
          const states = await withDuckdbBench(made, async (bench) => {
            await bench.export('v1.0.0');
            const old = await content(bench.file);
            await bench.run(["INSERT INTO t VALUES (-2, -1, 'new')"]);
            await cp(bench.dir, template, { recursive: true, verbatimSymlinks: true });
            return { old, live: await content(bench.file) };
          });
          const random = seeded(seed);
          const whole = await withTempDir(async (dir) => {
            await cp(template, dir, { recursive: true, verbatimSymlinks: true });
            return (await runAndKill(dir, args, undefined)).ms;
          });
          for (let at = 0; at < kills; at++) {
            await withTempDir(async (dir) => {
              await cp(template, dir, { recursive: true, verbatimSymlinks: true });
              const file = path.join(dir, 'data/app.duckdb');
              await runAndKill(dir, args, { kind: 'time', ms: random() * whole });
              const found = await content(file);
              assert.ok(
                found === states.live || found === states[after],
                `neither old nor new (seed ${seed}, kill ${at})`,
              );
              const isPublished = name === 'export' && existsSync(path.join(dir, 'migrations/v2.0.0'));
              if (!isPublished) await runAndKill(dir, args, undefined);
              assert.equal(await content(file), states[after]);
              assert.deepEqual(await readdir(path.dirname(file)), ['app.duckdb']);
              if (name === 'export') assert.ok(existsSync(path.join(dir, 'migrations/v2.0.0/manifest.json')));
            });
          }
        }),
      );
    });
  }
});
