import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createCodeHost } from '../../src/engine/code/host';
import { detectFile } from '../../src/engine/detect';
import { createDrivers, type Drivers } from '../../src/engine/drivers';
import { loadProject } from '../../src/project/discovery';
import type { Database } from '../../src/project/project';
import { type Context, requireDatabase } from '../../src/workflow/context';
import { queryKuzu, withTempDir } from './kuzu-script';

export const root = process.env.KUZU_MIGRATE_ROOT ?? process.cwd();
export const dist = path.join(root, 'dist');

/** The engines of one test, ended afterwards. */
export async function withDrivers<T>(work: (drivers: Drivers) => Promise<T>, idleMs = 60_000): Promise<T> {
  const drivers = createDrivers(dist, { idleMs, log: () => undefined });
  try {
    return await work(drivers);
  } finally {
    await drivers.dispose();
  }
}

export interface Bench {
  readonly dir: string;
  /** `data/app.kuzu`, where `statements` have run. */
  readonly file: string;
  readonly database: Database;
  readonly context: Context;
  /** More statements in the same database, in another process, which closes it again. */
  run(...statements: string[]): Promise<void>;
  rows(statement: string, file?: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** The project as it stands now on the disk. */
  reload(): Promise<Context>;
}

/** A project in a temporary folder with one real database. */
export async function withProject<T>(statements: readonly string[], work: (bench: Bench) => Promise<T>): Promise<T> {
  return withTempDir((dir) =>
    withDrivers(async (drivers) => {
      const file = path.join(dir, 'data', 'app.kuzu');
      await mkdir(path.dirname(file));
      if (statements.length > 0) await queryKuzu([{ path: file, statements }]);
      const load = async (): Promise<Context> => {
        const database = statements.length === 0 ? { database: 'data/app.kuzu' } : {};
        const project = await loadProject({ dir, env: {}, detect: detectFile, ...database });
        return {
          project,
          driver: (engine) => drivers.get(engine),
          codeHost: () => createCodeHost(dist, { log: () => undefined }),
          log: () => undefined,
        };
      };
      const context = await load();
      return work({
        dir,
        file,
        context,
        database: requireDatabase(context.project),
        reload: load,
        run: async (...more) => {
          await queryKuzu([{ path: file, statements: more }]);
        },
        rows: async (statement, where = file) => {
          const [answers] = await queryKuzu([{ path: where, readOnly: true, statements: [statement] }]);
          return answers?.[0] ?? [];
        },
      });
    }),
  );
}

/** Waits for a condition by looking again and again. */
export async function until(
  condition: () => Promise<boolean> | boolean,
  what: string,
  timeoutMs = 20_000,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
