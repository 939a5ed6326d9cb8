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
    /** The name that a column had before the section. */
    const renamed = new Map<string, string>();
    const tables = new LostTables(look);
    return eachEntry(look, (entry) => {
      const { tokens, effects } = entry;
      const altered = alteredTable(tokens, look.dialect);
      if (!altered) return [];
      const { action, subjectAt } = altered;
      const keyOf = (at: number) => `${tables.nameBefore(entry, altered.table)}\0${tokens.name(at)}`;
      const key = keyOf(subjectAt);
      if (effects.some(({ does }) => does === 'add-column')) added.add(key);
      const column = written(tokens, subjectAt);
      if (action === 'rename' && tokens.word(subjectAt + 1) === 'to') {
        const to = keyOf(subjectAt + 2);
        if (added.delete(key)) added.add(to);
        else renamed.set(to, renamed.get(key) ?? column);
        return [];
      }
      if (!effects.some(({ does }) => does === 'drop-column') || added.has(key)) return [];
      const table = tables.held(entry, altered.table);
      if (table === undefined) return [];
      const before = renamed.get(key) ?? column;
      return {
        index: entry.index,
        argument: `${shownTable(look, entry, table)}.${before}`,
        lost: { what: 'column', table, column: before },
      };
    });
  },
};
