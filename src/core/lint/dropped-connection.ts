import { dropConnection } from '../hazard/drop-connection';
import { LostTables, shownTable } from './lost-table';
import type { LintRule } from './rule';
import { eachEntry } from './spots';

export const droppedConnection: LintRule = {
  code: dropConnection.code,
  summary: dropConnection.summary,
  severity: 'warning',
  dialect: 'cypher',
  find: (look) => {
    const tables = new LostTables(look);
    return eachEntry(look, (entry) =>
      entry.effects.flatMap((effect) => {
        if (effect.does !== 'drop-pair') return [];
        const table = tables.held(entry, effect.table);
        if (table === undefined) return [];
        const [from = '', to = ''] = [effect.from, effect.to].map((end) => tables.nameBefore(entry, end));
        const names = [table, from].map((name) => shownTable(look, entry, name));
        const lost = { what: 'connection' as const, table, from, to };
        return [{ index: entry.index, argument: `${names.join('(')}->${shownTable(look, entry, to)})`, lost }];
      }),
    );
  },
};
