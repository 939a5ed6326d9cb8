import type { Dialect } from '../dialect/dialect';
import { sqlName } from '../statement/sql-names';
import type { Tokens } from '../statement/tokens';
import { skipIf } from './spots';

/** An ALTER TABLE as it is written; places of tokens. */
export interface WrittenAlter {
  /** The key that the engine finds the table by. */
  readonly table: string;
  readonly tableFrom: number;
  readonly tableTo: number;
  readonly ifExists: boolean;
  /** The word of the action: add, drop, rename, alter. */
  readonly actionAt: number;
  readonly action: string;
  /** Behind the action, `COLUMN` and `IF [NOT] EXISTS`. */
  readonly subjectAt: number;
  /** Of the word `COLUMN`, or -1. */
  readonly columnWordAt: number;
}

/** Reads an ALTER TABLE of either dialect, and what Kùzu would not take as one. */
export function alteredTable(tokens: Tokens, dialect: Dialect): WrittenAlter | undefined {
  if (!tokens.matches(0, 'alter', 'table')) return undefined;
  const tableFrom = skipIf(tokens, 2);
  const { name: table, end } =
    dialect === 'sql' ? sqlName(tokens, tableFrom) : { name: tokens.name(tableFrom), end: tableFrom + 1 };
  if (table === '') return undefined;
  const first = tokens.word(end + 1) === 'column' ? end + 1 : skipIf(tokens, end + 1);
  const hasWord = tokens.word(first) === 'column';
  const subjectAt = skipIf(tokens, hasWord ? first + 1 : first);
  return {
    table,
    tableFrom,
    tableTo: end - 1,
    ifExists: tableFrom > 2,
    actionAt: end,
    action: tokens.word(end),
    subjectAt,
    columnWordAt: hasWord ? first : -1,
  };
}
