import type { LintRule } from './rule';
import { eachEntry, hitAt } from './spots';

export const createIndex: LintRule = {
  code: 'KM410',
  summary: 'Uses CREATE INDEX, DROP INDEX or CREATE CONSTRAINT, which Kùzu doesn’t have.',
  severity: 'error',
  dialect: 'cypher',
  find: (look) =>
    eachEntry(look, (entry) => {
      const { tokens } = entry;
      const first = tokens.word(0);
      if (first !== 'create' && first !== 'drop') return [];
      const at = tokens.word(1) === 'unique' ? 2 : 1;
      const what = tokens.word(at);
      // `CREATE index = (a)-[…` is a pattern with a path of that name.
      if ((what !== 'index' && what !== 'constraint') || tokens.word(at + 1) === '=') return [];
      return hitAt(entry, 0, at, `${first} ${what}`.toUpperCase());
    }),
};
