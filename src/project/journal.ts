import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../core/errors';
import { fsyncDir, writeFileDurable } from './durable';

/**
 * `<db>.migrate.json`, written before a database file is replaced: what to undo or to finish after a crash.
 * `build`: only the new file exists. `swap`: the old file may have got its backup name, and the new one its place.
 * `commit`: what the WAL holds is a commit that may not be whole, see `settleCommit`.
 */
export interface Journal {
  readonly action: 'import' | 'rollback' | 'restore' | 'migration';
  /** Of a migration its id. */
  readonly version: string;
  readonly stage: 'build' | 'swap' | 'commit';
  /** The file under construction, beside the database; empty for a commit. */
  readonly fresh: string;
  /** Identity of the finished new file, which tells after a crash whether it has reached its place. */
  readonly freshInode?: string;
  /** The old file's backup name; absent where there was no old file. */
  readonly backup?: string;
  readonly startedAt: string;
  /** Of a commit: what the database's first page was before it. */
  readonly header?: string;
}

export function journalFile(database: string): string {
  return `${database}.migrate.json`;
}

export async function writeJournal(database: string, journal: Journal): Promise<void> {
  await writeFileDurable(journalFile(database), `${JSON.stringify(journal, null, 2)}\n`);
}

/** @throws SyntaxError for a journal that is no JSON; the caller says so rather than guess. */
export async function readJournal(database: string): Promise<Journal | undefined> {
  try {
    return JSON.parse(await readFile(journalFile(database), 'utf8')) as Journal;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Of a commit that is under way, or was interrupted; a journal that can't be read is told by whoever clears up. */
export async function commitJournal(database: string): Promise<Journal | undefined> {
  try {
    const journal = await readJournal(database);
    return journal?.stage === 'commit' ? journal : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export async function removeJournal(database: string): Promise<void> {
  const file = journalFile(database);
  await rm(file, { force: true });
  await fsyncDir(path.dirname(file));
}
