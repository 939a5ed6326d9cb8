import { rm } from 'node:fs/promises';
import path from 'node:path';
import { DUCKDB_NEWEST_STORAGE } from '../core/dialect/file-header';
import { MigrateError } from '../core/errors';
import type { Schema } from '../core/schema/model';
import type { ScannedStatement } from '../core/script/scan';
import { OTHER_CATALOG } from '../core/version/sql/catalog';
import type { Driver, RunOptions } from './driver';
import { temporaryFolder } from './temporary';
import { withSession } from './with-session';

/** A statement and the file it stands in, so that an error can point there. */
export interface SourceStatement extends ScannedStatement {
  readonly file: string;
}

export interface ShadowOptions extends RunOptions {
  /** DuckDB gets no access to other files and to the network. (Of Kùzu's statements only harmless ones may come here.) */
  readonly enclosed?: boolean;
  /** DuckDB takes every type, also those that files in its usual storage can't have. */
  readonly anyType?: boolean;
}

/**
 * The file of a throw-away database. DuckDB calls a database by its file, and takes no schema of that name: it is called as
 * the database that it stands for, so that it refuses what that refuses, else as no schema is.
 */
export function shadowName(like?: string): string {
  return like === undefined ? `${OTHER_CATALOG}.db` : path.basename(like);
}

/** The engine takes it back only by being opened anew. */
const ENCLOSE = 'SET enable_external_access = false';

/**
 * Runs statements in a throw-away database and reads the schema they make.
 * @throws MigrateError STATEMENT_FAILED with file, line and column
 */
export async function shadowSchema(
  driver: Driver,
  statements: readonly SourceStatement[],
  options: ShadowOptions = {},
): Promise<Schema> {
  const dir = await temporaryFolder('shadow');
  try {
    const file = path.join(dir, shadowName());
    const storage = options.anyType ? { storageVersion: DUCKDB_NEWEST_STORAGE } : {};
    return await withSession(driver, { path: file, readOnly: false, ...storage }, async (session) => {
      if (options.enclosed && driver.dialect === 'sql') await session.run([{ text: ENCLOSE }], options);
      await session.run(statements, options);
      return driver.introspect(session, options);
    });
  } catch (error) {
    throw pointToFile(error, statements);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Adds file, line and column to the error of a run of statements that came from files. */
export function pointToFile(error: unknown, statements: readonly SourceStatement[]): unknown {
  const source = MigrateError.is(error) ? statements[Number(error.params.index)] : undefined;
  if (!MigrateError.is(error) || source === undefined) return error;
  const { line = 1, column = 1 } = error.where;
  const where = {
    file: source.file,
    line: source.line + line - 1,
    column: line === 1 ? source.column + column - 1 : column,
    statement: source.text,
  };
  return new MigrateError(error.code, error.params, { where, cause: error.cause });
}
