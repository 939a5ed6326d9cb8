import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './project';

/** One process: its statements run on one connection; `reopen` closes and opens the database, `kill` ends the process. */
export type Steps = readonly string[];

export interface StepsRun {
  /** What each statement answered, up to the one that ended the process. */
  readonly answers: readonly {
    readonly rows?: readonly Readonly<Record<string, unknown>>[];
    readonly error?: string;
  }[];
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

const TIME_LIMIT_MS = 60_000;
const MODULES = { kuzu: 'kuzu', duckdb: '@duckdb/node-api' } as const;

/** Runs statements on a database of an engine in a process of their own, going on after errors. */
export async function runSteps(engine: keyof typeof MODULES, file: string, steps: Steps): Promise<StepsRun> {
  const module = require.resolve(MODULES[engine]);
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const script = path.join(root, 'test/support/engine-steps.mjs');
  const child = spawn(process.execPath, [script, JSON.stringify({ engine, module, path: file })], { cwd: root, env });
  const killer = setTimeout(() => child.kill('SIGKILL'), TIME_LIMIT_MS);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // A process that dies while it is still given its statements is what some tests look for.
  child.stdin.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') throw error;
  });
  child.stdin.end(JSON.stringify(steps));
  const [exitCode, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, name) => resolve([code, name]));
  });
  clearTimeout(killer);
  const answers = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as StepsRun['answers'][number]);
  return { answers, exitCode, signal, stderr };
}
