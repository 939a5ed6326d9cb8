import type { Entry } from '../danger/rule';
import type { Dialect } from '../dialect/dialect';
import type { Lost } from '../loss/lost';
import type { Schema } from '../schema/model';
import type { ScriptStatement } from '../script/script';
import type { LintSeverity } from './finding';

/** One direction of a migration, as the rules look at it. */
export interface Look {
  readonly dialect: Dialect;
  readonly way: 'up' | 'down';
  readonly statements: readonly ScriptStatement[];
  /** The same statements, read. */
  readonly entries: readonly Entry[];
  /** The schema that the section finds, where a shadow has told it. */
  readonly before?: Schema;
  /** By the index of a statement with IF NOT EXISTS: what is there instead, a nested text, where a shadow has told it. */
  readonly instead?: ReadonlyMap<number, string>;
}

/** Offsets into the text of a statement. */
export interface HitEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Hit {
  /** Of the statement in its section. */
  readonly index: number;
  /** Offsets into its text; left out: all of it. */
  readonly start?: number;
  readonly end?: number;
  /** What `{argument}` of its text stands for. */
  readonly argument: string;
  /** What `{detail}` of its text stands for, a nested text. */
  readonly detail?: string;
  readonly edits?: readonly HitEdit[];
  readonly lost?: Lost;
}

/**
 * What is wrong with a script, or worth a look, and can be told from its text, with the schema before it where one is
 * known. `KM401` and up, and the codes of data loss; each has its entry in docs/hazards.md and its text `lint.<code>`.
 */
export interface LintRule {
  readonly code: string;
  /** One line in English, for documents and SARIF. */
  readonly summary: string;
  readonly severity: LintSeverity;
  /** Left out: both. */
  readonly dialect?: Dialect;
  readonly find: (look: Look) => readonly Hit[];
}
