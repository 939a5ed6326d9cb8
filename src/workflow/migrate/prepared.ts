import type { Danger, Guard } from '../../core/danger/find';
import type { PlanStep } from '../../core/migration/plan';
import type { Precondition, Script, ScriptStatement } from '../../core/script/script';
import type { StatementFacts } from '../../core/statement/facts';
import type { CodeDatabase } from '../../engine/code/types';
import type { RunOptions } from '../../engine/driver';

/** A statement of a migration with what is known of it before it runs. */
export interface MigrationStatement extends ScriptStatement {
  readonly facts: StatementFacts;
  /** Queries that have to answer true before it, or it would break the database. */
  readonly guards?: readonly Guard[];
}

/** Statements that are known before they run. */
export interface StatementsBody {
  readonly kind: 'statements';
  readonly statements: readonly MigrationStatement[];
  readonly preconditions: readonly Precondition[];
  /** All of them in one transaction, or each with its progress. */
  readonly transactional: boolean;
  /** The database has to be closed and opened before it starts, for what an earlier migration of the run did. */
  readonly reopenFirst: boolean;
  /** A kill after its commit must not meet it in the WAL, see `commitsToFile`. */
  readonly commitToFile: boolean;
  readonly warnings: readonly Danger[];
  /** What its header records for this way. */
  readonly renames: readonly string[];
}

/** What runs code: it tells its statements one by one. */
export interface CodeBody {
  readonly kind: 'code';
  readonly transactional: boolean;
  call(database: GuardedDatabase, options: RunOptions): Promise<void>;
}

/** The database as code reaches it: each statement is looked at before it runs. */
export type GuardedDatabase = CodeDatabase;

/** One step of a plan, read and checked, so that nothing but its statements can fail any more. */
export interface Prepared {
  readonly step: PlanStep;
  /** The id as the history keeps it. */
  readonly key: string;
  readonly name: string;
  /** Relative to the project; null where the way down comes from the history alone. */
  readonly file: string | null;
  readonly body: StatementsBody | CodeBody;
  readonly losesData: boolean;
  /** What has to be applied before it; nothing on the way down. */
  readonly requires: Script['requires'];
  /** What the history keeps of it. */
  readonly record: {
    readonly checksum: string;
    readonly semanticChecksum: string;
    readonly upScript: string;
    readonly downScript: string | null;
  };
}

/** How many statements it is known to have; a code migration tells only when it ran. */
export function statementCount({ body }: Prepared): number {
  return body.kind === 'statements' ? body.statements.length : 0;
}
