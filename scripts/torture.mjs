#!/usr/bin/env node
// npm run torture [-- --kills N --seed N --databases N]: the long tests. The result of the kills is written to
// docs/reliability.md; N databases of random values are exported, and nothing may differ that was not foretold.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    databases: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
});
const folder = mkdtempSync(path.join(os.tmpdir(), 'kuzu-migrate-torture-'));
const record = path.join(folder, 'kills.jsonl');

try {
  writeFileSync(record, '');
  // One after the other, so that a failure is shown while the rest still runs.
  const codes = ['of export', 'of import over', 'of rollback', 'of import into', 'of merge'].map((operation) => {
    const args = [
      path.join(root, 'scripts/run-tests.mjs'),
      '--grep',
      operation,
      path.join(root, 'test/engine/kill.test.ts'),
    ];
    return spawnSync(process.execPath, args, {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        KUZU_MIGRATE_KILLS: options.kills,
        KUZU_MIGRATE_SEED: options.seed,
        KUZU_MIGRATE_KILL_RECORD: record,
      },
    }).status;
  });
  const rows = readFileSync(record, 'utf8')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const failed = codes.find((code) => code !== 0);
  const random = spawnSync(
    process.execPath,
    [path.join(root, 'scripts/run-tests.mjs'), path.join(root, 'test/engine/losses-property.test.ts')],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, KUZU_MIGRATE_LOSS_RUNS: options.databases },
    },
  );
  process.exitCode = failed === undefined && random.status === 0 ? 0 : 1;
  if (failed === undefined) writeResult(rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function writeResult(rows) {
  const file = path.join(root, 'docs/reliability.md');
  const table = [
    '| Operation | Kills | met a running command | of these, right after something showed on the disk | lost or half made |',
    '| --- | ---: | ---: | --- | ---: |',
    ...rows.map(({ operation, kills, hit, seen }) => {
      const sights = Object.entries(seen)
        .filter(([what]) => what !== 'a moment')
        .map(([what, count]) => `${what} ${count}`);
      return `| ${operation} | ${kills} | ${hit} | ${sights.join(', ')} | 0 |`;
    }),
  ].join('\n');
  const block = `<!-- torture -->\n${new Date().toISOString().slice(0, 10)}, seed ${options.seed}, ${os.platform()} ${os.arch()}, Node ${process.version}.\n\n${table}\n<!-- /torture -->`;
  writeFileSync(file, readFileSync(file, 'utf8').replace(/<!-- torture -->[\s\S]*<!-- \/torture -->/, block));
}
