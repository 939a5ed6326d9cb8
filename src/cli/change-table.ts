import type { CountedRow } from '../core/report/counted-rows';
import { formatCount } from '../core/text/format';
import type { Shell } from './shell';
import { table } from './table';

/** Changes of a schema for the terminal: kind, object, hazards, how much they take where that was counted, and the change as one line. */
export function changeTable(changes: readonly CountedRow[], shell: Shell): string[] {
  if (changes.length === 0) return [shell.text('cli.diff.equal')];
  const database = changes.find(({ lost }) => lost)?.lost?.database;
  const heading = (key: string) => shell.text(`cli.column.${key}`);
  const counts = database === undefined ? [] : [shell.text('cli.column.lost', { database })];
  const headings = [...['kind', 'object', 'hazards'].map(heading), ...counts, heading('text')];
  const rows = changes.map(({ kind, object, hazards, lost, text }) => {
    const count = lost ? formatCount(lost.count) : '';
    return [kind, object, hazards.join(' '), ...counts.map(() => count), text];
  });
  return table(headings, rows, shell);
}
