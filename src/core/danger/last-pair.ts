import { quoteString } from '../dialect/kuzu-names';
import type { DangerRule, Entry } from './rule';

/**
 * Only the database knows whether a pair is the last, so that this rule finds nothing by itself: {@link hasMorePairs} is
 * asked just before the statement.
 * @source measured on Kùzu 0.11.3: EXPORT of such a table ends the process after the database was opened again.
 */
export const lastPair: DangerRule = {
  code: 'KM305',
  summary: 'Drops the last FROM–TO pair of a rel table.',
  dialect: 'cypher',
  severity: 'refuse',
  find: () => [],
};

/** Of a statement that drops a pair: a query that gives true where the table has another one. */
export function hasMorePairs(entry: Entry): { table: string; query: string } | undefined {
  const drop = entry.facts.effects.find(({ does }) => does === 'drop-pair');
  if (drop?.does !== 'drop-pair') return undefined;
  return {
    table: drop.table,
    query: `CALL show_connection(${quoteString(drop.table)}) RETURN count(*) > 1 AS allowed`,
  };
}
