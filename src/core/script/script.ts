import type { ScannedStatement } from './scan';

/** One statement of a migration with what its directives ask for. */
export interface ScriptStatement extends ScannedStatement {
  /** `-- reopen` stands before it: the database is closed and opened here. */
  readonly reopenBefore?: true;
  /** `-- batch: N`: run it in slices of N rows until it changes nothing; `$batch` in its text stands for N. */
  readonly batch?: number;
  /** Codes of `lint-ignore` directives directly above it. */
  readonly ignores: readonly string[];
}

/** A condition on the database, looked at before a section runs: its query gives one row with one value, true or false. */
export interface Precondition {
  /** `assert`: unmet, the migration fails. `assume`: unmet, it is left pending and the run goes on. */
  readonly kind: 'assert' | 'assume';
  readonly query: string;
  readonly line: number;
  readonly column: number;
}

/** One direction of a migration. */
export interface Section {
  readonly statements: readonly ScriptStatement[];
  readonly transaction: 'auto' | 'none';
  readonly preconditions: readonly Precondition[];
  /** What `rename` directives record, as `old=new` each: it does nothing when the section runs. */
  readonly renames: readonly string[];
  /** The section's text as written, for the history: from its marker's next line to the next marker or the end. */
  readonly text: string;
}

/** What is wrong with a script before any engine sees it; the texts are those of `error.<code>`. */
export interface ScriptProblem {
  readonly code: 'SCRIPT_INVALID';
  /** A nested text key such as `@script.badDirective:batch`. */
  readonly detail: string;
  readonly line: number;
  readonly column: number;
}

/** A migration file, split. */
export interface Script {
  readonly up: Section;
  /** Absent: no down section, or one without a statement. */
  readonly down?: Section;
  /** Ids as written in `requires: ID`. */
  readonly requires: readonly { readonly id: string; readonly line: number; readonly column: number }[];
  /** Codes of `lint-ignore` directives of the header. */
  readonly ignores: readonly string[];
  readonly problems: readonly ScriptProblem[];
}
