import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../core/errors';
import { OTHER_CATALOG } from '../../core/version/sql/catalog';
import { fileIdentity } from '../../project/identity';
import { type Journal, journalFile, readJournal, removeJournal } from '../../project/journal';
import { isAlive } from '../../project/process';
import { isBackupName } from '../backup';
import { settleCommit } from '../interrupted-commit';
import { removeFresh, undoSwap } from './swap';

/** What the start of an operation found of an earlier one that was interrupted. */
export interface Recovered {
  readonly action: Journal['action'];
  readonly version: string;
  readonly outcome: 'finished' | 'undone';
}

/**
 * Reads the journal of an interrupted operation and brings the database to the state before or after it. The caller
 * holds the lock. @throws MigrateError INTERRUPTED_UNCLEAR for a journal that is not ours to read
 */
export async function recover(target: string, backupsDir: string): Promise<Recovered | undefined> {
  const journal = await journalOf(target, backupsDir);
  await sweepFresh(target, journal?.fresh);
  if (!journal) return undefined;
  const { action, version } = journal;
  if (journal.stage === 'commit') {
    const outcome = await settleCommit(target, journal.header ?? '');
    await removeJournal(target);
    return { action, version, outcome };
  }
  const finished = journal.stage === 'swap' && (await reachedItsPlace(target, journal));
  if (!finished) await undoSwap(target, journal);
  // The journal first: once the new file is removed, a second look could take the swap for finished. On a full disk
  // nothing can be written, but all of this only removes.
  await removeJournal(target);
  await removeFresh(journal.fresh);
  return { action, version, outcome: finished ? 'finished' : 'undone' };
}

async function reachedItsPlace(target: string, journal: Journal): Promise<boolean> {
  if ((await fileIdentity(target)) === journal.freshInode) return true;
  // The new file is gone from its place of construction, so it was renamed, and the path has been written since.
  return (await fileIdentity(journal.fresh)) === undefined;
}

async function journalOf(target: string, backupsDir: string): Promise<Journal | undefined> {
  const journal = journalFile(target);
  const unclear = (detail: string, cause?: unknown) =>
    new MigrateError('INTERRUPTED_UNCLEAR', { path: target, journal, detail }, { cause });
  let found: Journal | undefined;
  try {
    found = await readJournal(target);
  } catch (error) {
    if (error instanceof SyntaxError) throw unclear(error.message, error);
    throw error;
  }
  // A journal names files to remove: only such as we make are followed.
  if (found?.stage === 'commit') return found;
  if (found && !isFreshFile(target, String(found.fresh))) throw unclear(String(found.fresh));
  const { backup } = found ?? {};
  if (backup !== undefined && !(path.dirname(backup) === backupsDir && isBackupName(path.basename(backup))))
    throw unclear(backup);
  return found;
}

/**
 * A new database file under construction, with a name of its own for each attempt: the engine process of an attempt
 * that was killed may live a moment longer than its caller, and must not meet the files of the next.
 * @param catalogTaken a schema of it is called as DuckDB would call the file
 */
export function freshFile(target: string, catalogTaken = false): string {
  const name = `${path.basename(target)}.migrate.${process.pid}-${randomBytes(4).toString('hex')}.new`;
  return path.join(path.dirname(target), catalogTaken ? `${OTHER}${name}` : name);
}

/** DuckDB calls a database by the beginning of its name. */
const OTHER = `${OTHER_CATALOG}.`;

function isFreshFile(target: string, file: string): boolean {
  return path.dirname(file) === path.dirname(target) && pidOf(path.basename(target), path.basename(file)) !== undefined;
}

/** The process whose attempt a new file of a database is; undefined for any other file. */
function pidOf(base: string, name: string): string | undefined {
  const own = name.startsWith(OTHER) ? name.slice(OTHER.length) : name;
  return own.startsWith(base) ? FRESH.exec(own.slice(base.length))?.[1] : undefined;
}

/** One may be made beside another: what a dropped macro takes is a copy of its own. The last process is the one at work. */
const FRESH = /^(?:\.migrate\.(\d+)-[0-9a-f]{8}\.new)+$/;

/** New files of attempts whose process is gone and that no journal speaks of any more. */
async function sweepFresh(target: string, spoken: string | undefined): Promise<void> {
  const base = path.basename(target);
  for (const name of await readdir(path.dirname(target))) {
    const pid = pidOf(base, name.replace(/\.(wal|shadow|wal\.checkpoint|wal\.recovery)$/, ''));
    const file = path.join(path.dirname(target), name);
    if (pid !== undefined && !file.startsWith(spoken ?? '\0') && !isAlive(Number(pid))) await rm(file, { force: true });
  }
}
