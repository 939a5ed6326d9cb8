import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as library from '../../src/workflow/library';
import { type MigrationBench, type TestEngine, withMigrations } from './migrations';
import { dist } from './project';

/** The library as it is built: it finds its processes beside itself. */
export const built: typeof library = createRequire(path.join(dist, 'cli.js'))('./library.js');

export type Embedded = NonNullable<library.MigrateOptions['migrations']>;

export interface Application extends MigrationBench {
  /** `migrate` of the library for this project. */
  up(migrations: Embedded, more?: library.MigrateOptions): Promise<library.MigrateReport>;
  /** The same with the direction and the agreement. */
  down(migrations: Embedded, more?: library.MigrateOptions): Promise<library.MigrateReport>;
}

/** A project without a database yet, and an application that migrates it. */
export function withApplication<T>(engine: TestEngine, work: (application: Application) => Promise<T>): Promise<T> {
  return withMigrations(engine, (bench) => {
    const up: Application['up'] = (migrations, more = {}) => built.migrate({ project: bench.dir, migrations, ...more });
    const down: Application['down'] = (migrations, more = {}) =>
      up(migrations, { direction: 'down', yes: true, ...more });
    return work({ ...bench, up, down });
  });
}

/** `id status` of each result, and the code of an error behind it. */
export function told({ results }: library.MigrateReport): string[] {
  return results.map(({ id, status, error }) => `${id} ${status}${error ? ` ${error.code}` : ''}`);
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program until it ends by itself; one that does not is ended, and has a signal then. */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>>; readonly shell?: boolean },
): Promise<Ended> {
  const { cwd, env = {}, shell = false } = options;
  const own = { ...process.env, KUZU_DB_PATH: undefined, KUZU_DDL_DIR: undefined, NODE_OPTIONS: undefined, ...env };
  const child = spawn(command, args, { cwd, env: own, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  const killer = setTimeout(() => child.kill('SIGKILL'), 45_000);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  try {
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once('error', reject).once('close', (...end) => resolve(end));
    });
    return { code, signal, stdout, stderr };
  } finally {
    clearTimeout(killer);
  }
}
