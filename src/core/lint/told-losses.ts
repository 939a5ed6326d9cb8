import { foldName } from '../dialect/kuzu-names';
import type { Lost } from '../loss/lost';
import { LostTables } from './lost-table';
import type { Look } from './rule';
import { LOSS_RULES } from './rules';

/**
 * Whether the statements of a section by themselves tell of a loss, so that the change of the schema needn't. What a
 * `lint-ignore` accepts counts as told; so does a table that is dropped once its rows are somewhere else.
 */
export function toldLosses(look: Look): (lost: Lost) => boolean {
  const told = new Set<string>();
  for (const rule of LOSS_RULES) {
    if (rule.dialect !== undefined && rule.dialect !== look.dialect) continue;
    for (const { lost } of rule.find(look)) if (lost) told.add(keyOf(lost));
  }
  const tables = new LostTables(look);
  const dropped = new Set(
    look.entries.flatMap((entry) =>
      entry.effects.flatMap((effect) =>
        effect.does === 'drop-table' || (effect.does === 'create-table' && effect.replaces)
          ? tables.nameBefore(entry, effect.table)
          : [],
      ),
    ),
  );
  return (lost) =>
    told.has(keyOf(lost)) ||
    told.has(keyOf({ what: 'table', table: lost.table })) ||
    (lost.what === 'table' && dropped.has(lost.table));
}

function keyOf(lost: Lost): string {
  const parts =
    lost.what === 'column' ? [foldName(lost.column)] : lost.what === 'connection' ? [lost.from, lost.to] : [];
  return JSON.stringify([lost.what, lost.table, ...parts]);
}
