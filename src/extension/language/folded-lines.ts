import { scanStatements } from '../../core/script/scan';

/** Lines from 0; the last one is folded away too. */
export interface FoldedLines {
  readonly start: number;
  readonly end: number;
  readonly kind: 'region' | 'comment' | 'code';
}

const SECTION = /^\s*(?:--|\/\/)\s*(?:UP|DOWN)\b/i;
const REGION = /^\s*(?:--|\/\/)\s*#region\b/;
const END_REGION = /^\s*(?:--|\/\/)\s*#endregion\b/;

/** What can be folded: the UP and DOWN sections of a script, regions, block comments, and statements of several lines. */
export function foldedLines(text: string): FoldedLines[] {
  const lines = text.split(/\r\n|\r|\n/);
  return [...sections(lines), ...regions(lines), ...comments(lines), ...statements(lines)].filter(
    ({ start, end }) => end > start,
  );
}

function sections(lines: readonly string[]): FoldedLines[] {
  const starts = lines.flatMap((line, at) => (SECTION.test(line) ? [at] : []));
  return starts.map((start, at) => {
    let end = (starts[at + 1] ?? lines.length) - 1;
    // The blank lines before the next section stay visible between the two.
    while (end > start && lines[end]?.trim() === '') end--;
    return { start, end, kind: 'region' };
  });
}

function regions(lines: readonly string[]): FoldedLines[] {
  const open: number[] = [];
  const found: FoldedLines[] = [];
  lines.forEach((line, end) => {
    if (REGION.test(line)) open.push(end);
    const start = END_REGION.test(line) ? open.pop() : undefined;
    if (start !== undefined) found.push({ start, end, kind: 'region' });
  });
  return found;
}

function comments(lines: readonly string[]): FoldedLines[] {
  let start: number | undefined;
  return lines.flatMap((line, end): FoldedLines[] => {
    if (start === undefined && /^\s*\/\*/.test(line) && !line.includes('*/')) start = end;
    if (start === undefined || !line.includes('*/')) return [];
    const found: FoldedLines = { start, end, kind: 'comment' };
    start = undefined;
    return [found];
  });
}

function statements(lines: readonly string[]): FoldedLines[] {
  // A line with a marker is a comment to us, and no token of the engine's.
  const text = lines.map((line) => (/^\s*--/.test(line) ? '' : line)).join('\n');
  return scanStatements(text).map((statement) => {
    const start = statement.line - 1;
    return { start, end: start + statement.text.split('\n').length - 1, kind: 'code' };
  });
}
