import type { Dialect } from '../dialect/dialect';
import type { ScriptStatement } from '../script/script';
import { classifyTokens } from '../statement/classify';
import type { Effect } from '../statement/facts';
import { tokenize } from '../statement/tokens';
import type { Entry, Span } from './rule';

/** A section's statements with their facts, in order. */
export function entriesOf(statements: readonly Pick<ScriptStatement, 'text'>[], dialect: Dialect): Entry[] {
  return statements.map(({ text }, index) => {
    const tokens = tokenize(text, dialect);
    const facts = classifyTokens(tokens, dialect);
    return { index, facts, effects: facts.effects, tokens };
  });
}

/** The entries by transaction: all between two `reopen`, or each for itself where every statement commits. */
export function spansOf(
  entries: readonly Entry[],
  statements: readonly ScriptStatement[],
  transactional: boolean,
): Span[] {
  const groups: Entry[][] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last === undefined || !transactional || statements[entry.index]?.reopenBefore) groups.push([entry]);
    else last.push(entry);
  }
  return groups.map((group) => ({ transactional, entries: withoutRenames(group) }));
}

/** Gives every table the name it had at the start of its transaction. */
export function withoutRenames(entries: readonly Entry[]): Entry[] {
  const first = new Map<string, string>();
  const original = (name: string) => first.get(name) ?? name;
  return entries.map((entry) => {
    const effects = entry.effects.map((effect): Effect => {
      if (!('table' in effect)) return effect;
      const table = original(effect.table);
      if (effect.does === 'rename-table') {
        // What bears the old name from here on is another table.
        first.set(effect.table, `${effect.table}′`);
        first.set(effect.to, table);
      }
      return { ...effect, table };
    });
    return { ...entry, effects };
  });
}
