import { tableKey } from '../loss/lost';
import { alteredTable } from './alter-table';
import { createdTable } from './create-table';
import { shownTable } from './lost-table';
import type { LintRule } from './rule';
import { eachEntry, hitAt, written } from './spots';

const NAMES = new Set(['from', 'to']);

export const endpointColumn: LintRule = {
  code: 'KM442',
  summary: 'Calls a column of a rel table `from` or `to`, and what Kùzu itself exports can’t be imported.',
  severity: 'warning',
  dialect: 'cypher',
  find: (look) => {
    const rels = new Set(look.before?.tables.flatMap((table) => (table.kind === 'rel' ? [tableKey(table)] : [])));
    return eachEntry(look, (entry) => {
      const { tokens, effects } = entry;
      const created = createdTable(tokens, 'cypher');
      if (created?.kind === 'rel') {
        rels.add(created.name);
        const table = written(tokens, created.nameAt);
        const named = created.columns.filter(({ at }) => NAMES.has(tokens.name(at)));
        return named.map(({ at, name }) => hitAt(entry, at, at, `${table}.${name}`));
      }
      const altered = alteredTable(tokens, 'cypher');
      if (!altered || !rels.has(altered.table)) return [];
      const renames = altered.action === 'rename' && tokens.word(altered.subjectAt + 1) === 'to';
      const adds = effects.some(({ does }) => does === 'add-column');
      const at = renames ? altered.subjectAt + 2 : altered.subjectAt;
      if (!(adds || renames) || !NAMES.has(tokens.name(at))) return [];
      return hitAt(entry, at, at, `${shownTable(look, entry, altered.table)}.${written(tokens, at)}`);
    });
  },
};
