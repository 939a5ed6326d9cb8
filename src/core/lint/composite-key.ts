import { createdTable } from './create-table';
import type { LintRule } from './rule';
import { eachEntry, hitAt, written } from './spots';

export const compositeKey: LintRule = {
  code: 'KM409',
  summary: 'Makes a primary key of several columns; in Kùzu it is one.',
  severity: 'error',
  dialect: 'cypher',
  find: (look) =>
    eachEntry(look, (entry) => {
      const created = createdTable(entry.tokens, 'cypher');
      const [first, ...more] = created?.key ?? [];
      const last = more.at(-1);
      if (first === undefined || last === undefined) return [];
      const names = [first, ...more].map((at) => written(entry.tokens, at)).join(', ');
      return hitAt(entry, first, last, names);
    }),
};
