import { alteredTable } from './alter-table';
import type { LintRule } from './rule';
import { eachEntry, hitAt, written } from './spots';

export const alterType: LintRule = {
  code: 'KM407',
  summary: 'Changes a column in place, which Kùzu can’t.',
  severity: 'error',
  dialect: 'cypher',
  find: (look) =>
    eachEntry(look, (entry) => {
      const altered = alteredTable(entry.tokens, 'cypher');
      if (!altered || !['alter', 'modify', 'change', 'set'].includes(altered.action)) return [];
      return hitAt(entry, altered.actionAt, entry.tokens.length - 1, written(entry.tokens, altered.tableTo));
    }),
};
