import { dangerError } from '../../core/danger/error';
import type { Danger } from '../../core/danger/find';
import { MigrateError, type Where } from '../../core/errors';
import type { StatementKind } from '../../core/statement/facts';
import type { Statement, StatementResult } from '../../engine/driver';
import type { MigrationStatement, Prepared } from './prepared';
import type { Run } from './run';
import type { StatementReport } from './types';

/** A statement as it is sent, and what it is of the migration. */
export interface Placed {
  readonly prepared: Prepared;
  readonly statement: Statement;
  /** Where it stands in the script; absent for a guard, which is ours. */
  readonly source?: MigrationStatement;
  /** For a guard: the statement it is for, and what is refused when it does not hold. */
  readonly guards?: { readonly statement: MigrationStatement; readonly danger: Danger };
  announce(): void;
}

/** What changes the catalog alone, whatever the tables hold. */
const BRIEF: ReadonlySet<StatementKind> = new Set([
  'create-table',
  'alter-table',
  'comment',
  'create-sequence',
  'create-macro',
  'create-type',
]);

/** Statements of a migration with the guards before them, as they are sent. */
export function placed(run: Run, prepared: Prepared, statements: readonly MigrationStatement[]): Placed[] {
  const total = statements.length;
  return statements.flatMap((source, index) => {
    const announce = () => run.onStatement?.({ id: prepared.key, index, total });
    const sent = asked(run, source.text);
    const { kind, effects } = source.facts;
    const isBrief = BRIEF.has(kind) && !effects.some(({ does }) => does === 'insert');
    const statement = isBrief ? { ...sent, brief: true as const } : sent;
    const guards = (source.guards ?? []).map(({ query, danger }) => ({
      prepared,
      statement: { text: query, rows: 1, guard: true as const },
      guards: { statement: source, danger },
      announce,
    }));
    return [...guards, { prepared, statement, source, announce }];
  });
}

/** A dry run sends statements in a form that counts what they change. */
export function asked(run: Run, text: string): Statement {
  return run.counts ? run.target.driver.counted(text) : { text };
}

export function reportOf(
  run: Run,
  { statement, source }: Placed,
  result: StatementResult | undefined,
): StatementReport {
  const touched = result && run.target.driver.touched(statement, result);
  return {
    text: source?.text ?? statement.text,
    line: source?.line ?? 1,
    ms: result?.ms ?? 0,
    ...(touched === undefined ? {} : { touched }),
  };
}

/**
 * The error of a run with file, line and column of the statement that it fell on.
 * @param find the statement by its index in the run; undefined for those that are ours
 * @param last the index announced last, for an end of the process, which tells none
 */
export function statementFailure(
  error: unknown,
  find: (index: number) => Placed | undefined,
  last: number,
  fallback: Prepared | undefined,
): unknown {
  if (!MigrateError.is(error)) return error;
  const index = typeof error.params.index === 'number' ? error.params.index : last;
  const found = find(index);
  const file = found?.prepared.file ?? fallback?.file;
  if (found?.guards) {
    return dangerError(found.guards.danger, whereOf(found.guards.statement, file, {}));
  }
  if (!found?.source) {
    // BEGIN, COMMIT or a row of the history: ours, yet in the transaction of that file.
    const where = file ? { file } : {};
    if (error.code === 'STATEMENT_FAILED' && fallback) {
      const detail = String(error.params.detail ?? '');
      return new MigrateError('COMMIT_FAILED', { id: fallback.key, detail }, { where, cause: error });
    }
    return new MigrateError(error.code, error.params, { where: { ...where, ...error.where }, cause: error.cause });
  }
  const where = whereOf(found.source, file, error.where);
  return new MigrateError(error.code, { ...error.params, statement: found.source.text }, { where, cause: error.cause });
}

/** The engine counts lines and columns from the statement's own first character. */
export function whereOf(statement: MigrationStatement, file: string | null | undefined, inner: Where): Where {
  const { line = 1, column = 1 } = inner;
  return {
    ...(file ? { file } : {}),
    line: statement.line + line - 1,
    column: line === 1 ? statement.column + column - 1 : column,
    statement: statement.text,
  };
}
