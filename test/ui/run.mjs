#!/usr/bin/env node
// The user-interface pass: packages the extension, installs the VSIX into a real VS Code, and runs test/ui/*.test.ts
// against it with headless Chromium. Screenshots go to build/screenshots/.
//   node test/ui/run.mjs [--report FILE] [--grep TEXT] [--vsix FILE] [--sample DIR] [FILE...]
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureChromium } from '../../scripts/lib/chromium.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import { endWithChildren, removeFolder, run, temporaryFolder } from '../../scripts/lib/process.mjs';
import { installVsCodeHost } from '../../scripts/lib/vscode-host.mjs';
import { packageExtension } from '../../scripts/package.mjs';
import { makeSample } from '../../scripts/sample.mjs';
import { installVsix } from '../support/vscode/server.mjs';

endWithChildren();
const { values: options, positionals } = parseArgs({
  options: {
    report: { type: 'string' },
    grep: { type: 'string' },
    vsix: { type: 'string' },
    sample: { type: 'string' },
  },
  allowPositionals: true,
});

const say = (line) => console.log(line);
const { executable: chromium, advice } = await ensureChromium(say);
if (!chromium) {
  console.error(advice);
  process.exit(1);
}
const host = await installVsCodeHost(say);
const folder = temporaryFolder('ui-');
try {
  const vsix = options.vsix ? path.resolve(options.vsix) : (await packageExtension()).file;
  const extensions = path.join(folder, 'extensions');
  mkdirSync(extensions);
  await installVsix(host, vsix, extensions);
  say(`installed ${path.basename(vsix)}`);
  const sample = options.sample ? path.resolve(options.sample) : path.join(folder, 'sample');
  if (!options.sample) await makeSample(sample);
  const screenshots = path.join(root, 'build/screenshots');
  const prepared = { host, chromium, extensions, sample, screenshots };
  const files = positionals.length > 0 ? positionals : [path.join(root, 'test/ui')];
  const report = options.report ? ['--report', options.report] : [];
  const grep = options.grep ? ['--grep', options.grep] : [];
  const tests = [path.join(root, 'scripts/run-tests.mjs'), ...report, ...grep, ...files];
  const { code } = await run(process.execPath, tests, {
    // The tests' temporary folders go with this one, even when the tests are killed.
    env: { ...process.env, TMPDIR: folder, KUZU_MIGRATE_UI: JSON.stringify(prepared) },
    show: true,
  });
  process.exitCode = code;
} finally {
  removeFolder(folder);
}
