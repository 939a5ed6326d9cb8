import Table from 'cli-table3';
import type { Shell } from './shell';

/** Rows under headings: aligned columns in a terminal, tab-separated lines in a pipe. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  shell: Pick<Shell, 'isTerminal' | 'headingStyle'>,
): string[] {
  if (!shell.isTerminal) return [headings, ...rows].map((row) => row.join('\t'));
  const lines = new Table({
    head: [...headings],
    chars: Object.fromEntries(EDGES.map((edge) => [edge, ''])) as Record<string, string>,
    style: { head: [...shell.headingStyle], border: [], 'padding-left': 0, 'padding-right': 2 },
    colAligns: headings.map((_heading, at) =>
      rows.every((row) => /^[\d,.]*( [KMGT]?i?B)?$/.test(row[at] ?? '')) ? 'right' : 'left',
    ),
  });
  lines.push(...rows.map((row) => [...row]));
  return lines
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

const EDGES = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
  'middle',
];
