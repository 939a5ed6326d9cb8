import type { Rename } from '../change';
import type { Schema } from '../model';

/** A statement as it will stand in a script. */
export interface PlannedStatement {
  /** Without its final semicolon. */
  readonly text: string;
  /** The directives above it, without a comment sign: `reopen`, `lint-ignore KM302`. */
  readonly directives?: readonly string[];
}

/** What a way can't do: a nested text and what stands in it, as a note of both faces. */
export interface Left {
  readonly key: string;
  readonly params: Readonly<Record<string, string>>;
}

/** The statements that make one schema of another, in an order in which they run. */
export interface Way {
  /** Queries with one value, which is true where the rows can go this way; asked before anything runs. */
  readonly assertions?: readonly string[];
  readonly statements: readonly PlannedStatement[];
  /** False: each statement is committed by itself, since the engine refuses one of them in a transaction, or breaks on it. */
  readonly transactional: boolean;
  /** Data that can't come back, and what no statement can do; empty where the way leads exactly to its target. */
  readonly left: readonly Left[];
}

/** One way of a migration; its way back is the same with the sides changed and the renames inverted. */
export interface WayRequest {
  readonly before: Schema;
  readonly after: Schema;
  /** Those of tables before those of columns, which name their table as it is called afterwards. */
  readonly renames: readonly Rename[];
}
