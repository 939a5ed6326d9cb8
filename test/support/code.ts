import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Dialect } from '../../src/core/dialect/dialect';
import { createCodeHost } from '../../src/engine/code/host';
import type { CodeDatabase, CodeHost } from '../../src/engine/code/types';
import type { Session } from '../../src/engine/driver';
import { withTempDir } from './kuzu-script';
import { dist } from './project';

export interface CodeBench {
  readonly dir: string;
  readonly host: CodeHost;
  readonly log: string[];
  /** Writes a file of the user's, and gives its path. */
  write(name: string, text: string): Promise<string>;
}

/** A host of user code and a folder of files for it. */
export async function withCode<T>(work: (bench: CodeBench) => Promise<T>): Promise<T> {
  return withTempDir(async (dir) => {
    const log: string[] = [];
    const host = createCodeHost(dist, { log: (line) => log.push(line) });
    const write = async (name: string, text: string) => {
      const file = path.join(dir, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
      return file;
    };
    try {
      return await work({ dir, host, log, write });
    } finally {
      await host.dispose();
    }
  });
}

export interface SeenDatabase extends CodeDatabase {
  /** Every statement that reached it. */
  readonly seen: string[];
}

/** A session as user code reaches it. */
export function sessionDatabase(session: Session, dialect: Dialect): SeenDatabase {
  const seen: string[] = [];
  const ask = async (text: string, rows: number) => {
    seen.push(text);
    const [result] = await session.run([{ text, rows }]);
    if (!result) throw new Error('no result');
    return result;
  };
  return {
    dialect,
    seen,
    run: async (text) => ({ touched: (await ask(text, 0)).touched ?? null }),
    rows: async (text) => {
      const { columns, rows } = await ask(text, 1_000_000);
      return rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at] ?? null])));
    },
  };
}

/** A database that takes everything, for tests of what never gets to an engine. */
export function nothing(dialect: Dialect = 'cypher'): SeenDatabase {
  const seen: string[] = [];
  const take = <T>(answer: T) => {
    return async (text: string) => {
      seen.push(text);
      return answer;
    };
  };
  return { dialect, seen, run: take({ touched: null }), rows: take([]) };
}
