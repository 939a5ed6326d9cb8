import { each } from './pairs';
import type { DangerRule } from './rule';

/**
 * @source measured on Kùzu 0.11.3: ATTACH of another Kùzu database makes that one the default. A transaction's rows are
 * lost without an error at COMMIT, and afterwards every write, also that of the history, is refused.
 */
export const attachedKuzu: DangerRule = {
  code: 'KM310',
  summary: 'Makes another database the current one, so that rows and history go elsewhere.',
  dialect: 'cypher',
  severity: 'refuse',
  always: true,
  find: (span) =>
    each(span, ({ tokens }) => {
      if (tokens.word(0) === 'use' && tokens.length === 2) return 'USE';
      if (tokens.word(0) !== 'attach') return undefined;
      for (let at = 1; at < tokens.length; at++) if (tokens.matches(at, 'dbtype', 'kuzu')) return 'ATTACH';
      return undefined;
    }),
};
