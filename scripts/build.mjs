#!/usr/bin/env node
// Makes dist/: the extension, the engine's process, the command line; `--watch` rebuilds, `--meta` says what weighs what.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const watch = process.argv.includes('--watch');
const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  keepNames: false,
  sourcemap: watch ? 'linked' : false,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  absWorkingDir: root,
  // Packages that ship both: the ES module build lets esbuild drop what is not used.
  mainFields: ['module', 'main'],
};
/**
 * The wire to an engine's process is a third of the extension's code, and nothing needs it before an engine is asked
 * for: it stays in a file of its own, which is read then.
 */
const wireApart = {
  name: 'wire-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^vscode-jsonrpc(\/node)?$/ }, () => ({ path: './wire.js', external: true }));
  },
};
const bundles = [
  {
    ...shared,
    entryPoints: ['src/extension/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
    plugins: [wireApart],
  },
  { ...shared, entryPoints: ['vscode-jsonrpc/node'], outfile: 'dist/wire.js' },
  { ...shared, entryPoints: ['src/engine/host/child.ts'], outfile: 'dist/host.js', external: ['kuzu'] },
  {
    ...shared,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
  },
];

/** The editor's translations come out of the one table of texts, keyed by the English text as vscode.l10n wants it. */
async function writeL10n() {
  const result = await build({
    stdin: {
      contents: "export { en } from './src/core/text/en'; export { ja } from './src/core/text/ja';",
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
  });
  const source = Buffer.from(result.outputFiles[0].contents).toString('base64');
  const { en, ja } = await import(`data:text/javascript;base64,${source}`);
  const bundle = Object.fromEntries(Object.keys(en).map((key) => [en[key], ja[key]]));
  mkdirSync(path.join(root, 'l10n'), { recursive: true });
  writeFileSync(path.join(root, 'l10n/bundle.l10n.ja.json'), `${JSON.stringify(bundle, null, 2)}\n`);
}

await writeL10n();
if (watch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  const results = await Promise.all(bundles.map((options) => build(options)));
  chmodSync(path.join(root, 'dist/cli.js'), 0o755);
  if (process.argv.includes('--meta')) {
    for (const { metafile } of results) {
      for (const [file, { bytes, inputs }] of Object.entries(metafile.outputs)) {
        console.log(file, bytes);
        const heavy = Object.entries(inputs).sort((a, b) => b[1].bytesInOutput - a[1].bytesInOutput);
        for (const [name, { bytesInOutput }] of heavy.slice(0, 12)) console.log('  ', bytesInOutput, name);
      }
    }
  }
}
