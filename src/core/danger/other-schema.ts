import { each } from './pairs';
import type { DangerRule } from './rule';

const PATHS = new Set(['schema', 'search_path']);

/** @source measured on DuckDB 1.5.5: names without a schema, the history's too, are then looked up there; no ROLLBACK undoes it. */
export const otherSchema: DangerRule = {
  code: 'KM322',
  summary: 'Makes another database or schema the current one.',
  dialect: 'sql',
  severity: 'refuse',
  always: true,
  find: (span) =>
    each(span, ({ tokens }) => {
      if (tokens.word(0) === 'use') return tokens.name(1);
      if (tokens.word(0) !== 'set' && tokens.word(0) !== 'pragma') return undefined;
      const scope = ['session', 'global', 'local'].includes(tokens.word(1)) ? 1 : 0;
      return PATHS.has(tokens.name(1 + scope)) ? tokens.name(1 + scope) : undefined;
    }),
};
