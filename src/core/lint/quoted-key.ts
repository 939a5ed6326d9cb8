import { needsQuotes } from '../dialect/kuzu-names';
import { createdTable } from './create-table';
import type { LintRule } from './rule';
import { eachEntry, hitAt, written } from './spots';

/** Letters of any language stand bare. */
const UNICODE_NAME = /^[\p{ID_Start}\p{Pc}][\p{ID_Continue}\p{Sc}]*$/u;

export const quotedKey: LintRule = {
  code: 'KM441',
  summary: 'Names a primary key so that it needs quotes, and Kùzu’s own export of relationships at it fails.',
  severity: 'note',
  dialect: 'cypher',
  find: (look) =>
    eachEntry(look, (entry) => {
      const { tokens } = entry;
      const created = createdTable(tokens, 'cypher');
      if (created?.kind !== 'node') return [];
      const at = created.key[0] ?? created.columns.find(({ isKey }) => isKey)?.at;
      if (at === undefined) return [];
      const name = written(tokens, at);
      const isBare = !needsQuotes(name) || (UNICODE_NAME.test(name) && /\P{ASCII}/u.test(name));
      return isBare ? [] : hitAt(entry, at, at, `${written(tokens, created.nameAt)}.${name}`);
    }),
};
