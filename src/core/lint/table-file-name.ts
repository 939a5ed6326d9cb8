import { alteredTable } from './alter-table';
import { createdTable } from './create-table';
import type { LintRule } from './rule';
import { eachEntry, hitAt, written } from './spots';

/** Kùzu makes file names of table names as they are, and reads them back as paths, patterns and string literals. */
const PROBLEM = /[/"'\\*?]|\[[^\]]+\]|^[A-Za-z]:/;
/** What most file systems allow, in bytes, less the ending and the names of two more tables. */
const LONGEST = 200;

export const tableFileName: LintRule = {
  code: 'KM443',
  summary: 'Names a table so that Kùzu’s own export can’t make a file of it, or can’t read it back.',
  severity: 'warning',
  dialect: 'cypher',
  find: (look) =>
    eachEntry(look, (entry) => {
      const { tokens, effects } = entry;
      const renamed = effects.some(({ does }) => does === 'rename-table') ? alteredTable(tokens, 'cypher') : undefined;
      const at = renamed ? renamed.subjectAt + 1 : createdTable(tokens, 'cypher')?.nameAt;
      if (at === undefined) return [];
      const name = written(tokens, at);
      const isBad = PROBLEM.test(name) || new TextEncoder().encode(name).length > LONGEST;
      return isBad ? hitAt(entry, at, at, name) : [];
    }),
};
