#!/usr/bin/env node
// Runs a mocha suite inside the real extension host of a VS Code server, which a headless Chromium drives.
//   node runner.mjs --ext DIR --tests FILE --workspace DIR [--env K=V]... [--locale L] [--timeout SECONDS] [--shot FILE]
import { closeSync, existsSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureChromium } from '../../../scripts/lib/chromium.mjs';
import { endWithChildren, removeFolder, temporaryFolder } from '../../../scripts/lib/process.mjs';
import { installVsCodeHost } from '../../../scripts/lib/vscode-host.mjs';
import { openPage } from './browser.mjs';
import { startVsCodeServer } from './server.mjs';

/** Exit codes of a run that has no result of its own to give. */
export const exitCodes = { timeout: 124, serverEnded: 70, pageCrashed: 71, notEarned: 72 };

/**
 * Runs the suite and prints mocha's report as it comes.
 * A 0 from VS Code proves nothing: it also comes when a test calls process.exit or the host is killed. The suite
 * writes its own counts, and 0 is returned only when they say that tests passed and none failed.
 * @param {{extension: string, tests: string, workspace: string, env?: Record<string, string>, locale?: string,
 *   settings?: Record<string, unknown>, timeoutMs?: number, shot?: string}} options
 *   tests: the compiled module that exports run(); shot: where to leave a screenshot of the end
 * @returns {Promise<{code: number, stats?: {passes: number, failures: number, pending: number}, why: string}>}
 */
export async function runInHost(options) {
  const host = await installVsCodeHost();
  const { executable, advice } = await ensureChromium();
  if (!executable) throw new Error(advice);
  const folder = temporaryFolder('editor-suite-');
  const log = path.join(folder, 'suite.log');
  const report = path.join(folder, 'suite.json');
  writeFileSync(log, '');
  const showing = showGrowing(log);
  let server;
  let browser;
  try {
    server = await startVsCodeServer({
      host,
      locale: options.locale,
      settings: options.settings,
      env: { ...options.env, KUZU_MIGRATE_SUITE_LOG: log, KUZU_MIGRATE_SUITE_REPORT: report },
    });
    const opened = await openPage(executable);
    browser = opened.browser;
    const { code, why } = await untilEnd(opened.page, server, options);
    const stats = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
    if (code === 0 && !(stats?.passes > 0 && stats.failures === 0)) {
      return { code: exitCodes.notEarned, stats, why: 'VS Code said 0, but the suite has no such record' };
    }
    return { code, stats, why };
  } finally {
    await browser?.close();
    await server?.stop();
    showing.end();
    removeFolder(folder);
  }
}

/** Prints what is appended to a file. */
function showGrowing(file) {
  const handle = openSync(file, 'r');
  const buffer = Buffer.alloc(65536);
  const show = () => {
    for (let size = readSync(handle, buffer); size > 0; size = readSync(handle, buffer)) {
      process.stdout.write(Buffer.from(buffer.subarray(0, size)));
    }
  };
  const timer = setInterval(show, 200);
  return {
    end() {
      clearInterval(timer);
      show();
      closeSync(handle);
    },
  };
}

async function untilEnd(page, server, { extension, tests, workspace, timeoutMs = 1_800_000, shot }) {
  let end;
  const ended = new Promise((resolve) => (end = (code, why) => resolve({ code, why })));
  const timer = setTimeout(() => end(exitCodes.timeout, `no end after ${timeoutMs / 1000} s`), timeoutMs);
  page.on('crash', () => end(exitCodes.pageCrashed, 'the page crashed'));
  void server.ended.then((how) =>
    end(exitCodes.serverEnded, `the server ended (${how})\n${server.log().slice(-3000)}`),
  );
  // The two functions that a workbench under test calls: its console, and the result of run().
  await page.exposeFunction('codeAutomationLog', (type, args) => {
    if (type === 'error' && !isNoise(args)) console.error(...args);
  });
  await page.exposeFunction('codeAutomationExit', async (code) => {
    if (shot) await page.screenshot({ path: shot });
    end(code, 'the suite ended');
  });
  const remote = (file) => ({
    $mid: 1,
    scheme: 'vscode-remote',
    authority: `127.0.0.1:${server.port}`,
    path: path.resolve(file),
  });
  // A built workbench ignores ?payload=, but honours developmentOptions in its own configuration tag: they are put
  // there before the workbench module, which is deferred, reads the tag.
  await page.addInitScript(
    (development) =>
      document.addEventListener('readystatechange', () => {
        const tag = document.getElementById('vscode-workbench-web-configuration');
        if (!tag || tag.dataset.filled) return;
        tag.dataset.filled = 'yes';
        const settings = JSON.parse(tag.dataset.settings);
        settings.developmentOptions = { ...settings.developmentOptions, ...development };
        tag.dataset.settings = JSON.stringify(settings);
      }),
    { extensions: [remote(extension)], extensionTestsPath: remote(tests) },
  );
  await page.goto(server.url(path.resolve(workspace)));
  try {
    return await ended;
  } finally {
    clearTimeout(timer);
  }
}

/** What a workbench says on every start without a gallery and without an account. */
function isNoise(args) {
  return /^(Canceled|\[Service Worker\]|Timed out waiting for authentication|No extension gallery)/.test(
    String(args[0]),
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  endWithChildren();
  const { values } = parseArgs({
    options: {
      ext: { type: 'string' },
      tests: { type: 'string' },
      workspace: { type: 'string' },
      env: { type: 'string', multiple: true, default: [] },
      locale: { type: 'string' },
      timeout: { type: 'string', default: '1800' },
      shot: { type: 'string' },
    },
  });
  const lacking = ['ext', 'tests', 'workspace'].find((name) => !values[name]);
  if (lacking) {
    console.error(`missing --${lacking}`);
    process.exit(64);
  }
  const result = await runInHost({
    extension: values.ext,
    tests: values.tests,
    workspace: values.workspace,
    env: Object.fromEntries(
      values.env.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    ),
    locale: values.locale,
    timeoutMs: Number(values.timeout) * 1000,
    shot: values.shot,
  });
  if (result.code !== 0) console.error(`editor suite: ${result.why}`);
  process.exitCode = result.code;
}
