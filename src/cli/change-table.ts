import type { ChangeRow } from '../core/schema/change';
import type { Shell } from './shell';
import { table } from './table';

/** Changes of a schema for the terminal: kind, object, hazards, and the change as one line. */
export function changeTable(changes: readonly ChangeRow[], shell: Shell): string[] {
  if (changes.length === 0) return [shell.text('cli.diff.equal')];
  const headings = ['kind', 'object', 'hazards', 'text'].map((key) => shell.text(`cli.column.${key}`));
  const rows = changes.map(({ kind, object, hazards, text }) => [kind, object, hazards.join(' '), text]);
  return table(headings, rows, shell);
}
