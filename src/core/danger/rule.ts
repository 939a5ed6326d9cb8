import type { Dialect } from '../dialect/dialect';
import type { Effect, StatementFacts } from '../statement/facts';
import type { Tokens } from '../statement/tokens';

/** A statement as the rules see it: renames within its span are undone, so that equal names are the same table. */
export interface Entry {
  /** Of the statement in its section. */
  readonly index: number;
  readonly facts: StatementFacts;
  readonly effects: readonly Effect[];
  readonly tokens: Tokens;
}

/** Statements that share one transaction; a statement of its own where there is none. */
export interface Span {
  readonly transactional: boolean;
  readonly entries: readonly Entry[];
}

export interface Finding {
  readonly index: number;
  /** What `{argument}` of its text stands for. */
  readonly argument: string;
}

/**
 * A pattern that ends the engine's process, breaks the file or the transaction, or takes rows elsewhere. `KM301` and
 * up; codes never change their meaning, each has its entry in docs/hazards.md and its text `danger.<code>`.
 */
export interface DangerRule {
  readonly code: string;
  /** One line in English, for documents. */
  readonly summary: string;
  /** Left out: both. */
  readonly dialect?: Dialect;
  /** `warn`: nothing breaks now, but something later will. */
  readonly severity: 'refuse' | 'warn';
  /** The history could not tell what happened, so that no `lint-ignore` allows it. */
  readonly always?: true;
  readonly find: (span: Span) => readonly Finding[];
}
