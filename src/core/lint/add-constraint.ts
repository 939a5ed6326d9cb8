import type { Tokens } from '../statement/tokens';
import { alteredTable, type WrittenAlter } from './alter-table';
import type { LintRule } from './rule';
import { eachEntry, hitAt } from './spots';

const KINDS = new Set(['unique', 'check', 'foreign']);

/**
 * @source measured on DuckDB 1.5.5: `No support for that ALTER TABLE option yet!` for UNIQUE, CHECK, FOREIGN KEY and DROP
 * CONSTRAINT; `Adding columns with constraints not yet supported`. ADD PRIMARY KEY works.
 */
export const addConstraint: LintRule = {
  code: 'KM421',
  summary: 'Adds or drops a constraint of a table that is there, which DuckDB can’t.',
  severity: 'error',
  dialect: 'sql',
  find: (look) =>
    eachEntry(look, (entry) => {
      const altered = alteredTable(entry.tokens, 'sql');
      const at = altered ? constraintAt(entry.tokens, altered) : undefined;
      return altered && at !== undefined ? hitAt(entry, at, entry.tokens.length - 1, altered.table) : [];
    }),
};

function constraintAt(tokens: Tokens, { action, actionAt, subjectAt, columnWordAt }: WrittenAlter): number | undefined {
  const next = actionAt + 1;
  if (action === 'drop') return tokens.word(next) === 'constraint' ? next : undefined;
  if (action !== 'add') return undefined;
  if (columnWordAt < 0) {
    const kind = tokens.word(next) === 'constraint' ? next + 2 : next;
    if (KINDS.has(tokens.word(kind)) && (kind > next || ['(', 'key'].includes(tokens.word(kind + 1)))) return next;
    if (kind > next || tokens.matches(next, 'primary', 'key')) return undefined;
  }
  for (let at = subjectAt + 2, depth = 0; at < tokens.length; at++) {
    const symbol = tokens.kind(at) === 'symbol' ? tokens.word(at) : '';
    if (symbol === '(' || symbol === '[' || symbol === '{') depth++;
    if (symbol === ')' || symbol === ']' || symbol === '}') depth--;
    if (depth > 0) continue;
    const isNot = tokens.matches(at, 'not', 'null') && tokens.word(at - 1) !== 'is';
    if (isNot || ['unique', 'check', 'references'].includes(tokens.word(at))) return at;
    if (tokens.matches(at, 'primary', 'key')) return at;
  }
  return undefined;
}
