import { sequenceRestart } from '../hazard/sequence-restart';
import { sqlName } from '../statement/sql-names';
import type { LintRule } from './rule';
import { eachEntry, skipIf, written } from './spots';

export const droppedSequence: LintRule = {
  code: sequenceRestart.code,
  summary: sequenceRestart.summary,
  severity: 'warning',
  find: (look) => {
    const made = new Set<string>();
    return eachEntry(look, ({ tokens, index }) => {
      const at = skipIf(tokens, 2);
      const { name, end } = look.dialect === 'sql' ? sqlName(tokens, at) : { name: tokens.name(at), end: at + 1 };
      if (tokens.matches(0, 'create', 'sequence')) made.add(name);
      if (!tokens.matches(0, 'drop', 'sequence') || made.has(name)) return [];
      return { index, argument: written(tokens, end - 1) };
    });
  },
};
