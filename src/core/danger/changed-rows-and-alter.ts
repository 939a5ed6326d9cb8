import { inOrder } from './pairs';
import type { DangerRule } from './rule';

/**
 * @source measured on DuckDB 1.5.5: COMMIT says `Attempting to modify table … but another transaction has altered this
 * table`. INSERT before, renaming, defaults, and rows of a table made in the same transaction are no trouble.
 */
export const changedRowsAndAlter: DangerRule = {
  code: 'KM321',
  summary: 'Updates or deletes rows and then alters the same table in one transaction.',
  dialect: 'sql',
  severity: 'refuse',
  find: (span) => {
    const made = new Map<string, number>();
    for (const { index, effects } of span.entries) {
      for (const effect of effects) {
        if (effect.does === 'create-table' && !made.has(effect.table)) made.set(effect.table, index);
      }
    }
    return inOrder(
      span,
      (effect, index) =>
        (effect.does === 'update' || effect.does === 'delete') && !((made.get(effect.table) ?? index) < index),
      (effect) =>
        effect.does === 'add-column' ||
        effect.does === 'drop-column' ||
        (effect.does === 'alter-table' && effect.rewrites === true),
    );
  },
};
