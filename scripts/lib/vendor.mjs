// The engine package as it ships: 541 MB installed, of which one platform needs a dozen small files and one library.
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** VS Code's names of the platforms that kuzu has a prebuilt engine for. */
export const targets = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64'];

/** The target that this machine is. */
export const ownTarget = `${process.platform}-${process.arch}`;

/**
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
