// The engine packages as they ship: what one platform needs of them.
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from './paths.mjs';
import { lockedPackage } from './tarball.mjs';

/** VS Code's names of the platforms that kuzu has a prebuilt engine for. */
export const targets = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64'];

/** The target that this machine is. */
export const ownTarget = `${process.platform}-${process.arch}`;

/**
 * 541 MB installed, of which one platform needs a dozen small files and one library.
 * Copies kuzu's JavaScript and the engine of one target into a folder, which is emptied first.
 * @param {string} target one of `targets`
 * @param {string} folder
 * @throws when kuzu is not installed or has no engine for the target
 */
export function vendorKuzu(target, folder) {
  const source = path.join(root, 'node_modules/kuzu');
  const engine = path.join(source, 'prebuilt', `kuzujs-${target}.node`);
  if (!existsSync(engine)) throw new Error(`kuzu has no engine for ${target}: ${engine} is missing`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(source)) {
    const wanted = /\.m?js$/.test(name) ? name !== 'install.js' : ['package.json', 'LICENSE'].includes(name);
    if (wanted) copyFileSync(path.join(source, name), path.join(folder, name));
  }
  cpSync(engine, path.join(folder, 'kuzujs.node'));
}

/** What the engine's process uses of the package: see cells.ts and connection.ts in src/engine/duckdb. */
const duckdbEntry = `
exports.bindings = require('@duckdb/node-bindings');
exports.DuckDBMaterializedResult = require('@duckdb/node-api/lib/DuckDBMaterializedResult').DuckDBMaterializedResult;
exports.JsonDuckDBValueConverter = require('@duckdb/node-api/lib/JsonDuckDBValueConverter').JsonDuckDBValueConverter;
exports.DuckDBTypeId = require('@duckdb/node-api/lib/DuckDBTypeId').DuckDBTypeId;
exports.DuckDBDateValue = require('@duckdb/node-api/lib/values').DuckDBDateValue;
`;

/**
 * Puts DuckDB into a folder, which is emptied first: its JavaScript as one file, for three packages of a hundred files
 * are slow to load, and the library of one target, for which npm may have to fetch a package.
 * @param {string} target one of `targets`
 * @param {string} folder
 * @throws Unreachable when another platform's package can't be fetched; Error when a part is missing
 */
export async function vendorDuckdb(target, folder) {
  const scope = path.join(root, 'node_modules/@duckdb');
  const name = `node-bindings-${target}`;
  const isLibrary = (file) => /\.(node|so|dylib|dll)$/.test(file);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (existsSync(path.join(scope, name))) {
    for (const file of readdirSync(path.join(scope, name)).filter(isLibrary)) {
      copyFileSync(path.join(scope, name, file), path.join(folder, file));
    }
  } else {
    for (const [file, content] of await lockedPackage(`@duckdb/${name}`)) {
      if (isLibrary(file)) writeFileSync(path.join(folder, file), content);
    }
  }
  const libraries = readdirSync(folder);
  if (libraries.length !== 2 || !libraries.includes('duckdb.node')) {
    throw new Error(`@duckdb/${name} is not as it was: it holds ${libraries.join(', ')}`);
  }
  await build({
    stdin: { contents: duckdbEntry, resolveDir: root },
    outfile: path.join(folder, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    logLevel: 'warning',
    plugins: [besideTheLibrary],
  });
  copyFileSync(path.join(scope, 'node-api/LICENSE'), path.join(folder, 'LICENSE'));
  const { version, license } = JSON.parse(readFileSync(path.join(scope, 'node-api/package.json'), 'utf8'));
  writeFileSync(
    path.join(folder, 'package.json'),
    `${JSON.stringify({ name: '@duckdb/node-api', version, license, main: 'index.js' }, null, 2)}\n`,
  );
}

/** The bindings choose a package by platform; here the one that was chosen lies beside them. */
const besideTheLibrary = {
  name: 'beside-the-library',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@duckdb\/node-bindings$/ }, () => ({ path: 'library', namespace: 'duckdb' }));
    onResolve({ filter: /^\.\/duckdb\.node$/ }, ({ path: file }) => ({ path: file, external: true }));
    onLoad({ filter: /.*/, namespace: 'duckdb' }, () => ({ contents: "module.exports = require('./duckdb.node');" }));
  },
};
