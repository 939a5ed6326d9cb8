import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export interface KuzuSession {
  readonly path: string;
  readonly readOnly?: boolean;
  /** A folder to rename before the database is opened. */
  readonly move?: readonly [from: string, to: string] | undefined;
  readonly statements: readonly string[];
}

export type KuzuRow = Readonly<Record<string, unknown>>;
export type KuzuAnswer = { readonly rows: readonly KuzuRow[] } | { readonly error: string; readonly opened?: false };

/** How the child ended; `answers` is absent when the engine took the process with it. */
export interface KuzuRun {
  readonly answers?: readonly (readonly KuzuAnswer[])[];
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

const TIME_LIMIT_MS = 120_000;

/** Runs sessions one after another in one child process; each opens its database, runs its statements and closes it. */
export async function runKuzu(sessions: readonly KuzuSession[]): Promise<KuzuRun> {
  const root = process.env.KUZU_MIGRATE_ROOT ?? process.cwd();
  // In a desktop VS Code process.execPath is Electron, which acts as Node only when told so.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const child = spawn(process.execPath, [path.join(root, 'test/support/kuzu-script.mjs')], { cwd: root, env });
  const killer = setTimeout(() => child.kill('SIGKILL'), TIME_LIMIT_MS);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.end(JSON.stringify(sessions));
  const [exitCode, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, name) => resolve([code, name]));
  });
  clearTimeout(killer);
  return { exitCode, signal, stderr, ...(exitCode === 0 ? { answers: JSON.parse(stdout) } : {}) };
}

/** Runs sessions that have to succeed in every statement, and gives the rows of each. */
export async function queryKuzu(sessions: readonly KuzuSession[]): Promise<readonly (readonly KuzuRow[])[][]> {
  const { answers, exitCode, signal, stderr } = await runKuzu(sessions);
  if (answers === undefined) throw new Error(`the engine's process ended with ${exitCode ?? signal}: ${stderr}`);
  return answers.map((session, at) =>
    session.map((answer, index) => {
      if ('rows' in answer) return answer.rows;
      throw new Error(`${sessions[at]?.statements[index]}: ${answer.error}`);
    }),
  );
}

/** A folder of its own for one test, removed afterwards. */
export async function withTempDir<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'kuzu-migrate-'));
  try {
    return await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/**
 * Looks into a copy: where a kill met a checkpoint, the engine has pages to move first, which it does for a writer only.
 */
export async function withCopyOf<T>(database: string, work: (copy: string) => Promise<T>): Promise<T> {
  return withTempDir(async (dir) => {
    const copy = path.join(dir, path.basename(database));
    await copyFile(database, copy);
    for (const ending of ['.wal', '.shadow']) {
      if (existsSync(database + ending)) await copyFile(database + ending, copy + ending);
    }
    // The engine moves what there is when it opens the copy.
    await queryKuzu([{ path: copy, statements: [] }]);
    return work(copy);
  });
}
