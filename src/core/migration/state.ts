import { compareIds, idIdentity, parseId } from './id';
import type { History, HistoryRow, MigrationFile, MigrationId, MigrationState } from './types';

/** A migration as files and history together tell it. */
export interface Entry {
  readonly id: MigrationId;
  /** The id as the history keeps it. */
  readonly key: string;
  readonly name: string;
  readonly state: MigrationState;
  readonly file?: MigrationFile;
  /** Its row of the history, whatever its status. */
  readonly row?: HistoryRow;
  /** Applied, and the file differs from what was applied in comments and blanks only. */
  readonly commentsOnly?: true;
  /** A step-by-step one that stands half way, on its way up or down. */
  readonly halfDone?: 'up' | 'down';
}

export interface StateOptions {
  /** The semantic checksum of a file; asked for only where the bytes differ. */
  readonly semanticChecksum: (file: MigrationFile) => string;
  /** Whether a pending file waits for a condition (`assume`): such a one may be late by right. */
  readonly isConditional: (file: MigrationFile) => boolean;
  /** Ids whose files are there, but not to be used: what is wrong with them is told, and they are not missing. */
  readonly unusable?: ReadonlySet<string>;
}

/** What has been done, as far as the history tells: nothing yet where there is none. */
export const NO_HISTORY: History = { rows: [], version: null, dirty: false, lastSeq: 0 };

/**
 * Puts files and history side by side, by id. A row whose version is no id (another tool's) keeps its text as name and
 * sorts last.
 */
export function entriesOf(files: readonly MigrationFile[], history: History, options: StateOptions): Entry[] {
  const rows = new Map(history.rows.map((row) => [identityOf(row), row]));
  const highest = highestApplied(history);
  const withFile = files.map((file) => {
    const identity = idIdentity(file.id);
    const row = rows.get(identity);
    rows.delete(identity);
    return withHalf(entryOfFile(file, row, highest, options), history);
  });
  const withoutFile = [...rows.values()]
    // What failed and left nothing is forgotten with its file.
    .filter((row) => row.status === 'success' || isHalfDone(row))
    .map((row) => {
      const entry = withHalf(withoutItsFile(row), history);
      const isThere = entry.state === 'missing' && options.unusable?.has(identityOf(row));
      return isThere ? { ...entry, state: 'applied' as const } : entry;
    });
  return [...withFile, ...withoutFile].sort((a, b) => compareEntries(a.id, b.id));
}

/** The highest id that is applied, as a baseline or by a run; undefined where none is. */
export function highestApplied(history: History): MigrationId | undefined {
  return history.rows
    .filter(({ status }) => status === 'success')
    .map((row) => idOf(row))
    .filter((id) => id.length > 0)
    .sort(compareIds)
    .at(-1);
}

function entryOfFile(
  file: MigrationFile,
  row: HistoryRow | undefined,
  highest: MigrationId | undefined,
  options: StateOptions,
): Entry {
  const { id, name } = file;
  const base = { id, key: row?.version ?? file.key, name, file, ...(row ? { row } : {}) };
  if (row?.status === 'success') {
    if (row.checksum === file.checksum) return { ...base, state: 'applied' };
    if (row.semanticChecksum === options.semanticChecksum(file)) {
      return { ...base, state: 'applied', commentsOnly: true };
    }
    return { ...base, state: 'changed' };
  }
  if (row && row.status !== 'rolled_back') {
    return { ...base, state: 'failed' };
  }
  const late = highest !== undefined && compareIds(id, highest) < 0 && !options.isConditional(file);
  return { ...base, state: late ? 'out-of-order' : 'pending' };
}

function withoutItsFile(row: HistoryRow): Entry {
  const state = isBare(row) && row.status === 'success' ? 'applied' : 'missing';
  return { id: idOf(row), key: row.version, name: row.name, state, row };
}

/** A row that says only that a version is there: a baseline has no file, and never had one. */
export function isBare({ checksum, upScript }: HistoryRow): boolean {
  return checksum === '' && upScript === '';
}

function withHalf(entry: Entry, { last }: History): Entry {
  if (!entry.row || !isHalfDone(entry.row)) return entry;
  const down = last?.action === 'down' && last.version === entry.row.version;
  return { ...entry, halfDone: down ? 'down' : 'up' };
}

/** `pending` is written only before a step-by-step migration, and `failed` keeps how far such a one came. */
export function isHalfDone({ status, appliedStatements }: HistoryRow): boolean {
  return status === 'pending' || (status === 'failed' && appliedStatements > 0);
}

function idOf({ version }: HistoryRow): MigrationId {
  return parseId(version) ?? [];
}

function identityOf(row: HistoryRow): string {
  const id = idOf(row);
  return id.length > 0 ? idIdentity(id) : `text:${row.version}`;
}

function compareEntries(a: MigrationId, b: MigrationId): number {
  if (a.length > 0 && b.length > 0) return compareIds(a, b);
  return b.length - a.length;
}
