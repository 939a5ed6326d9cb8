import { alteredTable } from './alter-table';
import type { LintRule } from './rule';
import { eachEntry, hitAt, without } from './spots';

export const columnWord: LintRule = {
  code: 'KM405',
  summary: 'Writes COLUMN in an ALTER TABLE, a word that Kùzu doesn’t take there.',
  severity: 'error',
  dialect: 'cypher',
  find: (look) =>
    eachEntry(look, (entry) => {
      const { tokens } = entry;
      const altered = alteredTable(tokens, 'cypher');
      if (!altered || altered.columnWordAt < 0 || !['add', 'drop', 'rename'].includes(altered.action)) return [];
      const at = altered.columnWordAt;
      return hitAt(entry, at, at, altered.action.toUpperCase(), without(tokens, at, at));
    }),
};
