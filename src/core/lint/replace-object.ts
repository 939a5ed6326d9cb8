import type { LintRule } from './rule';
import { eachEntry, hitAt } from './spots';

export const replaceObject: LintRule = {
  code: 'KM414',
  summary: 'Uses CREATE OR REPLACE, or IF NOT EXISTS for a macro or a type, which Kùzu doesn’t have.',
  severity: 'error',
  dialect: 'cypher',
  find: (look) =>
    eachEntry(look, (entry) => {
      const { tokens } = entry;
      if (tokens.matches(0, 'create', 'or', 'replace')) return hitAt(entry, 1, 2, 'OR REPLACE');
      const isFixed = tokens.matches(0, 'create', 'macro') || tokens.matches(0, 'create', 'type');
      if (!isFixed || !tokens.matches(2, 'if', 'not', 'exists')) return [];
      return hitAt(entry, 2, 4, 'IF NOT EXISTS');
    }),
};
