import type { Dialect } from '../dialect/dialect';
import type { Script, ScriptProblem, Section } from '../script/script';

/** What a kind of migration is given: the text counts, the file may be gone. */
export interface KindInput {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
  /** The database's. */
  readonly dialect: Dialect;
  /** One file of a pair holds one direction, given as `up` whichever it is. */
  readonly role: 'single' | 'up' | 'down';
}

/** One direction: statements that are known beforehand, or code that finds them while it runs. */
export type MigrationBody<Run> =
  | { readonly kind: 'statements'; readonly section: Section }
  | { readonly kind: 'code'; readonly transaction: 'auto' | 'none'; readonly run: Run };

export interface ParsedMigration<Run> {
  readonly up: MigrationBody<Run>;
  /** Absent: there is no way down. */
  readonly down?: MigrationBody<Run>;
  readonly problems: readonly ScriptProblem[];
  /** Ids that have to be applied before it. */
  readonly requires?: Script['requires'];
  /** Codes that `lint-ignore` directives of its header silence. */
  readonly ignores?: readonly string[];
  /**
   * Lets go of what runs it. Of code it has to be called before the transaction is committed.
   * @throws MigrateError CODE_MIGRATION_FAILED when code went on after it had returned
   */
  close(): Promise<void>;
}

/** How migrations of some file endings are read: scripts, code, and what plugins add, all in the same way. */
export interface MigrationKind<Run> {
  readonly name: string;
  /** With their dots: `.cypher`. */
  readonly endings: readonly string[];
  /** @throws MigrateError that names the file */
  parse(input: KindInput): Promise<ParsedMigration<Run>>;
}
