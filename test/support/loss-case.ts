import { copyFile, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../src/core/errors';
import { createCodeHost } from '../../src/engine/code/host';
import { detectFile } from '../../src/engine/detect';
import type { Driver, Session } from '../../src/engine/driver';
import { withSession } from '../../src/engine/with-session';
import { loadProject } from '../../src/project/discovery';
import type { Context } from '../../src/workflow/context';
import { requireDatabase } from '../../src/workflow/context';
import { exportVersion } from '../../src/workflow/export/export';
import { importVersion } from '../../src/workflow/import/import';
import { dist } from './project';

export interface LossDatabase {
  readonly statements: readonly string[];
  /** What has to be equal in the source and in what was made of its version. */
  readonly checks: readonly string[];
  readonly format?: 'parquet' | 'csv';
  readonly schemaOnly?: boolean;
  /** The version gets another place before it is imported. */
  readonly moved?: boolean;
  /** Changes the closed file itself: a value that no statement can make. */
  readonly patch?: (bytes: Buffer) => Buffer;
}

/** Two databases much alike: the first is one that the engine's own export loses something of, the second is not. */
export interface LossCase {
  /** The code of the rule that refuses the first; absent where a version of ours keeps it. */
  readonly refused?: string;
  readonly title: string;
  readonly loses: LossDatabase;
  readonly keeps: LossDatabase;
}

/** What became of a database: the codes that it was refused for, or the answers of its checks before and after. */
export type Fate =
  | { readonly refused: readonly string[] }
  | { readonly before: string; readonly after: string; readonly format: string; readonly beside: readonly string[] };

/** The engine does not take one of the statements that make a database. */
export class NotMade extends Error {}

/** Exports a database as a version, proved, imports that into another file, and asks both. */
export async function fateOf(driver: Driver, dir: string, database: LossDatabase): Promise<Fate> {
  const { statements, checks, patch, format = 'parquet', schemaOnly = false } = database;
  const file = path.join(dir, 'db.kuzu');
  await withSession(driver, { path: file, readOnly: false }, (session) =>
    session.run(statements.map((text) => ({ text }))),
  ).catch((error: unknown) => {
    throw new NotMade(error instanceof Error ? error.message : String(error), { cause: error });
  });
  if (patch) await writeFile(file, patch(await readFile(file)));
  const context = await contextOf(driver, dir);
  const request = { database: requireDatabase(context.project), version: 'v1', format, schemaOnly };
  try {
    const { manifest, dir: made } = await exportVersion(context, request);
    const place = path.join(dir, database.moved ? 'moved' : 'migrations');
    if (database.moved) await rename(path.dirname(made), place);
    const into = path.join(dir, 'copy.kuzu');
    await importVersion(context, {
      action: 'import',
      version: path.join(place, 'v1'),
      database: request.database,
      into,
      confirm: async () => undefined,
    });
    // The checks may change what they look at.
    await copyFile(file, path.join(dir, 'source.kuzu'));
    return {
      before: await answers(driver, path.join(dir, 'source.kuzu'), checks),
      after: await answers(driver, into, checks),
      format: manifest.files.map((one) => path.extname(one.path)).join(),
      beside: (manifest.beside ?? []).flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`)),
    };
  } catch (error) {
    if (!MigrateError.is(error, 'EXPORT_BLOCKED')) throw error;
    return { refused: (error.losses ?? []).map(({ code }) => code) };
  }
}

export async function contextOf(driver: Driver, dir: string): Promise<Context> {
  const project = await loadProject({ dir, env: {}, detect: detectFile, database: 'db.kuzu' });
  return {
    project,
    driver: () => driver,
    codeHost: () => createCodeHost(dist, { log: () => undefined }),
    log: () => undefined,
  };
}

function answers(driver: Driver, file: string, checks: readonly string[]): Promise<string> {
  return withSession(driver, { path: file, readOnly: false }, async (session: Session) => {
    const results = await session.run(checks.map((text) => ({ text, rows: 1000 })));
    return JSON.stringify(results.map(({ rows }) => rows));
  });
}
