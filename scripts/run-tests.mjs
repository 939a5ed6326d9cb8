#!/usr/bin/env node
// Bundles test files with esbuild and runs them with mocha: node scripts/run-tests.mjs [--report FILE] [--jobs N] FILE|DIR...
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values: options, positionals } = parseArgs({
  options: { report: { type: 'string' }, jobs: { type: 'string', default: '1' }, grep: { type: 'string' } },
  allowPositionals: true,
});

/** Every *.test.ts at or below a path. */
function testFiles(target) {
  if (!statSync(target).isDirectory()) return [path.resolve(target)];
  return readdirSync(target, { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.resolve(target, name))
    .sort();
}

const isLong = (file) => /(kill|property)\.test\.js$/.test(file);

const files = (positionals.length > 0 ? positionals : [path.join(root, 'test/unit')]).flatMap(testFiles);
mkdirSync(path.join(root, 'out'), { recursive: true });
// Inside the project, so that external packages resolve; one folder a run, so that two runs do not meet.
const out = mkdtempSync(path.join(root, 'out/tests-'));
try {
  await build({
    entryPoints: files,
    outdir: out,
    outbase: path.join(root, 'test'),
    bundle: true,
    splitting: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    packages: 'external',
    logLevel: 'error',
    define: { 'import.meta.url': 'undefined' },
  });
  const bundles = readdirSync(out, { recursive: true })
    .filter((name) => name.endsWith('.test.js'))
    .map((name) => path.join(out, name))
    // The long ones first, so that no worker is left alone with one in the end.
    .sort((a, b) => Number(isLong(b)) - Number(isLong(a)) || (a < b ? -1 : 1));
  const reporter = options.report
    ? [
        '--reporter',
        path.join(root, 'scripts/mocha-report.cjs'),
        '--reporter-option',
        `output=${path.resolve(options.report)}`,
      ]
    : ['--reporter', 'spec'];
  const args = [
    '--enable-source-maps',
    path.join(root, 'node_modules/mocha/bin/mocha.js'),
    '--no-config',
    // A guard against hangs, not a measure: on a busy machine many processes start slowly.
    '--timeout',
    '240000',
    ...reporter,
    ...(Number(options.jobs) > 1
      ? ['--parallel', '--jobs', options.jobs, '--require', path.join(root, 'scripts/mocha-causes.cjs')]
      : []),
    ...(options.grep ? ['--grep', options.grep] : []),
    ...bundles,
  ];
  const run = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, KUZU_MIGRATE_ROOT: root },
  });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
