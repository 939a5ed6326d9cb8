#!/usr/bin/env node
// Makes the project's packages ready. Runs on a bare Node 20: nothing here may import a package.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './lib/paths.mjs';
import { mustRun, npmCommand } from './lib/process.mjs';

/**
 * Installs what package-lock.json asks for, unless it is installed already, and makes the engine package loadable.
 * @param {(line: string) => void} say gets one line per thing done
 * @throws when package.json asks for what the lock file lacks, and when npm fails; the error carries npm's output
 */
export async function ensureDependencies(say = () => undefined) {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  compareWithManifest(lock['']);
  const lacking = firstPackageLacking(lock);
  if (lacking === undefined) {
    say('packages: as package-lock.json asks');
  } else {
    say(`packages: npm ci (${lacking})`);
    const npm = npmCommand();
    await mustRun(npm.command, [...npm.args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      shell: npm.shell,
    });
  }
  await ensureKuzu(say);
}

/** A lock file that was forgotten works for who has the packages already, and fails in every fresh clone. */
function compareWithManifest(locked) {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  for (const key of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    const names = Object.keys({ ...manifest[key], ...locked[key] });
    const name = names.find((name) => manifest[key]?.[name] !== locked[key]?.[name]);
    if (name) throw new Error(`package-lock.json does not have ${name} as package.json has it. Run: npm install`);
  }
}

/**
 * npm leaves in node_modules/.package-lock.json what it has installed, and writes it last: it serves as the stamp.
 * Comparing content, not times, holds after a checkout, a copy, and an interrupted install.
 * @returns {string | undefined} why an install is needed
 */
function firstPackageLacking(wanted) {
  const stamp = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(stamp)) return 'nothing installed';
  const installed = JSON.parse(readFileSync(stamp, 'utf8')).packages;
  for (const [place, entry] of Object.entries(wanted)) {
    const found = installed[place];
    // Optional packages of other platforms are in the lock file, but never installed.
    if (place === '' || (!found && entry.optional)) continue;
    if (found?.version !== entry.version || found?.integrity !== entry.integrity) {
      return `${place.replace(/^.*node_modules\//, '')} is not at ${entry.version}`;
    }
    if (!existsSync(path.join(root, place))) return `${place} is gone`;
  }
  return undefined;
}

/** npm may have been told to block install scripts; kuzu's only copies its prebuilt engine into place. */
async function ensureKuzu(say) {
  const folder = path.join(root, 'node_modules/kuzu');
  const whole = () => ['index.js', 'kuzujs.node'].every((name) => existsSync(path.join(folder, name)));
  if (whole()) return;
  say('kuzu: running its install script');
  const output = await mustRun(process.execPath, ['install.js'], { cwd: folder });
  if (!whole()) throw new Error(`kuzu has no engine for ${process.platform}-${process.arch}\n${output.slice(-2000)}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await ensureDependencies((line) => console.log(line));
}
