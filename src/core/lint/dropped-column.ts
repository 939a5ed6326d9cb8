import { dropColumn } from '../hazard/drop-column';
import { alteredTable } from './alter-table';
import { LostTables, shownTable } from './lost-table';
import type { LintRule } from './rule';
import { eachEntry, written } from './spots';

/** A column that the same section added holds nothing that was there before. */
export const droppedColumn: LintRule = {
  code: dropColumn.code,
  summary: dropColumn.summary,
  severity: 'warning',
  find: (look) => {
    const added = new Set<string>();
    const tables = new LostTables(look);
    return eachEntry(look, (entry) => {
      const { tokens, effects, index } = entry;
      const altered = alteredTable(tokens, look.dialect);
      if (!altered) return [];
      const key = `${altered.table}\0${tokens.name(altered.subjectAt)}`;
      if (effects.some(({ does }) => does === 'add-column')) added.add(key);
      if (!effects.some(({ does }) => does === 'drop-column') || added.has(key)) return [];
      const table = tables.lost(entry, altered.table);
      if (table === undefined) return [];
      const column = written(tokens, altered.subjectAt);
      return {
        index,
        argument: `${shownTable(look, entry, table)}.${column}`,
        lost: { what: 'column', table, column },
      };
    });
  },
};
