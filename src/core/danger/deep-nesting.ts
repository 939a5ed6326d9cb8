import { each } from './pairs';
import type { DangerRule } from './rule';

/**
 * Half of what was seen to work.
 * @source measured on Kùzu 0.11.3: 600 calls in each other work, 1000 crash; 3000 parentheses crash; 200 lists work,
 * 500 take more than a minute, 1000 crash. DuckDB refuses such a statement by itself.
 */
const PARENTHESES = 500;
const LISTS = 100;

export const deepNesting: DangerRule = {
  code: 'KM307',
  summary: 'Nests parentheses, calls or lists too deeply.',
  dialect: 'cypher',
  severity: 'refuse',
  find: (span) =>
    each(span, ({ facts: { depth } }) => {
      if (depth.parentheses > PARENTHESES) return String(depth.parentheses);
      return depth.lists > LISTS ? String(depth.lists) : undefined;
    }),
};
