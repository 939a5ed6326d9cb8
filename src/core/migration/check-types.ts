import type { Params } from '../errors';
import type { ErrorCode } from '../text/en-errors';

/** What `check` can find by itself; what is wrong with the files comes with the code of its error. */
export type FindingCode =
  | 'edited'
  | 'comments-edited'
  | 'missing'
  | 'out-of-order'
  | 'half-applied'
  | 'failed'
  | 'pending'
  | 'other-history'
  | 'plugin';

/** A text as its key in the table and its parameters. */
export interface TextOf {
  readonly key: string;
  readonly params: Params;
}

/** Something that files and history do not agree on, or that stands in the way of a run. */
export interface Finding {
  /** Only errors make `check` end with exit code 3. */
  readonly severity: 'error' | 'note';
  readonly code: FindingCode | ErrorCode;
  /** The migration's id as the history keeps it; null where it is about none. */
  readonly id: string | null;
  /** Relative to the project, with forward slashes. */
  readonly file: string | null;
  readonly line?: number;
  readonly message: TextOf;
  readonly cause: TextOf;
  /** The commands that mend it, the likeliest first; none where only an edit does. */
  readonly commands: readonly string[];
  /** The next step in words, where there is no command for it. */
  readonly hint?: TextOf;
  /** What was applied against what the file says, as a unified diff. */
  readonly diff?: string;
}
