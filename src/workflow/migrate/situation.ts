import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type MigrateError, systemCode } from '../../core/errors';
import { idIdentity, parseId } from '../../core/migration/id';
import { type Entry, entriesOf, NO_HISTORY } from '../../core/migration/state';
import type { History, MigrationFile } from '../../core/migration/types';
import { parseScript } from '../../core/script/parse';
import type { Driver } from '../../engine/driver';
import { fileError } from '../../project/file-error';
import { readMigrations } from '../../project/migrations';
import type { Database, Project } from '../../project/project';
import type { Context } from '../context';
import { openForReading, type ReadFromCopy } from '../reading';
import { isDialect, semanticChecksum } from './checksum';
import type { Note } from './types';

/** Files and history side by side, as both are now. */
export interface Situation {
  readonly files: readonly MigrationFile[];
  readonly entries: readonly Entry[];
  readonly history: History | undefined;
  /** What is wrong with the files: nothing runs while there is any. */
  readonly problems: readonly MigrateError[];
  readonly notes: readonly Note[];
  readonly fromCopy?: ReadFromCopy;
}

/** The files of a project for one of its databases. */
export interface Files {
  readonly files: readonly MigrationFile[];
  readonly problems: readonly MigrateError[];
  readonly notes: readonly Note[];
}

/**
 * The migrations of a project for a database, or those that an application brought with it.
 * @param extraEndings of plugin kinds
 */
export function readFiles(
  { project, embedded }: Pick<Context, 'project' | 'embedded'>,
  database: Database,
  extraEndings: readonly string[] = [],
): Files {
  if (embedded) return { files: embedded.files, problems: [], notes: [] };
  const { migrations, problems, notes } = readMigrations(project, database.engine, extraEndings);
  return { files: migrations, problems, notes };
}

export function situationOf(files: Files, history: History | undefined, fromCopy?: ReadFromCopy): Situation {
  const unusable = new Set(files.problems.flatMap(idOfProblem));
  const entries = entriesOf(files.files, history ?? NO_HISTORY, { semanticChecksum, isConditional, unusable });
  return { ...files, entries, history, ...(fromCopy ? { fromCopy } : {}) };
}

/** The id of a file that something is wrong with. */
function idOfProblem({ where }: MigrateError): string[] {
  const id = where.file === undefined ? undefined : parseId(path.posix.basename(where.file));
  return id ? [idIdentity(id)] : [];
}

/** A migration with an `assume` may be late by right: it waited for its condition. */
function isConditional({ language, upText }: MigrationFile): boolean {
  if (!isDialect(language) || !/assume/i.test(upText)) return false;
  return parseScript(upText, language, 'single').up.preconditions.some(({ kind }) => kind === 'assume');
}

export interface HistoryRead {
  readonly history: History | undefined;
  readonly fromCopy?: ReadFromCopy;
}

/**
 * Reads the history of a database and writes nothing: none where there is no file yet.
 * @throws MigrateError HISTORY_TABLE_FOREIGN and the errors of opening
 */
export async function readHistoryOf(
  driver: Driver,
  project: Project,
  database: Database,
  signal?: AbortSignal,
): Promise<HistoryRead> {
  if (await isNewDatabase(database.path)) return { history: undefined };
  const reading = await openForReading(driver, database, { catalog: false });
  try {
    const history = await driver.readHistory(reading.session, project.historyTables, signal ? { signal } : {});
    return { history, ...(reading.fromCopy ? { fromCopy: reading.fromCopy } : {}) };
  } finally {
    await reading.close();
  }
}

/** No file, or an empty one, which the engine takes for a new database. */
export async function isNewDatabase(file: string): Promise<boolean> {
  try {
    return (await stat(file)).size === 0;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return true;
    throw fileError(error, file);
  }
}
