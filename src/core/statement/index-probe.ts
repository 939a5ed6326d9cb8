import type { Dialect } from '../dialect/dialect';
import { foldName, quoteString } from '../dialect/kuzu-names';
import { classify } from './classify';
import { tokenize } from './tokens';

export interface IndexProbe {
  /** Gives one row with one number: how many such indexes there are. */
  readonly query: string;
  /** The number once the statement is done. */
  readonly done: 0 | 1;
}

/**
 * How to see whether an index call that was interrupted is done; undefined for every other statement. An index that is
 * not there may still be half made: a full-text index leaves hidden tables that nothing can drop, and the engine then
 * refuses the same name (`Table: 0_fx_docs already exists`). Only a backup, or another name, helps.
 * @source measured on Kùzu 0.11.3: names of tables and of indexes are found in any case
 */
export function indexProbe(text: string, dialect: Dialect): IndexProbe | undefined {
  const facts = classify(text, dialect);
  if (facts.repeatable !== 'probe') return undefined;
  const tokens = tokenize(text, dialect);
  const open = tokens.word(0) === 'profile' ? 3 : 2;
  const [table, index] = [tokens.string(open + 1), tokens.string(open + 3)];
  if (table === undefined || index === undefined) return undefined;
  const condition = `lower(table_name) = ${quoteString(foldName(table))} AND lower(index_name) = ${quoteString(foldName(index))}`;
  return {
    query: `CALL show_indexes() WHERE ${condition} RETURN count(*) AS found`,
    done: facts.kind === 'create-index' ? 1 : 0,
  };
}
