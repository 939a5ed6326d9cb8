#!/usr/bin/env node
// Compiles the editor suite to out/editor-suite/: CommonJS for the extension host, one bundle a test file.
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './lib/paths.mjs';

/**
 * @param {string} [source] folder with index.ts and *.test.ts
 * @param {string} [target] folder for the result, emptied first; inside the project, so that mocha resolves
 * @returns {Promise<string>} the compiled module that exports run()
 */
export async function buildEditorTests(
  source = path.join(root, 'test/editor/suite'),
  target = path.join(root, 'out/editor-suite'),
) {
  rmSync(target, { recursive: true, force: true });
  const tests = readdirSync(source, { recursive: true }).filter((name) => name.endsWith('.test.ts'));
  await build({
    entryPoints: [path.join(root, 'test/editor/suite/index.ts'), ...tests.map((name) => path.join(source, name))],
    outdir: target,
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode'],
    packages: 'external',
    // Modules that use it find the project through KUZU_MIGRATE_ROOT here.
    define: { 'import.meta.url': 'undefined' },
    logLevel: 'error',
  });
  return path.join(target, 'index.js');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(await buildEditorTests());
}
