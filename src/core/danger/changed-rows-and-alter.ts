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
    const made = new Set(
      span.entries.flatMap(({ effects }) => effects.filter(({ does }) => does === 'create-table')).map(tableOf),
    );
    return inOrder(
      span,
      (effect) => (effect.does === 'update' || effect.does === 'delete') && !made.has(effect.table),
      (effect) =>
        effect.does === 'add-column' ||
        effect.does === 'drop-column' ||
        (effect.does === 'alter-table' && effect.rewrites === true),
    );
  },
};

function tableOf(effect: { readonly does: string; readonly table?: string }): string {
  return effect.table ?? '';
}
