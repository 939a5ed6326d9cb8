import type { LintRule } from './rule';
import { eachEntry, endOf, hitAt } from './spots';

export const truncate: LintRule = {
  code: 'KM411',
  summary: 'Uses TRUNCATE, which Kùzu doesn’t have.',
  severity: 'error',
  dialect: 'cypher',
  find: (look) =>
    eachEntry(look, (entry) => {
      const { tokens } = entry;
      if (tokens.word(0) !== 'truncate') return [];
      const at = tokens.word(1) === 'table' ? 2 : 1;
      const isWhole = tokens.length === at + 1 && tokens.name(at) !== '';
      const text = `MATCH (n:${tokens.raw(at)}) DETACH DELETE n`;
      const edits = [{ start: 0, end: endOf(tokens, at), text }];
      return hitAt(entry, 0, tokens.length - 1, tokens.raw(at), isWhole ? edits : undefined);
    }),
};
