import path from 'node:path';
import type { MigrationState } from '../../core/migration/types';
import type { StatusResult } from '../../workflow/migrate/status';
import type { StatusEntry } from '../../workflow/migrate/types';

/** What a migration is called in the tree: `half` is one that stands half way, whatever its file says. */
export type ShownState = MigrationState | 'half';

/** A migration of one database as the tree and the commands need it, without its texts. */
export interface MigrationRow extends StatusEntry {
  readonly shown: ShownState;
  /** Absolute; absent where the file is gone. */
  readonly path?: string;
  /** The other file of a pair, relative to the project. */
  readonly downFile?: string;
  /** Absolute paths of all its files. */
  readonly files: readonly string[];
  readonly halfDone?: 'up' | 'down';
  readonly commentsOnly?: true;
  readonly appliedBy?: string;
  /** The way down would take it back: it is applied, or half way down. */
  readonly isApplied: boolean;
}

export function rowsOf(dir: string, { migrations, situation }: StatusResult): MigrationRow[] {
  return migrations.map((entry, at): MigrationRow => {
    const { halfDone, commentsOnly, row, file } = situation.entries[at] ?? {};
    const done = row?.status === 'success';
    return {
      ...entry,
      shown: halfDone ? 'half' : entry.state,
      ...(entry.file === null ? {} : { path: path.resolve(dir, entry.file) }),
      ...(file?.down ? { downFile: file.down.file } : {}),
      files: [file?.file, file?.down?.file].flatMap((one) => (one === undefined ? [] : [path.resolve(dir, one)])),
      ...(halfDone ? { halfDone } : {}),
      ...(commentsOnly ? { commentsOnly } : {}),
      ...(row && row.status !== 'rolled_back' ? { appliedBy: row.appliedBy } : {}),
      isApplied: halfDone === 'down' || done,
    };
  });
}

/** What `up` would have to do, or can't: these are counted as pending, as `status --exit-code` does. */
export function isOpen({ state }: Pick<MigrationRow, 'state'>): boolean {
  return state === 'pending' || state === 'failed' || state === 'out-of-order';
}

export interface StateCount {
  readonly shown: Exclude<ShownState, 'applied'>;
  readonly count: number;
}

/** The most pressing first. */
const NOTABLE: readonly StateCount['shown'][] = ['half', 'failed', 'pending', 'out-of-order', 'changed', 'missing'];

/** So many migrations of each state that is not `applied`. */
export function countStates(rows: readonly MigrationRow[]): readonly StateCount[] {
  return NOTABLE.map((shown) => ({ shown, count: rows.filter((row) => row.shown === shown).length })).filter(
    ({ count }) => count > 0,
  );
}
