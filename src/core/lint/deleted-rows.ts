import type { Entry } from '../danger/rule';
import type { Dialect } from '../dialect/dialect';
import { sqlName } from '../statement/sql-names';
import { LostTables, shownTable } from './lost-table';
import type { LintRule } from './rule';
import { eachEntry } from './spots';

export const deletedRows: LintRule = {
  code: 'DL106',
  summary: 'Deletes all rows of a table.',
  severity: 'warning',
  find: (look) => {
    const tables = new LostTables(look);
    return eachEntry(look, (entry) => {
      const written = emptied(entry, look.dialect);
      if (written === undefined) return [];
      if (written === '') return { index: entry.index, argument: '*' };
      const table = tables.lost(entry, written);
      return table === undefined
        ? []
        : { index: entry.index, argument: shownTable(look, entry, table), lost: { what: 'rows', table } };
    });
  },
};

/** The table that a statement empties; `''` where it may be every one. */
function emptied({ tokens, effects }: Entry, dialect: Dialect): string | undefined {
  if (dialect === 'sql') {
    if (tokens.word(0) === 'truncate') return sqlName(tokens, tokens.word(1) === 'table' ? 2 : 1).name;
    if (!tokens.matches(0, 'delete', 'from')) return undefined;
    const { name, end } = sqlName(tokens, 2);
    return words(tokens, end).some((word) => word === 'where' || word === 'using') ? undefined : name;
  }
  // Only `MATCH (n:Table) [DETACH] DELETE n` and its like: a pattern with more is a condition.
  const all = words(tokens, 0);
  const first = all.indexOf('delete');
  const isPlain =
    all[0] === 'match' && first > 0 && !all.some((word) => ['where', 'with', 'limit', '{', '-', '['].includes(word));
  const ofRelationship = isRelationship(all);
  if (!isPlain && !ofRelationship) return undefined;
  return effects.find(({ does }) => does === 'delete')?.does === 'delete'
    ? effects.flatMap((effect) => (effect.does === 'delete' ? [effect.table] : []))[0]
    : undefined;
}

/** `MATCH ()-[r:Table]->() DELETE r`, whatever the arrow's direction. */
function isRelationship(words: readonly string[]): boolean {
  return /^match \( \) (?:< )?- \[ (\S+) : \S+ \] - (?:> )?\( \) delete \1$/.test(words.join(' '));
}

function words(tokens: Entry['tokens'], from: number): string[] {
  return Array.from(
    { length: tokens.length - from },
    (_, index) => tokens.name(from + index) || tokens.word(from + index),
  );
}
