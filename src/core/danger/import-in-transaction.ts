import { each } from './pairs';
import type { DangerRule } from './rule';

/** @source measured on Kùzu 0.11.3: IMPORT commits what was done so far, and goes on without a transaction. */
export const importInTransaction: DangerRule = {
  code: 'KM309',
  summary: 'Imports a database inside a transaction, which ends it.',
  dialect: 'cypher',
  severity: 'refuse',
  always: true,
  find: (span) =>
    each(span, ({ facts }) => (span.transactional && facts.kind === 'import' ? 'IMPORT DATABASE' : undefined)),
};
