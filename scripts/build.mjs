#!/usr/bin/env node
// Makes dist/: the extension, the engine's process, the command line, the library; `--watch` rebuilds, `--meta` says what weighs what.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
 * What the extension needs at its start is one file, and what needs an engine is another, which is read when something
 * asks for it. Both tell errors apart by their class, so that class is in a third; the English texts are in a fourth.
 */
const parts = {
  'src/extension/workflows': './workflows.js',
  'src/extension/linter': './linter.js',
  'src/core/errors': './errors.js',
  'src/core/text/editor-texts': './texts.js',
};
const partsApart = {
  name: 'parts-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/(workflows|linter|errors|editor-texts)$/ }, ({ path: wanted, resolveDir, kind }) => {
      if (kind === 'entry-point') return undefined;
      const part = parts[path.relative(root, path.join(resolveDir, wanted)).split(path.sep).join('/')];
      return part && { path: part, external: true };
    });
  },
};
/**
 * esbuild copies all of a CommonJS module's exports for each file that imports them as a namespace: for VS Code's API,
 * in forty files, that is half of the time that the extension needs to load. A plain `require` copies nothing.
 */
const apiUncopied = {
  name: 'api-uncopied',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]extension[\\/].*\.ts$/ }, ({ path: file }) => {
      const source = readFileSync(file, 'utf8');
      const contents = source.replace("import * as vscode from 'vscode';", "const vscode = require('vscode');");
      return { contents, loader: 'ts' };
    });
  },
};
const bundles = [
  {
    ...shared,
    entryPoints: ['src/extension/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
    plugins: [partsApart, apiUncopied],
  },
  {
    ...shared,
    entryPoints: ['src/extension/workflows.ts'],
    outfile: 'dist/workflows.js',
    plugins: [partsApart],
  },
  {
    ...shared,
    entryPoints: ['src/extension/linter.ts'],
    outfile: 'dist/linter.js',
    plugins: [partsApart],
  },
  { ...shared, entryPoints: ['src/core/errors.ts'], outfile: 'dist/errors.js' },
  { ...shared, entryPoints: ['src/core/text/editor-texts.ts'], outfile: 'dist/texts.js' },
  { ...shared, entryPoints: ['src/engine/host/child.ts'], outfile: 'dist/host.js', external: ['kuzu', '@duckdb/*'] },
  {
    ...shared,
    entryPoints: ['src/engine/code/child.ts'],
    outfile: 'dist/code-host.js',
    // jiti finds its compiler by its own place, which a bundle has none of: the loader names it instead.
    logOverride: { 'empty-import-meta': 'silent' },
  },
  {
    ...shared,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
  },
  // CommonJS like all the rest: esbuild leaves a hint in it from which Node gives an ES module its named imports.
  { ...shared, entryPoints: ['src/workflow/library.ts'], outfile: 'dist/library.js' },
];

/**
 * jiti's compiler, as it comes: 1.5 MB that are read only when user code is compiled. It lies in dist/ itself, so that
 * the packages of npm and of the editor hold it without more ado.
 */
function copyBabel() {
  const source = path.join(root, 'node_modules/jiti');
  const license = readFileSync(path.join(source, 'LICENSE'), 'utf8').trim();
  const code = readFileSync(path.join(source, 'dist/babel.cjs'), 'utf8');
  mkdirSync(path.join(root, 'dist'), { recursive: true });
  writeFileSync(path.join(root, 'dist/code-babel.js'), `/*! jiti\n${license}\n*/\n${code}`);
}

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
copyBabel();
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
