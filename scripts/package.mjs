#!/usr/bin/env node
// Packages the extension: node scripts/package.mjs [--target T]... [--all] [--skip-unreachable] [--report FILE]
// Leaves build/kuzu-migrate-<version>-<target>.vsix. Expects dist/ as the build leaves it. DuckDB's library for another
// platform comes from npm's registry, once; --skip-unreachable passes over a target where that can't be had.
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { listFiles, PackageManager } from '@vscode/vsce';
import { root } from './lib/paths.mjs';
import { endWithChildren, mustRun } from './lib/process.mjs';
import { Unreachable } from './lib/tarball.mjs';
import { ownTarget, targets, vendorDuckdb, vendorKuzu } from './lib/vendor.mjs';
import { zipEntries } from './lib/zip.mjs';

// DuckDB's library alone is 13 to 23 MB compressed, for macOS 35 MB, since it holds the code for both processors, and
// Kùzu's 4 to 9. Fetching them at the first use would leave an extension that does not work offline.
const largest = 46 * 1024 * 1024;
// The extension's own code loads with every window: engines and the command line are in other files. A goal, held by
// the tests; a package over it still works.
const largestBundle = 200 * 1024;
const vendor = 'dist/vendor';

// What may be in a VSIX, told apart from .vscodeignore on purpose: an entry too many there is caught here.
const allowed = [
  /^(extension\.vsixmanifest|\[Content_Types\]\.xml)$/,
  /^extension\/(package\.json|package\.nls(\.[\w-]+)?\.json|language-configuration\.json)$/,
  /^extension\/(readme|changelog)(\.[\w-]+)?\.md$/i,
  /^extension\/LICENSE(\.txt)?$/,
  /^extension\/dist\/[\w-]+\.js$/,
  /^extension\/dist\/vendor\/kuzu\/([\w-]+\.m?js|package\.json|LICENSE|kuzujs\.node)$/,
  /^extension\/dist\/vendor\/duckdb\/(index\.js|package\.json|LICENSE|duckdb\.(node|dll)|libduckdb\.(so|dylib))$/,
  /^extension\/(l10n|schemas|syntaxes)\/[\w.-]+\.json$/,
  /^extension\/media\/([\w-]+\/)*[\w.-]+\.(svg|png|md|css|js)$/,
];
const required = [
  'package.json',
  'readme.md',
  'LICENSE.txt',
  'dist/code-host.js',
  'dist/code-babel.js',
  `${vendor}/kuzu/index.js`,
  `${vendor}/kuzu/kuzujs.node`,
  `${vendor}/duckdb/index.js`,
  `${vendor}/duckdb/duckdb.node`,
];
/** Without its library beside it, duckdb.node does not load. */
const library = { linux: 'libduckdb.so', darwin: 'libduckdb.dylib', win32: 'duckdb.dll' };

/**
 * Packages the extension for one target and checks what came out.
 * @param {string} [target] one of `targets`; absent: this machine's
 * @param {string} [source] the extension's folder
 * @returns {Promise<{file: string, extension: string, bytes: number, bundleBytes: number, names: string[]}>} extension: publisher.name@version
 * @throws when the build is missing, or the package is too large, holds too much or too little
 */
export async function packageExtension(target = ownTarget, source = root) {
  const manifest = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8'));
  const stage = path.join(root, 'build/stage', target);
  rmSync(stage, { recursive: true, force: true });
  const shipped = await listFiles({ cwd: source, packageManager: PackageManager.None });
  for (const name of shipped.filter((name) => !name.startsWith('dist/vendor/'))) {
    const copy = path.join(stage, name);
    mkdirSync(path.dirname(copy), { recursive: true });
    copyFileSync(path.join(source, name), copy);
  }
  vendorKuzu(target, path.join(stage, vendor, 'kuzu'));
  await vendorDuckdb(target, path.join(stage, vendor, 'duckdb'));
  if (target === ownTarget) await tryEngines(path.join(stage, vendor));
  // Nothing of npm's concern ships: no scripts that vsce would run, no packages to install, they are bundled.
  const {
    scripts: _scripts,
    devDependencies: _dev,
    dependencies: _dependencies,
    private: _private,
    ...rest
  } = manifest;
  writeFileSync(path.join(stage, 'package.json'), JSON.stringify(rest, null, 2));
  // vsce wants an ignore file, and this folder holds only what ships.
  writeFileSync(path.join(stage, '.vscodeignore'), '');
  const file = path.join(root, 'build', `${manifest.name}-${manifest.version}-${target}.vsix`);
  // A process of its own: vsce prints the whole content and has no switch against it.
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const options = [
    '--target',
    target,
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
  ];
  await mustRun(process.execPath, [vsce, 'package', ...options, '--out', file], { cwd: stage });
  rmSync(stage, { recursive: true, force: true });
  const entries = zipEntries(file);
  const { size: bytes } = statSync(file);
  const wrong = faults(entries, bytes, rest, `${vendor}/duckdb/${library[target.split('-')[0]]}`);
  if (wrong.length > 0) {
    rmSync(file);
    throw new Error(`${path.basename(file)} is not fit to ship:\n  ${wrong.join('\n  ')}`);
  }
  const bundleBytes = entries.find(({ name }) => name === 'extension/dist/extension.js')?.bytes ?? 0;
  const extension = `${manifest.publisher}.${manifest.name}@${manifest.version}`.toLowerCase();
  return { file, extension, bytes, bundleBytes, names: entries.map(({ name }) => name) };
}

/** What is packed for this machine has to load, with all that the engine's process uses; each engine in a process of its own. */
async function tryEngines(folder) {
  const scripts = [
    "if (!require('./kuzu/index.js').VERSION) throw new Error('no version')",
    `const { bindings, DuckDBMaterializedResult, JsonDuckDBValueConverter, DuckDBTypeId, DuckDBDateValue } = require('./duckdb/index.js');
    (async () => {
      const connection = await bindings.connect(await bindings.open(':memory:', bindings.create_config()));
      const result = new DuckDBMaterializedResult(await bindings.query(connection, "SELECT 'infinity'::DATE"));
      const vector = result.getChunk(0).getColumnVector(0);
      const days = vector.getItem(0).days;
      if (vector.type.typeId !== DuckDBTypeId.DATE || days !== DuckDBDateValue.PosInf.days) throw new Error('wrong');
      if (JsonDuckDBValueConverter(vector.getItem(0), vector.type, JsonDuckDBValueConverter) === null) throw new Error('null');
    })();`,
  ];
  for (const script of scripts) await mustRun(process.execPath, ['-e', script], { cwd: folder });
}

function faults(entries, bytes, manifest, own) {
  const names = entries.map(({ name }) => name);
  const there = new Set(names.map((name) => name.toLowerCase()));
  const texts = /"%[\w.-]+%"/.test(JSON.stringify(manifest)) ? ['package.nls.json'] : [];
  const needed = new Set([...required, own, ...texts, ...mentionedFiles(manifest)]);
  return [
    ...(bytes > largest ? [`${bytes} bytes, more than ${largest}`] : []),
    ...names.filter((name) => !allowed.some((pattern) => pattern.test(name))).map((name) => `${name} must not ship`),
    ...[...needed].filter((name) => !there.has(`extension/${name}`.toLowerCase())).map((name) => `${name} is missing`),
  ];
}

/** Files that the manifest names: entry point, command-line program, icons, grammars, schemas, walkthrough pages. */
function mentionedFiles(value) {
  if (typeof value === 'string') {
    const file = value.replace(/^\.\//, '');
    const own = /^(dist|media|syntaxes|schemas)\/[\w./-]+\.\w+$|^language-configuration\.json$/.test(file);
    return own ? [file] : [];
  }
  return value && typeof value === 'object' ? Object.values(value).flatMap(mentionedFiles) : [];
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  endWithChildren();
  const { values: options } = parseArgs({
    options: {
      target: { type: 'string', multiple: true, default: [ownTarget] },
      all: { type: 'boolean', default: false },
      'skip-unreachable': { type: 'boolean', default: false },
      source: { type: 'string', default: root },
      report: { type: 'string' },
    },
  });
  const counts = { passes: 0, failures: 0, pending: 0 };
  for (const target of options.all ? targets : options.target) {
    try {
      const { file, bytes, bundleBytes, names } = await packageExtension(target, path.resolve(options.source));
      if (bundleBytes > largestBundle) {
        throw new Error(`dist/extension.js has ${bundleBytes} bytes, more than ${largestBundle}`);
      }
      counts.passes++;
      console.log(`${path.relative(root, file)}: ${(bytes / 1024 / 1024).toFixed(1)} MB, ${names.length} files`);
    } catch (error) {
      if (error instanceof Unreachable && options['skip-unreachable'] && target !== ownTarget) {
        counts.pending++;
        console.log(`${target}: not packaged, its DuckDB can’t be fetched here`);
        continue;
      }
      counts.failures++;
      console.error(`${target}: ${error.message}`);
    }
  }
  if (options.report) writeFileSync(options.report, JSON.stringify(counts));
  process.exitCode = counts.failures > 0 ? 1 : 0;
}
