import { each } from './pairs';
import type { DangerRule } from './rule';

export const transactionStatement: DangerRule = {
  code: 'KM301',
  summary: 'Begins or ends a transaction inside a script.',
  severity: 'refuse',
  always: true,
  find: (span) => each(span, ({ facts, tokens }) => (facts.kind === 'transaction' ? tokens.raw(0) : undefined)),
};
