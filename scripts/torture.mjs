#!/usr/bin/env node
// npm run torture [-- --kills N --seed N --databases N --pairs N --only versions|migrations|drift|losses|plans]: the long tests. The result of
// the kills is written to docs/reliability.md; N databases of random values are exported, and nothing may differ.
// The plans between N random pairs of schemas, half of them on each engine, lead there and back.
// Random cases run in rounds, both engines side by side.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runRounds } from './rounds.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    pairs: { type: 'string', default: '5000' },
    databases: { type: 'string', default: '2000' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    only: { type: 'string' },
  },
});
const folder = mkdtempSync(path.join(os.tmpdir(), 'kuzu-migrate-torture-'));
const record = path.join(folder, 'kills.jsonl');

const parts = {
  versions: killVersions,
  migrations: killMigrations,
  drift: killDrift,
  losses: loseNothing,
  plans: walkPlans,
};
if (options.only !== undefined && !Object.hasOwn(parts, options.only)) {
  console.error(`There is no part ${options.only}. Parts: ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

try {
  const chosen = options.only === undefined ? Object.values(parts) : [parts[options.only]];
  const worked = [];
  for (const part of chosen) worked.push(await part());
  process.exitCode = worked.every(Boolean) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Export, import, rollback and merge. */
function killVersions() {
  const operations = ['of export', 'of import over', 'of rollback', 'of import into', 'of merge'];
  const rows = kill('test/engine/kill.test.ts', operations, { KUZU_MIGRATE_KILLS: options.kills });
  if (rows) writeResult('torture', versionTable(rows));
  return rows !== undefined;
}

/** Fifty migrations, on each engine, in each way of committing. */
function killMigrations() {
  const ways = ['kuzu', 'duckdb'].flatMap((engine) =>
    ['transactions', 'step by step', 'mixed'].map((mode) => `${engine}, ${mode}`),
  );
  const rows = kill('test/engine/migrate-kill.test.ts', ways, { KUZU_MIGRATE_MIGRATE_KILLS: options.kills });
  if (rows) writeResult('torture-migrations', migrationTable(rows));
  return rows !== undefined;
}

/** What was changed by hand is taken back or adopted, on each engine. */
function killDrift() {
  const env = { KUZU_MIGRATE_DRIFT_KILLS: options.kills, KUZU_MIGRATE_SEED: options.seed };
  return runTests('test/engine/drift-kill.test.ts', [], env);
}

/** Databases of random values come back whole from a version. */
function loseNothing() {
  const cases = Number(options.databases);
  return bothEngines([
    {
      name: 'random databases, kuzu',
      file: 'test/engine/losses-property.test.ts',
      count: 'KUZU_MIGRATE_LOSS_RUNS',
      cases,
      each: 100,
    },
    {
      name: 'random databases, duckdb, each as parquet and as CSV',
      file: 'test/engine/duckdb-values-property.test.ts',
      count: 'KUZU_MIGRATE_VALUES_RUNS',
      cases: Math.ceil(cases / 2),
      each: 50,
    },
  ]);
}

function walkPlans() {
  return bothEngines(
    ['kuzu', 'duckdb'].map((engine) => ({
      name: `random pairs, ${engine}`,
      file: `test/engine/plan-${engine}-property.test.ts`,
      count: 'KUZU_MIGRATE_PLAN_RUNS',
      cases: Math.ceil(Number(options.pairs) / 2),
      each: 125,
    })),
  );
}

async function bothEngines(parts) {
  const worked = await Promise.all(parts.map((part) => runRounds(root, { ...part, seed: Number(options.seed) })));
  return worked.every(Boolean);
}

/** @returns what was recorded, or undefined where a test failed */
function kill(file, names, env) {
  writeFileSync(record, '');
  const wanted = { ...env, KUZU_MIGRATE_SEED: options.seed, KUZU_MIGRATE_KILL_RECORD: record };
  // One after the other, so that a failure is shown while the rest still runs.
  const worked = names.map((name) => runTests(file, ['--grep', name], wanted));
  if (!worked.every(Boolean)) return undefined;
  const lines = readFileSync(record, 'utf8').trim().split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}

function runTests(file, args, env) {
  const all = [path.join(root, 'scripts/run-tests.mjs'), ...args, path.join(root, file)];
  const { status } = spawnSync(process.execPath, all, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  return status === 0;
}

function versionTable(rows) {
  return [
    '| Operation | Kills | met a running command | of these, right after something showed on the disk | lost or half made |',
    '| --- | ---: | ---: | --- | ---: |',
    ...rows.map(({ operation, kills, hit, seen }) => {
      return `| ${operation} | ${kills} | ${hit} | ${listed(seen)} | 0 |`;
    }),
  ].join('\n');
}

function migrationTable(rows) {
  return [
    '| Engine, way of committing | Kills | met a running command | of these, at a call to the engine | lost or half made |',
    '| --- | ---: | ---: | --- | ---: |',
    ...rows.map(({ engine, mode, kills, hit, seen }) => {
      return `| ${engine}, ${mode} | ${kills} | ${hit} | ${listed(seen)} | 0 |`;
    }),
  ].join('\n');
}

function listed(seen) {
  const sights = Object.entries(seen).filter(([what]) => what !== 'a moment');
  return sights.map(([what, count]) => `${what} ${count}`).join(', ');
}

function writeResult(name, table) {
  const file = path.join(root, 'docs/reliability.md');
  const about = `${new Date().toISOString().slice(0, 10)}, seed ${options.seed}, ${os.platform()} ${os.arch()}, Node ${process.version}.`;
  const block = `<!-- ${name} -->\n${about}\n\n${table}\n<!-- /${name} -->`;
  const old = new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- /${name} -->`);
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(old, () => block),
  );
}
