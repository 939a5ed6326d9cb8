import type { Statement, StatementResult } from '../driver';

/** DuckDB tells by itself how many rows a statement changed. */
export function counted(text: string): Statement {
  return { text };
}

/** Undefined for a statement that reads or defines. */
export function touched(_: Statement, result: StatementResult): number | undefined {
  return result.touched;
}
