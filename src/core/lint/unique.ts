import { alteredTable } from './alter-table';
import { createdTable } from './create-table';
import type { LintRule } from './rule';
import { eachEntry, hitAt, without } from './spots';

/** A column may be called `unique`; behind a type it is a constraint. */
export const unique: LintRule = {
  code: 'KM403',
  summary: 'Uses UNIQUE, which Kùzu doesn’t have.',
  severity: 'error',
  dialect: 'cypher',
  find: (look) =>
    eachEntry(look, (entry) => {
      const { tokens } = entry;
      const created = createdTable(tokens, 'cypher');
      if (created) {
        const behind = created.columns.flatMap(({ range }) => places(range.from + 2, range.to));
        const whole = created.items.filter(({ from }) => tokens.matches(from, 'unique', '('));
        return [
          ...behind
            .filter((at) => tokens.word(at) === 'unique')
            .map((at) => hitAt(entry, at, at, created.name, without(tokens, at, at))),
          ...whole.map(({ from, to }) => hitAt(entry, from, to - 1, created.name)),
        ];
      }
      const altered = alteredTable(tokens, 'cypher');
      if (!altered) return [];
      return places(altered.subjectAt + 2, tokens.length)
        .filter((at) => tokens.word(at) === 'unique')
        .map((at) => hitAt(entry, at, at, altered.table, without(tokens, at, at)));
    }),
};

function places(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
