// A VS Code that answers on 127.0.0.1: used by the editor suite, the user-interface tests and `npm start`.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mustRun, removeFolder, start, stop, temporaryFolder } from '../../../scripts/lib/process.mjs';

/** Settings that keep a workbench still: nothing pops up, nothing calls home, no chat bar beside the editors. */
const quietSettings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'chat.disableAIFeatures': true,
  'git.autofetch': false,
  'git.openRepositoryInParentFolders': 'never',
};

// A parent that is killed cannot end its server; the server sees its end of the pipe close instead.
const endWithParent = `--import=data:text/javascript,${encodeURIComponent(
  `if (process.argv[1]?.endsWith('server-main.js')) process.stdin.on('end', () => process.kill(-process.pid, 'SIGKILL')).resume().unref();`,
)}`;

const license = '--accept-server-license-terms';

/**
 * Starts a server and waits until it answers.
 * @param {import('./server.d.mts').ServerOptions} options
 * @returns {Promise<import('./server.d.mts').VsCodeServer>}
 * @throws when the server ends before it answers; the error carries its output
 */
export async function startVsCodeServer(options) {
  const { host, settings = {}, locale, token, env = {}, logLevel = 'warn', port = 0 } = options;
  const data = temporaryFolder('vs-');
  const extensions = options.extensions ?? path.join(data, 'extensions');
  const user = path.join(data, 'data/User');
  mkdirSync(user, { recursive: true });
  // Sockets and what extensions leave in the temporary folder go when the server goes. Short names: the path of a
  // socket may have no more than 107 characters.
  const temporary = path.join(data, 't');
  mkdirSync(temporary);
  writeFileSync(path.join(user, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  if (locale) pretendLanguagePack(path.join(data, 'data'), locale);
  const args = [
    endWithParent,
    path.join(host.vscode, 'out/server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(port), license],
    ...['--server-data-dir', data, '--extensions-dir', extensions],
    ...['--telemetry-level', 'off', '--log', logLevel],
    ...(token ? ['--connection-token', token] : ['--without-connection-token']),
    ...(locale ? ['--locale', locale] : []),
  ];
  const child = start(host.node, args, {
    env: { ...serverEnvironment(), TMPDIR: temporary, XDG_RUNTIME_DIR: temporary, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let log = '';
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown')));
  const listening = new Promise((resolve, reject) => {
    const read = (text) => {
      log += text;
      const found = /Extension host agent listening on (\d+)/.exec(log)?.[1];
      if (found) resolve(Number(found));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    void ended.then((why) => reject(new Error(`VS Code server ended with ${why}\n${log.slice(-3000)}`)));
  });
  const close = async () => {
    await stop(child);
    removeFolder(data);
  };
  try {
    const actual = await listening;
    return {
      port: actual,
      data,
      ended,
      log: () => log,
      url: (folder) => workbenchUrl(actual, token, folder),
      stop: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Installs a VSIX into an extensions folder. VS Code does not check the target platform of a VSIX here.
 * @throws with the server's output when the installation fails
 */
export async function installVsix(host, vsix, extensions) {
  await manage(host, extensions, ['--install-extension', vsix, '--force']);
}

/** The extensions in a folder as `publisher.name@version`. */
export async function listExtensions(host, extensions) {
  const output = await manage(host, extensions, ['--list-extensions', '--show-versions']);
  return output.split('\n').filter((line) => /^[\w-]+\.[\w-]+@\d/.test(line));
}

async function manage(host, extensions, args) {
  const data = temporaryFolder('vs-');
  try {
    const main = path.join(host.vscode, 'out/server-main.js');
    const folders = ['--server-data-dir', data, '--extensions-dir', extensions];
    return await mustRun(host.node, [main, ...folders, license, ...args], {
      env: { ...serverEnvironment(), TMPDIR: data, XDG_RUNTIME_DIR: data },
      timeoutMs: 120_000,
    });
  } finally {
    removeFolder(data);
  }
}

function workbenchUrl(port, token, folder) {
  const url = new URL(`http://127.0.0.1:${port}/`);
  if (token) url.searchParams.set('tkn', token);
  if (folder) url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
  return url.href;
}

/** Started from a terminal inside VS Code, its variables would send this server to the outer editor. */
function serverEnvironment() {
  const own = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_)/.test(name));
  return { ...Object.fromEntries(own), EXTENSIONS_GALLERY: '{}' };
}

/**
 * A display language without Microsoft's language pack, which is not in the npm registry: the editor's own words
 * stay English, while extensions get their package.nls.<locale>.json and l10n bundle.
 */
function pretendLanguagePack(folder, locale) {
  const translations = path.join(folder, 'no-translations.json');
  writeFileSync(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  const from = { extensionIdentifier: { id: `kuzu-migrate-tests.language-${locale}` }, version: '1.0.0' };
  const pack = { hash: `own-${locale}`, extensions: [from], translations: { vscode: translations }, label: locale };
  writeFileSync(path.join(folder, 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
}
