import { sameName } from '../dialect/kuzu-names';
import type { LintRule } from './rule';
import { eachEntry, endOf, hitAt } from './spots';

/** A macro of that name may have been made. */
export const nowFunction: LintRule = {
  code: 'KM406',
  summary: 'Calls now(), which Kùzu doesn’t have.',
  severity: 'error',
  dialect: 'cypher',
  find: (look) => {
    const made = look.entries.some(({ tokens }) => tokens.matches(0, 'create', 'macro') && tokens.name(2) === 'now');
    if (made || look.before?.macros.some(({ name }) => sameName(name, 'now'))) return [];
    return eachEntry(look, (entry) => {
      const { tokens, facts } = entry;
      if (!facts.functions.includes('now')) return [];
      const places = Array.from({ length: tokens.length }, (_, at) => at);
      return places
        .filter((at) => tokens.matches(at, 'now', '(', ')'))
        .map((at) => {
          const edit = { start: tokens.start(at), end: endOf(tokens, at), text: 'current_timestamp' };
          return hitAt(entry, at, at + 2, 'now()', [edit]);
        });
    });
  },
};
