import type { Change } from '../schema/change';
import type { OrderNote } from '../schema/diff';
import { changeRows } from './changes';
import { codeBlock, codeCell, codeSpan, plainText } from './markdown-text';
import { unifiedDiff } from './unified';

export interface MarkdownDiff {
  readonly from: string;
  readonly to: string;
  readonly changes: readonly Change[];
  readonly notes: readonly OrderNote[];
  /** Both schemas as text, see printPair. */
  readonly before: string;
  readonly after: string;
}

/** A section for a pull request or a page: what changes as a table, then the diff. Ends with a line break. */
export function markdownDiff(diff: MarkdownDiff): string {
  const parts = [`### Schema: ${plainText(diff.from)} → ${plainText(diff.to)}\n`];
  parts.push(diff.changes.length === 0 ? 'No changes.\n' : changeTable(diff.changes));
  if (diff.notes.length > 0) parts.push(diff.notes.map(noteLine).join(''));
  const patch = unifiedDiff(diff.from, diff.to, diff.before, diff.after);
  if (patch !== '') parts.push(codeBlock('diff', patch));
  return parts.join('\n');
}

function changeTable(changes: readonly Change[]): string {
  const rows = changeRows(changes).map(
    (row) => `| ${row.kind} | ${codeCell(row.object)} | ${row.hazards.join(', ')} | ${codeCell(row.text)} |\n`,
  );
  return `| Change | Object | Hazards | Statement |\n| --- | --- | --- | --- |\n${rows.join('')}`;
}

function noteLine(note: OrderNote): string {
  return `- The ${note.what} of ${codeSpan(note.table)} stand in another order, which is no change.\n`;
}
