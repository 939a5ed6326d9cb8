import type { Entry } from '../danger/rule';
import type { Dialect } from '../dialect/dialect';
import { alteredTable } from './alter-table';
import { written } from './spots';

/** The renames that the statements of a section make, as `rename` directives record them. */
export function writtenRenames(entries: readonly Entry[], dialect: Dialect): string[] {
  return entries.flatMap(({ tokens, effects }) => {
    const altered = alteredTable(tokens, dialect);
    if (altered?.action !== 'rename') return [];
    const { tableFrom, tableTo, subjectAt } = altered;
    const names = Array.from({ length: tableTo - tableFrom + 1 }, (_, index) => written(tokens, tableFrom + index));
    const table = names.filter((name) => name !== '.').map(quoted);
    if (effects.some(({ does }) => does === 'rename-table')) {
      return [`${table.join('.')}=${quoted(written(tokens, subjectAt + 1))}`];
    }
    if (tokens.word(subjectAt + 1) !== 'to') return [];
    return [`${[...table, quoted(written(tokens, subjectAt))].join('.')}=${quoted(written(tokens, subjectAt + 2))}`];
  });
}

function quoted(name: string): string {
  return /^\w+$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
