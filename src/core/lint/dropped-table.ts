import { dropTable } from '../hazard/drop-table';
import { LostTables, shownTable } from './lost-table';
import type { LintRule } from './rule';
import { eachEntry } from './spots';

export const droppedTable: LintRule = {
  code: dropTable.code,
  summary: dropTable.summary,
  severity: 'warning',
  find: (look) => {
    const tables = new LostTables(look);
    return eachEntry(look, (entry) =>
      entry.effects.flatMap((effect) => {
        const drops = effect.does === 'drop-table' || (effect.does === 'create-table' && effect.replaces);
        const table = drops ? tables.lost(entry, effect.table) : undefined;
        if (table === undefined) return [];
        return [
          { index: entry.index, argument: shownTable(look, entry, table), lost: { what: 'table' as const, table } },
        ];
      }),
    );
  },
};
