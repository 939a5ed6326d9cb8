#!/usr/bin/env node
// Runs the editor suite in a real VS Code: node test/editor/run.mjs [--report FILE] [--grep TEXT] [--ext DIR]
//   [--tests DIR] [--workspace DIR] [--locale ja]
// KUZU_MIGRATE_VSCODE=server: the VS Code server out of npm (the default on Linux x64);
// KUZU_MIGRATE_VSCODE=desktop: the desktop VS Code that @vscode/test-electron downloads (the default elsewhere), or
// the executable that KUZU_MIGRATE_VSCODE_EXECUTABLE names.
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildEditorTests } from '../../scripts/build-editor-tests.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import { endWithChildren, removeFolder, temporaryFolder } from '../../scripts/lib/process.mjs';
import { vsCodeHostSupported } from '../../scripts/lib/vscode-host.mjs';
import { makeSample } from '../../scripts/sample.mjs';
import { exitCodes, runInHost } from '../support/vscode/runner.mjs';

endWithChildren();
const { values: options } = parseArgs({
  options: {
    report: { type: 'string' },
    grep: { type: 'string' },
    ext: { type: 'string', default: root },
    tests: { type: 'string' },
    workspace: { type: 'string' },
    locale: { type: 'string' },
  },
});

/** The suite in a desktop VS Code. Counts as in `runInHost`: an exit code of 0 is believed only with a record. */
async function runOnDesktop({ extension, tests, workspace, env, locale, folder }) {
  const { runTests } = await import('@vscode/test-electron');
  const report = path.join(folder, 'suite.json');
  const executable = process.env.KUZU_MIGRATE_VSCODE_EXECUTABLE;
  let code = 0;
  let why = 'the suite ended';
  try {
    await runTests({
      ...(executable ? { vscodeExecutablePath: executable } : {}),
      extensionDevelopmentPath: extension,
      extensionTestsPath: tests,
      launchArgs: [workspace, '--disable-extensions', ...(locale ? [`--locale=${locale}`] : [])],
      extensionTestsEnv: { ...env, KUZU_MIGRATE_SUITE_REPORT: report },
    });
  } catch (error) {
    code = 1;
    why = String(error?.message ?? error);
  }
  const stats = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  if (code === 0 && !(stats?.passes > 0 && stats.failures === 0)) {
    return { code: exitCodes.notEarned, stats, why: 'VS Code said 0, but the suite has no such record' };
  }
  return { code, stats, why };
}

const tests = await buildEditorTests(options.tests && path.resolve(options.tests));
const kind = process.env.KUZU_MIGRATE_VSCODE ?? (vsCodeHostSupported() ? 'server' : 'desktop');
if (kind !== 'server' && kind !== 'desktop') throw new Error(`KUZU_MIGRATE_VSCODE is ${kind}: server or desktop`);
const folder = temporaryFolder('kuzu-editor-');
try {
  const sample = path.join(folder, 'sample');
  if (options.workspace)
    cpSync(options.workspace, sample, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  else await makeSample(sample);
  // A window on a workspace file takes a second folder without a new start of its extensions.
  const workspace = path.join(folder, 'editor-suite.code-workspace');
  writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'sample' }] }));
  console.log(`editor suite: ${kind} VS Code`);
  const env = {
    KUZU_MIGRATE_ROOT: root,
    ...(options.grep ? { KUZU_MIGRATE_SUITE_GREP: options.grep } : {}),
  };
  const place = { extension: path.resolve(options.ext), tests, workspace, env, locale: options.locale };
  const result = await (kind === 'server' ? runInHost(place) : runOnDesktop({ ...place, folder }));
  if (result.code !== 0) console.error(`editor suite: ${result.why} (exit code ${result.code})`);
  if (options.report) {
    // A run that broke off counts as a failure, whatever it had counted until then.
    const stats = result.stats ?? { passes: 0, failures: 0, pending: 0 };
    const broke = result.code !== 0 && stats.failures === 0;
    writeFileSync(options.report, JSON.stringify(broke ? { ...stats, failures: 1 } : stats));
  }
  process.exitCode = result.code;
} finally {
  removeFolder(folder);
}
