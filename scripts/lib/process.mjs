// Child processes that never outlive the script which started them. Bare Node: runs before any package is installed.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const windows = process.platform === 'win32';
const running = new Set();
const folders = new Set();
let ending = false;

/**
 * Ends a process and everything it started.
 * @param {number} pid of a process started by `start` (the leader of its own group)
 * @param {NodeJS.Signals} signal
 */
function signalTree(pid, signal) {
  if (windows) {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: the whole group has ended already, which is what was asked for.
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * Starts a child in a process group of its own, so that `stop` reaches its children too.
 * @param {string} command @param {string[]} args @param {import('node:child_process').SpawnOptions} [options]
 * @throws when this process is being ended: nothing new may start then
 */
export function start(command, args, options = {}) {
  if (ending) throw new Error('interrupted');
  const child = spawn(command, args, { ...options, detached: !windows });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/** Ends a child of `start` with its children: SIGTERM, and SIGKILL when it has not gone after `graceMs`. */
export async function stop(child, graceMs = 4000) {
  if (child.pid === undefined) return;
  const gone = child.exitCode !== null || child.signalCode !== null;
  const left = gone ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve));
  signalTree(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signalTree(child.pid, 'SIGKILL'), graceMs);
  await left;
  clearTimeout(timer);
  // The leader may go before a child that ignores SIGTERM.
  signalTree(child.pid, 'SIGKILL');
  running.delete(child);
}

/**
 * From here on no child and no temporary folder outlives this process: not at a normal end, not at Ctrl+C or SIGTERM.
 * @param {{interrupted?: number}} [options] exit code after Ctrl+C
 */
export function endWithChildren({ interrupted = 130 } = {}) {
  process.on('exit', () => {
    for (const child of running) if (child.pid !== undefined) signalTree(child.pid, 'SIGTERM');
    for (const folder of folders) removeFolder(folder);
  });
  for (const [signal, code] of [
    ['SIGINT', interrupted],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]) {
    process.on(signal, async () => {
      if (ending) return;
      ending = true;
      await Promise.all([...running].map((child) => stop(child)));
      process.exit(code);
    });
  }
}

/** A new folder in the system's temporary folder, for this process only: see `removeFolder` and `endWithChildren`. */
export function temporaryFolder(prefix) {
  const folder = mkdtempSync(path.join(os.tmpdir(), prefix));
  folders.add(folder);
  return folder;
}

/** Removes a folder; processes that are just ending may still write into it, so it is tried again. */
export function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  folders.delete(folder);
}

/**
 * Runs a command to its end.
 * @param {string} command @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, shell?: boolean, timeoutMs?: number, input?: string}} [options]
 *   show: the child writes to this terminal instead of into `output`; input: what it reads from stdin
 * @returns {Promise<{code: number, output: string}>} code 127 when the command cannot be started, 124 after the time-out
 */
export async function run(command, args, { cwd, env, show = false, shell = false, timeoutMs, input } = {}) {
  const out = show ? 'inherit' : 'pipe';
  const child = start(command, args, { cwd, env, shell, stdio: [input === undefined ? 'ignore' : 'pipe', out, out] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  // A child that ends without reading is told by its exit code.
  child.stdin?.on('error', (error) => {
    output += error.message;
  });
  child.stdin?.end(input);
  let late = false;
  const timer =
    timeoutMs &&
    setTimeout(() => {
      late = true;
      void stop(child);
    }, timeoutMs);
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve(127);
    });
    child.once('close', (status) => resolve(late ? 124 : (status ?? 1)));
  });
  clearTimeout(timer);
  return { code, output };
}

/** Like `run`, but anything other than exit code 0 throws an error that carries the output. */
export async function mustRun(command, args, options) {
  const result = await run(command, args, options);
  if (result.code !== 0) {
    throw new Error(`${[command, ...args].join(' ')} ended with ${result.code}\n${result.output.slice(-4000)}`.trim());
  }
  return result.output;
}

/** How npm is called: through the very npm that runs this script when there is one, else the one on the PATH. */
export function npmCommand() {
  const own = process.env.npm_execpath;
  if (own && /npm-cli\.[cm]?js$/.test(own)) return { command: process.execPath, args: [own], shell: false };
  return { command: 'npm', args: [], shell: windows };
}

/** The full path of the first of these programs that the PATH has, or undefined. */
export function findProgram(...names) {
  const endings = windows ? (process.env.PATHEXT ?? '.EXE;.CMD').split(';') : [''];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return names
    .flatMap((name) => folders.flatMap((folder) => endings.map((ending) => path.join(folder, name + ending))))
    .find(isProgram);
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
