import type { LintRule } from './rule';
import { eachEntry, hitAt, without } from './spots';

export const notNull: LintRule = {
  code: 'KM402',
  summary: 'Uses NOT NULL, which Kùzu doesn’t have.',
  severity: 'error',
  dialect: 'cypher',
  find: (look) =>
    eachEntry(look, (entry) => {
      const { tokens, facts } = entry;
      if (facts.kind !== 'create-table' && facts.kind !== 'alter-table') return [];
      const places = Array.from({ length: tokens.length }, (_, at) => at);
      return places
        .filter((at) => at > 0 && tokens.matches(at, 'not', 'null') && tokens.word(at - 1) !== 'is')
        .map((at) => hitAt(entry, at, at + 1, facts.tables[0] ?? '', without(tokens, at, at + 1)));
    }),
};
