import type { Entry } from '../danger/rule';
import { foldName } from '../dialect/kuzu-names';
import type { Look } from './rule';
import { written } from './spots';

/** The key of a table of the model, as effects name it: in SQL with its schema, unless that is `main`. */
export function tableKey(table: { readonly name: string; readonly schema?: string }): string {
  const name = foldName(table.name);
  return table.schema === undefined || table.schema === 'main' ? name : `${foldName(table.schema)}.${name}`;
}

/**
 * The name that a table had before its section, if rows of it may be lost with it: not that of a table which the section
 * made, nor of one whose rows it has copied to another table by then.
 */
export function lostTable(look: Look, entry: Entry, table: string): string | undefined {
  let name = table;
  for (const { effects, facts } of look.entries.slice(0, entry.index).reverse()) {
    for (const effect of effects) {
      // With IF NOT EXISTS the table may be an older one.
      const isNew = effect.does === 'create-table' && facts.repeatable === 'no';
      if (isNew && effect.table === name && name === table) return undefined;
      if (effect.does === 'rename-table' && effect.to === name) name = effect.table;
    }
  }
  if (look.before && !look.before.tables.some((one) => tableKey(one) === name)) return undefined;
  return look.entries.slice(0, entry.index).some((one) => copies(one, table)) ? undefined : name;
}

/** Whether a statement writes into another table and reads this one. */
function copies({ effects, tokens }: Entry, table: string): boolean {
  if (!effects.some((effect) => effect.does === 'insert' && effect.table !== table)) return false;
  const last = table.split('.').at(-1);
  for (let at = 1; at < tokens.length; at++) {
    if (tokens.name(at) === last) return true;
  }
  return false;
}

/** A table as people know it: as the schema has it, else as the statement writes it. */
export function shownTable(look: Look, { tokens }: Entry, key: string): string {
  const known = look.before?.tables.find((one) => tableKey(one) === key);
  if (known) return known.name;
  for (let at = 1; at < tokens.length; at++) {
    if (tokens.name(at) === key) return written(tokens, at);
  }
  return key;
}
