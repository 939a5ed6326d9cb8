import type { Finding } from '../../core/migration/check-types';
import type { Database } from '../../project/project';
import type { Running } from '../context';
import type { ConfirmChanges, Note } from './types';

/** What `repair` can do to one migration. */
export type RepairKind = 'accept' | 'rewrite' | 'forget' | 'done' | 'retry' | 'restore';

export interface RepairRequest extends Running {
  readonly database: Database;
  /** Left out: what differs in comments only is accepted, and the rest is listed. */
  readonly repair?: { readonly kind: RepairKind; readonly id: string };
  readonly lockTimeoutMs?: number;
  readonly confirm: ConfirmChanges;
  readonly onNote?: (note: Note) => void;
}

export interface RepairResult {
  readonly repaired: readonly Repaired[];
  /** Without a kind: what is left, each with the commands that mend it. */
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  /** The folder that keeps the database as it was, after a `restore`. */
  readonly backup?: string;
}

export interface Repaired {
  readonly kind: RepairKind;
  readonly id: string;
  readonly name: string;
  /** Files that were written or removed, relative to the project. */
  readonly files: readonly string[];
}
