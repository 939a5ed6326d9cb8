import type { Params } from '../errors';
import { oneLine } from '../report/one-line';

/**
 * What both engines say where a statement is sound and a value is not: a key that is there twice, a NULL, a cast.
 * @source measured on Kùzu 0.11.3 and DuckDB 1.5.5
 */
const OF_VALUES =
  /^(?:Constraint|Conversion|Out of Range) Error: |^(?:Conversion|Overflow) exception: |^(?:Copy|Runtime) exception: .*(?:, which violates the |Unable to find primary key value )/;

/** More of a statement no hint shows; where it stands is told beside it. */
const MOST = 120;

/** The parameters of STATEMENT_FAILED: what the engine says, and what to do about it. */
export function failureParams(detail: string, statement: string): Params {
  const remedy = OF_VALUES.test(detail) ? '@remedy.values' : '@remedy.statement';
  return { detail, statement, remedy: `${remedy}:${statementStart(statement)}` };
}

/** The first line of a statement, or as much as a hint has room for. */
export function statementStart(statement: string): string {
  const [first = '', ...more] = statement.trim().split(/\r\n|[\r\n]/);
  const letters = [...oneLine(first)];
  const isWhole = more.length === 0 && letters.length <= MOST;
  return isWhole ? letters.join('') : `${letters.slice(0, MOST).join('').trimEnd()} …`;
}
