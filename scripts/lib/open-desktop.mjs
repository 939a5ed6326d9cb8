// Opens the sample project in a desktop VS Code, in a profile of its own: the person's own settings stay untouched.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findProgram, mustRun, start, stop } from './process.mjs';

const windows = process.platform === 'win32';

/** @typedef {{command: string, args: string[]}} Code how VS Code's command line is called */

/**
 * The `code` of this machine, when it can open a window here.
 * @returns {Code | undefined}
 */
export function findLocalCode() {
  // In a terminal of a remote window, and in WSL, `code` talks to an editor elsewhere, which takes no profile of ours.
  if (!canOpenWindows() || process.env.VSCODE_IPC_HOOK_CLI || process.env.WSL_DISTRO_NAME) return undefined;
  const command = findProgram('code');
  return command ? { command, args: [] } : undefined;
}

/**
 * A desktop VS Code that @vscode/test-electron downloads (once: it keeps it in .vscode-test/).
 * @returns {Promise<Code | undefined>} undefined where no window can be opened, or when the download fails
 */
export async function downloadCode(say) {
  if (!canOpenWindows()) return undefined;
  const { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath } = await import('@vscode/test-electron');
  try {
    const executable = await downloadAndUnzipVSCode();
    return { command: resolveCliPathFromVSCodeExecutablePath(executable), args: [] };
  } catch (error) {
    say(`VS Code: the download failed: ${error.message}`);
    return undefined;
  }
}

function canOpenWindows() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Installs the VSIX and opens the sample until the window is closed; with `check`, only until the window works.
 * @param {Code} code
 * @param {{vsix: string, extension: string, sample: string, profile: string, check: boolean, say: (line: string) => void}} task
 * @throws when VS Code cannot install the extension or does not come up
 */
export async function openDesktop(code, { vsix, extension, sample, profile, check, say }) {
  const user = path.join(profile, 'user');
  mkdirSync(path.join(user, 'User'), { recursive: true });
  const settings = { 'workbench.startupEditor': 'readme', 'telemetry.telemetryLevel': 'off', 'update.mode': 'none' };
  writeFileSync(path.join(user, 'User/settings.json'), JSON.stringify(settings, null, 2));
  const call = (...args) => {
    const own = ['--user-data-dir', user, '--extensions-dir', path.join(profile, 'extensions')];
    const all = [...code.args, ...own, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...args];
    // On Windows `code` is a batch file, which only a shell runs, and a shell splits at blanks.
    return windows ? [`"${code.command}"`, all.map((arg) => `"${arg}"`), { shell: true }] : [code.command, all, {}];
  };
  await mustRun(...call('--install-extension', vsix, '--force'));
  const listed = await mustRun(...call('--list-extensions', '--show-versions'));
  if (!listed.split(/\r?\n/).includes(extension))
    throw new Error(`${extension} is not among the installed:\n${listed}`);
  say(`installed: ${extension}`);
  const [command, args, options] = call('--new-window', '--wait', '--disable-workspace-trust', sample);
  const child = start(command, args, { ...options, stdio: 'ignore' });
  const closed = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  say(`VS Code: ${code.command}`);
  // Ctrl+C ends the child, but the window belongs to another process.
  const endWindow = () => endEditor(user);
  process.once('exit', endWindow);
  try {
    if (check) {
      const early = closed.then((code) => Promise.reject(new Error(`VS Code ended early, with ${code}`)));
      await Promise.race([untilExtensionHostRuns(user), early]);
      say('workbench: its extension host runs');
    } else {
      say('Close the window or press Ctrl+C to end.');
      await closed;
    }
  } finally {
    process.off('exit', endWindow);
    endEditor(user);
    await stop(child);
  }
}

/** VS Code notes the process id of its main process in its profile. */
function endEditor(user) {
  const lock = path.join(user, 'code.lock');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8'));
  if (!(pid > 0)) return;
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    // ESRCH: the window was closed a moment ago.
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Its first line of log is the sign. */
async function untilExtensionHostRuns(user) {
  const logs = path.join(user, 'logs');
  const end = Date.now() + 90_000;
  while (Date.now() < end) {
    const names = existsSync(logs) ? readdirSync(logs, { recursive: true }).map(String) : [];
    const log = names.find((name) => path.basename(name) === 'exthost.log');
    if (log && readFileSync(path.join(logs, log), 'utf8').length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('VS Code did not come up in 90 s');
}
