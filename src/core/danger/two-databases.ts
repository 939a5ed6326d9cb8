import { each } from './pairs';
import type { DangerRule } from './rule';

/** @source measured on DuckDB 1.5.5: one transaction writes to one database, and the history is written in it. */
export const twoDatabases: DangerRule = {
  code: 'KM323',
  summary: 'Writes to an attached database in the transaction that writes the history.',
  dialect: 'sql',
  severity: 'refuse',
  find: (span) => {
    if (!span.transactional) return [];
    const attached = new Set<string>();
    return each(span, ({ effects }) => {
      for (const effect of effects) if (effect.does === 'attach') attached.add(effect.name);
      for (const effect of effects) {
        const name = 'table' in effect ? effect.table : '';
        const database = name.slice(0, name.indexOf('.'));
        if (name.includes('.') && attached.has(database)) return database;
      }
      return undefined;
    });
  },
};
