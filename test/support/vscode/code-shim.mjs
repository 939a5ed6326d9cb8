#!/usr/bin/env node
// Looks like a `code` executable to @vscode/test-electron (vscodeExecutablePath), and runs the suite in the server.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { endWithChildren, removeFolder, temporaryFolder } from '../../../scripts/lib/process.mjs';
import { runInHost } from './runner.mjs';

endWithChildren();
const options = {};
const plain = [];
for (const argument of process.argv.slice(2)) {
  const match = /^--([\w-]+)(?:=(.*))?$/s.exec(argument);
  if (match) options[match[1]] = match[2] ?? true;
  else plain.push(argument);
}
const asPath = (value) => (value.startsWith('file:') ? fileURLToPath(value) : value);
const empty = temporaryFolder('code-shim-');
try {
  const result = await runInHost({
    extension: asPath(options.extensionDevelopmentPath),
    tests: asPath(options.extensionTestsPath),
    workspace: plain[0] ? asPath(plain[0]) : empty,
  });
  // The caller may want the counts too: with test-electron they are asked for through this variable.
  const report = process.env.KUZU_MIGRATE_SUITE_REPORT;
  if (report && result.stats) writeFileSync(report, JSON.stringify(result.stats));
  if (result.code !== 0) console.error(`code-shim: ${result.why}`);
  process.exitCode = result.code;
} finally {
  removeFolder(empty);
}
