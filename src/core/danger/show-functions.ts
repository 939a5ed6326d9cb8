import { each } from './pairs';
import type { DangerRule } from './rule';

/** @source measured on Kùzu 0.11.3: it ends the process as soon as there is a macro; a full-text index makes one, too. */
export const showFunctions: DangerRule = {
  code: 'KM306',
  summary: 'Calls show_functions, which crashes where a macro or a full-text index is.',
  dialect: 'cypher',
  severity: 'refuse',
  find: (span) =>
    each(span, ({ facts }) => (facts.functions.includes('show_functions') ? 'show_functions' : undefined)),
};
