import { alteredTable } from './alter-table';
import type { LintRule } from './rule';
import { eachEntry, hitAt, without } from './spots';

export const alterIfExists: LintRule = {
  code: 'KM413',
  summary: 'Uses ALTER TABLE IF EXISTS, which Kùzu doesn’t have.',
  severity: 'error',
  dialect: 'cypher',
  find: (look) =>
    eachEntry(look, (entry) => {
      const altered = alteredTable(entry.tokens, 'cypher');
      return altered?.ifExists ? hitAt(entry, 2, 3, altered.table, without(entry.tokens, 2, 3)) : [];
    }),
};
