import type { LintRule } from './rule';
import { eachEntry, hitAt } from './spots';

export const commentTarget: LintRule = {
  code: 'KM412',
  summary: 'Comments on something else than a table, which Kùzu can’t keep.',
  severity: 'error',
  dialect: 'cypher',
  find: (look) =>
    eachEntry(look, (entry) => {
      const { tokens } = entry;
      if (!tokens.matches(0, 'comment', 'on') || tokens.word(2) === 'table') return [];
      return hitAt(entry, 0, Math.min(2, tokens.length - 1), tokens.raw(2).toUpperCase());
    }),
};
