import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { dist } from './project';

/** mulberry32: small, seeded, good enough to choose moments. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** When to kill: some time after the start, or just after something shows on the disk. */
export type Moment =
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'sight'; readonly what: string; readonly seen: () => boolean; readonly thenMs: number };

/** Everything at once, the command line alone, or the engine's process alone. */
export type Victim = 'all' | 'cli' | 'engine';

export interface Killed {
  /** False when the command had ended before its moment came. */
  readonly killed: boolean;
  readonly ms: number;
}

/** The engine's processes below the command line, as Linux tells them. */
function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Runs the command line in a process group of its own and kills all of it, or only one of its processes, with SIGKILL. */
export async function runAndKill(
  dir: string,
  args: readonly string[],
  moment: Moment | undefined,
  who: Victim = 'all',
): Promise<Killed> {
  const started = performance.now();
  const child = spawn(process.execPath, [path.join(dist, 'cli.js'), '--verbose', ...args], {
    cwd: dir,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  let running = true;
  let engineKilled = false;
  void ended.then(() => {
    running = false;
  });
  if (moment !== undefined && child.pid !== undefined) {
    await waitFor(moment, () => running);
    if (running) {
      try {
        const victims = who === 'all' ? [-child.pid] : who === 'cli' ? [child.pid] : childrenOf(child.pid);
        for (const victim of victims) process.kill(victim, 'SIGKILL');
        engineKilled = who === 'engine' && victims.length > 0;
      } catch (error) {
        // It ended between the look and the kill.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  }
  const [code, signal] = await ended;
  // Without its engine the command line says so and fails by itself.
  if (engineKilled && code === 1 && /ENGINE_CRASHED|CANCELLED/.test(stderr))
    return { killed: true, ms: performance.now() - started };
  if (signal === null && code !== 0) throw new Error(`kuzu-migrate ${args.join(' ')} ended with ${code}: ${stderr}`);
  return { killed: signal !== null, ms: performance.now() - started };
}

async function waitFor(moment: Moment, running: () => boolean): Promise<void> {
  if (moment.kind === 'time') return pause(moment.ms);
  while (running() && !moment.seen()) await new Promise((resolve) => setImmediate(resolve));
  await pause(moment.thenMs);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What can be seen of an import on the disk, in the order in which it happens. */
export function importSights(
  file: string,
  backups: string,
): readonly { readonly what: string; readonly seen: () => boolean }[] {
  const journal = `${file}.migrate.json`;
  const prefix = `${path.basename(file)}.migrate.`;
  const isFresh = () =>
    readdirSync(path.dirname(file)).some((name) => name.startsWith(prefix) && name.endsWith('.new'));
  const stage = () => {
    try {
      return readFileSync(journal, 'utf8').includes('"swap"');
    } catch {
      return false;
    }
  };
  let hadFresh = false;
  return [
    { what: 'the lock', seen: () => existsSync(`${file}.migrate.lock`) },
    { what: 'the journal', seen: () => existsSync(journal) },
    { what: 'the new file', seen: isFresh },
    { what: 'the stage of swapping', seen: stage },
    { what: 'the backup', seen: () => existsSync(backups) },
    {
      what: 'the new file in its place',
      seen: () => {
        const here = isFresh();
        hadFresh ||= here;
        return hadFresh && !here;
      },
    },
  ];
}
