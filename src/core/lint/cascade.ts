import type { LintRule } from './rule';
import { eachEntry, hitAt, skipIf, without } from './spots';

export const cascade: LintRule = {
  code: 'KM404',
  summary: 'Uses CASCADE or RESTRICT, which Kùzu doesn’t have.',
  severity: 'error',
  dialect: 'cypher',
  find: (look) =>
    eachEntry(look, (entry) => {
      const { tokens } = entry;
      if (tokens.word(0) !== 'drop') return [];
      const at = skipIf(tokens, 2) + 1;
      const word = tokens.word(at);
      if (word !== 'cascade' && word !== 'restrict') return [];
      return hitAt(entry, at, at, tokens.raw(at).toUpperCase(), without(tokens, at, at));
    }),
};
