import type { Dialect } from '../../core/dialect/dialect';
import { lexerOf } from '../../core/script/lexer';
import { markerOf } from '../../core/script/marker';
import { Positions } from '../../core/script/positions';
import { scan } from '../../core/script/scan';

/** Lines from 0; the last one is folded away too. */
export interface FoldedLines {
  readonly start: number;
  readonly end: number;
  readonly kind: 'region' | 'comment' | 'code';
}

const COMMENT_LINES: Readonly<Record<Dialect, RegExp>> = {
  cypher: /^\s*(?:--|\/\/)(.*)$/,
  // A marker with slashes is none to the grammar: `//` divides in DuckDB.
  sql: /^\s*--(.*)$/,
};
const REGION = /^\s*#region\b/;
const END_REGION = /^\s*#endregion\b/;

/** What can be folded: the UP and DOWN sections of a script, regions, block comments, and statements of several lines. */
export function foldedLines(text: string, dialect: Dialect): FoldedLines[] {
  const lines = text.split(/\r\n|\r|\n/);
  const readable = lines.map((line) => (dialect === 'cypher' && /^\s*--/.test(line) ? '' : line)).join('\n');
  const blocks = blocksOf(readable, dialect);
  const inside = new Set(blocks.flatMap(({ start, end }) => range(start + 1, end)));
  const notes = lines.map((line, at) => (inside.has(at) ? undefined : COMMENT_LINES[dialect].exec(line)?.[1]));
  const comments = blocks.filter(({ kind }) => kind === 'comment');
  return [...sections(lines, notes), ...regions(notes), ...comments, ...statements(readable, dialect)].filter(
    ({ start, end }) => end > start,
  );
}

/** Whether a text has an UP or DOWN section. */
export function hasSections(text: string, dialect: Dialect): boolean {
  return text.split(/\r\n|\r|\n/).some((line) => markerOf(COMMENT_LINES[dialect].exec(line)?.[1] ?? '') !== undefined);
}

function sections(lines: readonly string[], notes: readonly (string | undefined)[]): FoldedLines[] {
  const starts = notes.flatMap((note, at) => (note !== undefined && markerOf(note) ? [at] : []));
  return starts.map((start, at) => {
    let end = (starts[at + 1] ?? lines.length) - 1;
    // The blank lines before the next section stay visible between the two.
    while (end > start && lines[end]?.trim() === '') end--;
    return { start, end, kind: 'region' };
  });
}

function regions(notes: readonly (string | undefined)[]): FoldedLines[] {
  const open: number[] = [];
  const found: FoldedLines[] = [];
  notes.forEach((note = '', end) => {
    if (REGION.test(note)) open.push(end);
    const start = END_REGION.test(note) ? open.pop() : undefined;
    if (start !== undefined) found.push({ start, end, kind: 'region' });
  });
  return found;
}

/** Block comments and strings of several lines, in which a line that looks like a marker is none. */
function blocksOf(text: string, dialect: Dialect): FoldedLines[] {
  const found: FoldedLines[] = [];
  const positions = new Positions(text);
  const lexer = lexerOf(text, dialect);
  for (let kind = lexer.next(); kind !== undefined; kind = lexer.next()) {
    if (kind !== 'block-comment' && kind !== 'string' && kind !== 'name') continue;
    const start = positions.at(lexer.start).line - 1;
    const end = positions.at(lexer.end).line - 1;
    if (end > start) found.push({ start, end, kind: kind === 'block-comment' ? 'comment' : 'code' });
  }
  return found;
}

function statements(text: string, dialect: Dialect): FoldedLines[] {
  return scan(text, dialect).map((statement) => {
    const start = statement.line - 1;
    return { start, end: start + statement.text.split('\n').length - 1, kind: 'code' };
  });
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, at) => from + at);
}
