import type { StatementKind } from '../../core/statement/facts';
import { needsBackup } from './backup-first';
import type { Prepared } from './prepared';
import type { Run } from './run';
import type { GroupMember } from './run-transaction';

/** So many migrations share a transaction at most: what a kill can undo stays small. */
const MOST = 32;

/** Statements whose repetition, after a group was rolled back, does the same again: no rows, no sequence is touched. */
const KINDS: ReadonlySet<StatementKind> = new Set([
  'create-table',
  'create-index',
  'create-view',
  'create-type',
  'create-macro',
  'create-sequence',
  'comment',
]);

/**
 * The migrations from `at` on that may share one transaction. A commit and a statement for each history row cost DuckDB
 * more than most migrations do themselves; together they are all applied or none, and where one fails each is run again
 * by itself, so that the outcome is the same as if there were no groups.
 */
export function groupAt(run: Run, migrations: readonly Prepared[], at: number): GroupMember[] {
  if (run.target.driver.dialect !== 'sql' || run.counts) return [];
  const members: GroupMember[] = [];
  for (const prepared of migrations.slice(at, at + MOST)) {
    const { body, step } = prepared;
    if (body.kind !== 'statements' || !body.transactional || body.reopenFirst || step.direction !== 'up') break;
    if (body.preconditions.length > 0 || body.statements.length === 0) break;
    if (prepared.requires.length > 0 || needsBackup(run, prepared)) break;
    if (!body.statements.every(({ facts, guards }) => KINDS.has(facts.kind) && !guards)) break;
    members.push({ prepared, body });
  }
  return members.length > 1 ? members : [];
}
