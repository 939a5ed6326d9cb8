import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Victim } from './kills';
import { dist, root, until } from './project';

/** When to send SIGKILL while migrations run. */
export type KillMoment =
  /** At a call to the engine, counted from the start of the command: before it, or so long after it began. */
  | { readonly kind: 'call'; readonly call: number; readonly us?: number }
  /** So long after the command began. */
  | { readonly kind: 'time'; readonly ms: number };

export interface KilledRun {
  /** False when the command had ended before its moment came. */
  readonly killed: boolean;
  readonly code: number | null;
  readonly ms: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The calls to the engine up to the end, the last one that which the kill met. */
  readonly calls: readonly string[];
}

/**
 * Runs the command line in a process group of its own, and kills it, its engine or both at a moment. Resolves when all
 * of its processes are gone.
 */
export async function runMigrating(
  dir: string,
  args: readonly string[],
  scratch: string,
  kill?: { readonly moment: KillMoment; readonly victim: Victim },
): Promise<KilledRun> {
  const log = path.join(scratch, 'calls');
  await rm(`${log}.killed`, { force: true });
  await rm(log, { force: true });
  const { moment, victim } = kill ?? {};
  const { call, us } = moment?.kind === 'call' ? moment : {};
  const preload = path.join(root, 'test/support/migrate-kill-at.cjs');
  const started = performance.now();
  const child = spawn(process.execPath, [path.join(dist, 'cli.js'), ...args, '--yes', '--json'], {
    cwd: dir,
    detached: true,
    env: {
      ...process.env,
      LANG: 'C.UTF-8',
      TMPDIR: scratch,
      XDG_CACHE_HOME: path.join(scratch, 'cache'),
      NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
      KUZU_MIGRATE_KILL_AT: JSON.stringify({ log, call, us, victim }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const pid = child.pid ?? 0;
  let killed = false;
  const timer =
    moment?.kind === 'time' && victim
      ? setTimeout(() => {
          killed = sendKill(pid, victim);
        }, moment.ms)
      : undefined;
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  clearTimeout(timer);
  const ms = performance.now() - started;
  await until(() => !hasGroup(pid), 'the processes of the command to end');
  killed ||= existsSync(`${log}.killed`);
  const calls = existsSync(log) ? (await readFile(log, 'utf8')).split('\n').slice(0, -1) : [];
  return { killed, code, ms, stdout, stderr, calls };
}

/** @returns whether there was anything to kill */
function sendKill(pid: number, victim: Victim): boolean {
  const victims = victim === 'all' ? [-pid] : victim === 'cli' ? [pid] : enginesOf(pid);
  try {
    for (const one of victims) process.kill(one, 'SIGKILL');
    return victims.length > 0;
  } catch (error) {
    // It ended between the look and the kill.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    return false;
  }
}

/** The engine's processes below the command line, as Linux tells them. */
function enginesOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    return children.map(Number).filter((one) => readFileSync(`/proc/${one}/cmdline`, 'utf8').includes('host.js'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return [];
  }
}

function hasGroup(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ESRCH');
    return false;
  }
}
