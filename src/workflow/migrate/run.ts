import { randomBytes } from 'node:crypto';
import { MigrateError } from '../../core/errors';
import { isHalfDone } from '../../core/migration/state';
import type { HistoryTables } from '../../core/migration/types';
import type { Precondition } from '../../core/script/script';
import type { Driver, RunOptions, Statement } from '../../engine/driver';
import type { Ledger } from './ledger';
import type { Prepared } from './prepared';
import type { Target } from './target';
import type { BackupBefore, StatementReport } from './types';

/** What every step of one run shares. */
export interface Run {
  readonly target: Target;
  readonly ledger: Ledger;
  readonly tables: HistoryTables;
  /** Left out in a dry run, which works on a copy. */
  readonly backup?: { readonly when: BackupBefore; readonly dir: string; taken: boolean };
  readonly signal?: AbortSignal;
  /** A dry run counts the rows that each statement changes, which needs other statements on some engines. */
  readonly counts: boolean;
  readonly onMigration?: (at: {
    readonly id: string;
    readonly name: string;
    readonly done: number;
    readonly total: number;
  }) => void;
  readonly onStatement?: (at: { readonly id: string; readonly index: number; readonly total: number }) => void;
  /** How many rows a batch has changed so far. */
  readonly onBatch?: (at: { readonly id: string; readonly touched: number }) => void;
  readonly log: (line: string) => void;
}

/** What a migration that came to its end did. */
export interface Done {
  readonly executionMs: number;
  readonly statements: readonly StatementReport[];
}

/** A mark that no script holds, for the time of a migration in its own history row. */
export function timeMark(): string {
  return `{{ms:${randomBytes(8).toString('hex')}}}`;
}

/** Puts the same marks on each statement that has them in its text. */
export function withTimes(
  statements: readonly Statement[],
  times: readonly { readonly mark: string; readonly from: number; readonly to: number }[],
): Statement[] {
  return statements.map((statement) => {
    const mine = times.filter(({ mark }) => statement.text.includes(mark));
    return mine.length > 0 ? { ...statement, times: mine } : statement;
  });
}

export function runOptions(run: Run, onStatement?: (index: number) => void): RunOptions {
  return { ...(run.signal ? { signal: run.signal } : {}), ...(onStatement ? { onStatement } : {}) };
}

/** What stands around a transaction whose commit has to go into the file itself; nothing where the engine needs none. */
export function aroundCommit(
  { commitToFile }: Pick<Driver, 'commitToFile'>,
  wanted: boolean,
): { readonly before: readonly Statement[]; readonly after: readonly Statement[] } {
  return wanted && commitToFile ? commitToFile : { before: [], after: [] };
}

/** Opens the database, and makes the history tables before its first change. */
export async function ensureHistory(run: Run): Promise<void> {
  await run.target.session();
  const setup = run.ledger.setup();
  if (setup.length === 0) return;
  await run.target.run(setup, runOptions(run));
  run.ledger.isSetUp();
}

/** Whether it goes on where an earlier run stopped half way. */
export function isResumed({ ledger }: Run, { key }: Prepared): boolean {
  const row = ledger.rowOf(key);
  return row !== undefined && isHalfDone(row);
}

/**
 * Looks at the conditions of a migration.
 * @returns the first `assume` that is not met, which leaves the migration pending
 * @throws MigrateError PRECONDITION_FAILED for an `assert` that is not met, PRECONDITION_INVALID for a query that gives
 *   no single true or false
 */
export async function checkPreconditions(
  run: Run,
  prepared: Prepared,
  preconditions: readonly Precondition[],
): Promise<Precondition | undefined> {
  for (const precondition of preconditions) {
    const { query: statement, line, column, kind } = precondition;
    const where = { ...(prepared.file === null ? {} : { file: prepared.file }), line, column, statement };
    const [result] = await run.target.run([{ text: statement, rows: 2 }], runOptions(run)).catch((error: unknown) => {
      throw MigrateError.is(error, 'STATEMENT_FAILED') || MigrateError.is(error, 'NAME_AMBIGUOUS')
        ? new MigrateError(error.code, error.params, { where, cause: error })
        : error;
    });
    const value = result?.rowCount === 1 ? result.rows[0]?.[0] : undefined;
    if (typeof value !== 'boolean') throw new MigrateError('PRECONDITION_INVALID', { query: statement }, { where });
    if (value) continue;
    if (kind === 'assume') return precondition;
    throw new MigrateError('PRECONDITION_FAILED', { id: prepared.key, query: statement }, { where });
  }
  return undefined;
}
