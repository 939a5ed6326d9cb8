// Packages of npm for other platforms than this one, as the lock file pins them.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from './paths.mjs';
import { npmCommand, run } from './process.mjs';

/** Said of a package that could not be had, as against one that is wrong. */
export class Unreachable extends Error {}

const cache = path.join(root, 'build/cache');

/**
 * The files of a package that package-lock.json has but npm did not install here, for it is another platform's.
 * @param {string} name
 * @returns {Promise<Map<string, Buffer>>} by their paths inside the package
 * @throws Unreachable when the registry does not answer; Error when what came is not what the lock file pins
 */
export async function lockedPackage(name) {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const { version, integrity } = packages[`node_modules/${name}`] ?? {};
  if (!version || !integrity) throw new Error(`package-lock.json has no ${name}`);
  const file = path.join(cache, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
  if (existsSync(file) && matches(file, integrity)) return untar(readFileSync(file));
  mkdirSync(cache, { recursive: true });
  const part = path.join(cache, `part-${process.pid}`);
  mkdirSync(part, { recursive: true });
  try {
    const npm = npmCommand();
    const args = [...npm.args, 'pack', `${name}@${version}`, '--pack-destination', part, '--loglevel=error'];
    const packed = await run(npm.command, args, { cwd: root, shell: npm.shell, timeoutMs: 600_000 });
    const made = path.join(part, path.basename(file));
    if (packed.code !== 0 || !existsSync(made)) {
      throw new Unreachable(
        `npm pack ${name}@${version} ended with ${packed.code}: ${packed.output.trim().slice(-500)}`,
      );
    }
    if (!matches(made, integrity)) throw new Error(`${name}@${version} is not what package-lock.json pins`);
    renameSync(made, file);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return untar(readFileSync(file));
}

/** `sha512-…` in base64, as npm writes it. */
function matches(file, integrity) {
  const [algorithm] = integrity.split('-');
  return `${algorithm}-${createHash(algorithm).update(readFileSync(file)).digest('base64')}` === integrity;
}

/** A ustar archive: a header of 512 bytes before each file, whose bytes are filled up to a multiple of that. */
function untar(archive) {
  const bytes = gunzipSync(archive);
  const files = new Map();
  const text = (at, length) => bytes.toString('latin1', at, at + length).replace(/\0.*$/s, '');
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12), 8);
    const prefix = text(at + 345, 155);
    const name = (prefix ? `${prefix}/` : '') + text(at, 100);
    // Type 0 is a file; others (folders, extended headers) hold nothing that ships.
    if (['', '0'].includes(text(at + 156, 1))) {
      files.set(name.replace(/^[^/]+\//, ''), bytes.subarray(at + 512, at + 512 + size));
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
