#!/usr/bin/env node
// Builds the extension, makes a sample project and opens it in VS Code: npm start [-- --check] [-- --fresh] [--port N]
// --check: everything but staying open. --fresh: the sample project is made anew.
// KUZU_MIGRATE_START=code|download|server: only this way of getting a VS Code.
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './lib/paths.mjs';
import { endWithChildren, mustRun, removeFolder, temporaryFolder } from './lib/process.mjs';
import { ensureDependencies } from './setup.mjs';

endWithChildren({ interrupted: 0 });
const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    port: { type: 'string', default: '0' },
  },
});
const say = (line) => console.log(line);

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function main() {
  await ensureDependencies(say);
  await mustRun(process.execPath, [path.join(root, 'scripts/build.mjs')], { cwd: root });
  say('built: dist/');
  const sample = path.join(root, 'sample');
  // What follows needs installed packages, so it cannot be imported at the top.
  const { makeSample } = await import('./sample.mjs');
  if (options.fresh) rmSync(sample, { recursive: true, force: true });
  if (existsSync(sample)) say('sample project: sample/ is kept as it is (-- --fresh makes it anew)');
  else await makeSample(sample, (line) => say(`sample project: ${line}`));
  const { packageExtension } = await import('./package.mjs');
  const { file: vsix, extension } = await packageExtension();
  say(`packaged: ${path.relative(root, vsix)}`);
  const profile = temporaryFolder('kuzu-start-');
  try {
    await open({ vsix, extension, sample, profile, check: options.check, port: Number(options.port), say });
  } finally {
    removeFolder(profile);
  }
  if (options.check) say('check: all of it works; everything that was started has ended');
}

/** Takes the first VS Code that can be had here. */
async function open(task) {
  const { findLocalCode, downloadCode, openDesktop } = await import('./lib/open-desktop.mjs');
  const { openServer } = await import('./lib/open-server.mjs');
  const { vsCodeHostSupported } = await import('./lib/vscode-host.mjs');
  const only = process.env.KUZU_MIGRATE_START;
  const tried = [];
  const ways = {
    code: async () => openWith(findLocalCode(), 'no local VS Code that can open a window here'),
    download: async () => openWith(await downloadCode(say), 'no desktop VS Code to download here'),
    server: async () => {
      if (!vsCodeHostSupported()) return 'the browser-served VS Code is for Linux x64';
      await openServer(task);
      return undefined;
    },
  };
  const openWith = async (code, otherwise) => {
    if (!code) return otherwise;
    await openDesktop(code, task);
    return undefined;
  };
  if (only && !(only in ways)) throw new Error(`KUZU_MIGRATE_START is ${only}: ${Object.keys(ways).join(', ')}`);
  for (const way of only ? [only] : Object.keys(ways)) {
    const missing = await ways[way]();
    if (missing === undefined) return;
    tried.push(missing);
    say(`VS Code: ${missing}`);
  }
  throw new Error(`No VS Code could be opened. Install one from https://code.visualstudio.com, then: npm start`);
}
