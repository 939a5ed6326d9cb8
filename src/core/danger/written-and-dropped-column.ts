import { does, together } from './pairs';
import type { DangerRule } from './rule';

/** @source measured on Kùzu 0.11.3: the checkpoint that follows ends the process, and so does every later one. */
export const writtenAndDroppedColumn: DangerRule = {
  code: 'KM302',
  summary: 'Changes rows of a table and drops a column of it in one transaction.',
  dialect: 'cypher',
  severity: 'refuse',
  find: (span) => together(span, does('insert', 'update'), does('drop-column')),
};
