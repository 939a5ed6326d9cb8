import type { Entry } from '../danger/rule';
import { itemsIn } from '../schema/build/read-items';
import { sqlName } from '../statement/sql-names';
import type { Tokens } from '../statement/tokens';
import { alteredTable } from './alter-table';
import { createdTable } from './create-table';
import type { LintRule } from './rule';
import { eachEntry, endOf, hitAt } from './spots';

/** @source measured on DuckDB 1.5.5: `syntax error at or near "at"`, but not behind a dot or AS */
export const atColumn: LintRule = {
  code: 'KM422',
  summary: 'Names a column `at` without quotes, which DuckDB can’t read since 1.5.',
  severity: 'error',
  dialect: 'sql',
  find: (look) =>
    eachEntry(look, (entry) => {
      const { tokens } = entry;
      return [...new Set(placesOf(entry))]
        .filter((at) => tokens.word(at) === 'at')
        .map((at) => {
          const edit = { start: tokens.start(at), end: endOf(tokens, at), text: `"${tokens.raw(at)}"` };
          return hitAt(entry, at, at, tokens.raw(at), [edit]);
        });
    }),
};

/** Where the name of a column begins. */
function placesOf({ tokens }: Entry): number[] {
  const created = createdTable(tokens, 'sql');
  if (created) return [...created.items.map(({ from }) => from), ...created.key];
  const altered = alteredTable(tokens, 'sql');
  if (altered) return [altered.subjectAt, ...renamedTo(tokens, altered.subjectAt)];
  if (tokens.word(0) === 'insert') {
    const into = tokens.word(1) === 'into' ? 2 : tokens.word(4) === 'into' ? 5 : tokens.length;
    const { end } = sqlName(tokens, into);
    return tokens.word(end) === '(' ? itemsIn(tokens, end).map(({ from }) => from) : [];
  }
  if (tokens.word(0) !== 'update') return [];
  const places: number[] = [];
  for (let at = 1; at < tokens.length; at++) {
    const before = tokens.word(at - 1);
    if ((before === 'set' || before === ',') && tokens.word(at + 1) === '=') places.push(at);
  }
  return places;
}

function renamedTo(tokens: Tokens, subject: number): number[] {
  return tokens.word(subject + 1) === 'to' ? [subject + 2] : [];
}
