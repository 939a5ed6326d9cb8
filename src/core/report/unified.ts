import { FILE_HEADERS_ONLY, formatPatch, type StructuredPatchHunk } from 'diff';
import { type DiffLine, diffLines } from './line-diff';
import { oneLine } from './one-line';

const CONTEXT = 3;

/** A unified diff with three lines of context, as `patch` and `git apply` read it; empty when the texts are equal. */
export function unifiedDiff(beforeLabel: string, afterLabel: string, before: string, after: string): string {
  if (before === after) return '';
  return formatPatch(
    {
      oldFileName: oneLine(beforeLabel),
      newFileName: oneLine(afterLabel),
      oldHeader: undefined,
      newHeader: undefined,
      hunks: hunks(diffLines(lines(before), lines(after))),
    },
    FILE_HEADERS_ONLY,
  );
}

/** Lines with their ends, so that a last line without one differs from the same line with one. */
function lines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

function hunks(diff: readonly DiffLine[]): StructuredPatchHunk[] {
  const found: StructuredPatchHunk[] = [];
  let open: StructuredPatchHunk | undefined;
  let quiet = 0;
  let oldLine = 1;
  let newLine = 1;
  diff.forEach(({ sign, line }, i) => {
    quiet = sign === ' ' ? quiet + 1 : 0;
    if (!open && sign !== ' ') {
      const context = diff.slice(Math.max(0, i - CONTEXT), i).filter((entry) => entry.sign === ' ');
      open = {
        oldStart: oldLine - context.length,
        newStart: newLine - context.length,
        oldLines: 0,
        newLines: 0,
        lines: [],
      };
      for (const entry of context) add(open, entry.sign, entry.line);
      found.push(open);
    }
    if (open) add(open, sign, line);
    if (sign !== '+') oldLine++;
    if (sign !== '-') newLine++;
    if (open && quiet === CONTEXT && !changesWithin(diff, i + 1)) open = undefined;
  });
  return found;
}

// Two changes share a hunk when their contexts would touch.
function changesWithin(diff: readonly DiffLine[], from: number): boolean {
  return diff.slice(from, from + CONTEXT + 1).some((entry) => entry.sign !== ' ');
}

function add(hunk: StructuredPatchHunk, sign: DiffLine['sign'], line: string): void {
  if (sign !== '+') hunk.oldLines++;
  if (sign !== '-') hunk.newLines++;
  if (line.endsWith('\n')) hunk.lines.push(sign + line.slice(0, -1));
  else hunk.lines.push(sign + line, '\\ No newline at end of file');
}
