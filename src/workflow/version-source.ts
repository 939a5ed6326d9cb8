import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ddlDanger } from '../core/danger/in-ddl';
import type { Dialect } from '../core/dialect/dialect';
import { MigrateError, systemCode } from '../core/errors';
import type { Schema } from '../core/schema/model';
import { scan } from '../core/script/scan';
import { isSchemaStatement } from '../core/version/allowed';
import { isSqlSchemaStatement } from '../core/version/allowed-sql';
import type { Driver } from '../engine/driver';
import { type SourceStatement, shadowSchema } from '../engine/shadow';
import type { Running } from './context';

/** The statement files of a version, in the order they have to run. Older engines kept macros in a file of their own. */
export interface VersionStatements {
  readonly schema: readonly SourceStatement[];
  readonly copy: readonly SourceStatement[];
  readonly index: readonly SourceStatement[];
}

/** What the files of a version are called. */
export const SCRIPTS = {
  cypher: { schema: 'schema.cypher', load: 'copy.cypher' },
  sql: { schema: 'schema.sql', load: 'load.sql' },
} as const;

/** @throws MigrateError VERSION_INCOMPLETE where `schema.cypher` (`.sql`) is missing. */
export async function readStatements(dir: string, version: string, dialect: Dialect): Promise<VersionStatements> {
  return dialect === 'sql' ? readSql(dir, version) : readCypher(dir, version);
}

const SQL_INDEX = /^\s*(?:CREATE\s+(?:UNIQUE\s+)?|COMMENT\s+ON\s+)INDEX\b/i;

async function readSql(dir: string, version: string): Promise<VersionStatements> {
  const file = SCRIPTS.sql.schema;
  const all = await statementsOf(path.join(dir, file));
  if (!all) throw new MigrateError('VERSION_INCOMPLETE', { version, file });
  requireSchemaOnly(all);
  return {
    schema: all.filter(({ text }) => !SQL_INDEX.test(text)),
    copy: [
      ...((await statementsOf(path.join(dir, SCRIPTS.sql.load))) ?? []),
      // What the engine's own import can't load.
      ...((await statementsOf(path.join(dir, 'load-2.sql'))) ?? []),
    ],
    index: all.filter(({ text }) => SQL_INDEX.test(text)),
  };
}

async function readCypher(dir: string, version: string): Promise<VersionStatements> {
  const schema = await statementsOf(path.join(dir, 'schema.cypher'));
  if (!schema) throw new MigrateError('VERSION_INCOMPLETE', { version, file: 'schema.cypher' });
  const index = [
    ...((await statementsOf(path.join(dir, 'index.cypher'))) ?? []),
    // Those that the engine's own import can't build beside the others.
    ...((await statementsOf(path.join(dir, 'index-2.cypher'))) ?? []),
  ];
  const macros = (await statementsOf(path.join(dir, 'macro.cypher'))) ?? [];
  requireSchemaOnly([...schema, ...macros, ...index]);
  return {
    schema: [...schema, ...macros],
    copy: (await statementsOf(path.join(dir, 'copy.cypher'))) ?? [],
    index,
  };
}

/** @throws MigrateError STATEMENT_NOT_ALLOWED, STATEMENT_DANGEROUS with file, line and column */
export function requireSchemaOnly(statements: readonly SourceStatement[]): void {
  for (const statement of statements) {
    const { text, file, line, column } = statement;
    const dialect = dialectOfFile(file);
    if (dialect === 'sql' ? !isSqlSchemaStatement(text) : !isSchemaStatement(text)) throw notAllowed(statement);
    const danger = ddlDanger(text, dialect, { file, line, column });
    if (danger) throw danger;
  }
}

export function notAllowed({ file, line, column, text }: SourceStatement): MigrateError {
  const where = { file, line, column, statement: text };
  return new MigrateError('STATEMENT_NOT_ALLOWED', { file: path.basename(file), statement: text }, { where });
}

/** What a file of statements is written in, by its name. */
export function dialectOfFile(file: string): Dialect {
  return /\.sql$/i.test(file) ? 'sql' : 'cypher';
}

export async function statementsOf(file: string): Promise<SourceStatement[] | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  return scan(text, dialectOfFile(file)).map((statement) => ({ ...statement, file }));
}

/** The schema that a version makes, by running its statements, without data, in a shadow. */
export async function versionSchema(
  driver: Driver,
  dir: string,
  version: string,
  running: Running = {},
): Promise<Schema> {
  const { schema, index } = await readStatements(dir, version, driver.dialect);
  const options = { enclosed: true, anyType: true, ...(running.signal ? { signal: running.signal } : {}) };
  return shadowSchema(driver, [...schema, ...index], options);
}
