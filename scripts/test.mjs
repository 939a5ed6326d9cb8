#!/usr/bin/env node
// Installs, builds and runs every check: npm test [-- STAGE...]. The last line is `N passed, N failed`.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './lib/paths.mjs';
import { endWithChildren, removeFolder, run, temporaryFolder } from './lib/process.mjs';
import { vsCodeHostSupported } from './lib/vscode-host.mjs';
import { ensureDependencies } from './setup.mjs';

// A guard against a stage that hangs, not a measure: shared machines have been seen at a quarter of their speed.
const stageTimeMs = 70 * 60_000;
const errorLines = 40;

/**
 * A stage is a Node program. With `counts` it takes --report FILE and leaves {passes, failures, pending, failed?: {title, error}[]} there;
 * without, its exit code is one test, or for a `gate` nothing but a failure. `after`: what it needs; `where`: on which machines it can run at all.
 */
const stages = {
  types: { args: ['node_modules/typescript/bin/tsc', '-p', '.'] },
  page: { args: ['node_modules/typescript/bin/tsc', '-p', 'media'] },
  lint: { args: ['node_modules/@biomejs/biome/bin/biome', 'check'] },
  build: { args: ['scripts/build.mjs'], gate: true },
  unit: { args: ['scripts/run-tests.mjs', 'test/unit'], counts: true },
  grammar: { args: ['scripts/test-grammar.mjs'], counts: true },
  // More than two at a time only slow each other down: every test starts engine processes.
  engine: { args: ['scripts/run-tests.mjs', '--jobs', '2', 'test/engine'], counts: true, after: 'build' },
  cli: { args: ['scripts/run-tests.mjs', 'test/cli'], counts: true, after: 'build' },
  package: { args: ['scripts/package.mjs', '--all', '--skip-unreachable'], counts: true, after: 'build' },
  editor: { args: ['test/editor/run.mjs'], counts: true, after: 'build' },
  ui: { args: ['test/ui/run.mjs'], counts: true, after: 'build', where: vsCodeHostSupported, needs: 'Linux x64' },
};

endWithChildren();
const unknown = process.argv.slice(2).find((name) => !Object.hasOwn(stages, name));
if (unknown) {
  console.error(`There is no stage ${unknown}. Stages: ${Object.keys(stages).join(', ')}`);
  process.exit(2);
}
const results = [];
const whatFailed = [];
try {
  await ensureDependencies((line) => console.log(line));
  const chosen = process.argv.slice(2);
  for (const name of Object.keys(stages).filter((name) => chosen.length === 0 || isNeeded(name, chosen))) {
    results.push(await runStage(name, stages[name]));
  }
} catch (error) {
  console.error(error.message);
  results.push({ name: 'set-up', passes: 0, failures: 1, pending: 0, seconds: 0, note: 'see above' });
}
summarise(results);

function isNeeded(name, chosen) {
  return chosen.includes(name) || chosen.some((other) => stages[other].after === name);
}

async function runStage(name, { args, counts, gate, after, where, needs }) {
  const from = performance.now();
  const result = (passes, failures, pending, note = '') => {
    return { name, passes, failures, pending, note, seconds: (performance.now() - from) / 1000 };
  };
  if (where && !where()) return result(0, 0, 1, `needs ${needs}`);
  if (results.some((earlier) => earlier.name === after && earlier.failures > 0)) {
    return result(0, 1, 0, `not run: ${after} failed`);
  }
  console.log(`\n── ${name}`);
  // What a stage leaves in the temporary folder goes with it, even when it is killed. A short name: sockets go there.
  const folder = temporaryFolder('km-');
  const env = { ...process.env, TMPDIR: folder, TMP: folder, TEMP: folder };
  try {
    const report = path.join(folder, 'report.json');
    const all = [...args, ...(counts ? ['--report', report] : [])];
    const { code } = await run(process.execPath, all, { cwd: root, env, show: true, timeoutMs: stageTimeMs });
    const broke = code === 124 ? `stopped after ${stageTimeMs / 60_000} min` : `ended with ${code}`;
    if (!counts) return code === 0 ? result(gate ? 0 : 1, 0, 0) : result(0, 1, 0, broke);
    // An exit code of 0 is no proof that anything ran, and a crash may leave no report at all.
    if (!existsSync(report)) return result(0, 1, 0, `${broke}, without a report`);
    const { passes, failures, pending, failed = [] } = JSON.parse(readFileSync(report, 'utf8'));
    whatFailed.push(...failed.map((one) => ({ stage: name, ...one })));
    if (passes + failures === 0) return result(0, 1, pending, 'ran no test');
    if (code !== 0 && failures === 0) return result(passes, 1, pending, broke);
    return result(passes, failures, pending);
  } finally {
    removeFolder(folder);
  }
}

function summarise(rows) {
  const total = (key) => rows.reduce((sum, row) => sum + row[key], 0);
  const line = (...[name, passed, failed, skipped, time, note]) =>
    [name.padEnd(9), ...[passed, failed, skipped, time].map((cell) => String(cell).padStart(8)), ` ${note}`]
      .join(' ')
      .trimEnd();
  console.log(`\n${line('stage', 'passed', 'failed', 'skipped', 'time', '')}`);
  for (const { name, passes, failures, pending, seconds, note } of rows) {
    console.log(line(name, passes, failures, pending, `${seconds.toFixed(1)} s`, note));
  }
  for (const { stage, title, error } of whatFailed) {
    const lines = error.split('\n');
    const cut = lines.length > errorLines ? [`… ${lines.length - errorLines} more lines above`] : [];
    console.log(`\nfailed in ${stage}: ${title}\n${[...lines.slice(0, errorLines), ...cut].join('\n')}`);
  }
  const skipped = total('pending') > 0 ? `, ${total('pending')} skipped` : '';
  const failed = total('failures');
  // The set-up may end without an error and without a stage: that is no success.
  const nothing = total('passes') + failed === 0;
  console.log(`\n${total('passes')} passed, ${nothing ? 1 : failed} failed${skipped}`);
  process.exitCode = failed > 0 || nothing ? 1 : 0;
}
