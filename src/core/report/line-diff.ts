import { diffArrays } from 'diff';

/** A line with what becomes of it: `' '` stays, `'-'` goes, `'+'` comes. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

// Between two anchors a table is short. Where it is not, quadratic work is not worth a smaller diff.
const MOST_EDITS = 2000;

/**
 * The difference of two texts line by line. Lines that occur once on each side and in the same order (every CREATE TABLE
 * does) are matched first, so that the work grows with the size of the schema and not with its square.
 */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const result: DiffLine[] = [];
  let older = 0;
  let newer = 0;
  for (const [a, b] of [...anchors(before, after), [before.length, after.length] as const]) {
    diffSegment(before.slice(older, a), after.slice(newer, b), result);
    const line = before[a];
    if (line !== undefined) result.push({ sign: ' ', line });
    older = a + 1;
    newer = b + 1;
  }
  return result;
}

function diffSegment(before: string[], after: string[], result: DiffLine[]): void {
  const parts = before.length && after.length ? diffArrays(before, after, { maxEditLength: MOST_EDITS }) : undefined;
  if (!parts) {
    for (const line of before) result.push({ sign: '-', line });
    for (const line of after) result.push({ sign: '+', line });
    return;
  }
  for (const part of parts) {
    const sign = part.added ? '+' : part.removed ? '-' : ' ';
    for (const line of part.value) result.push({ sign, line });
  }
}

/** Pairs of positions of lines that are unique on both sides, rising on both: the longest such chain (patience diff). */
function anchors(before: readonly string[], after: readonly string[]): (readonly [number, number])[] {
  const older = uniqueLines(before);
  const newer = uniqueLines(after);
  const pairs: { a: number; b: number; previous: number }[] = [];
  for (const [line, a] of older) {
    const b = newer.get(line);
    if (a >= 0 && b !== undefined && b >= 0) pairs.push({ a, b, previous: -1 });
  }
  // The last pair of the best chain of each length; b rises along it, so a binary search finds the chain to extend.
  const ends: number[] = [];
  pairs.forEach((pair, i) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.b ?? 0) < pair.b) low = middle + 1;
      else high = middle;
    }
    pair.previous = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = i;
  });
  const chain: (readonly [number, number])[] = [];
  for (let pair = pairs[ends.at(-1) ?? -1]; pair; pair = pairs[pair.previous]) chain.push([pair.a, pair.b]);
  return chain.reverse();
}

/** Where each line stands, or -1 for a line that occurs more than once; in order of first occurrence. */
function uniqueLines(lines: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  lines.forEach((line, i) => {
    found.set(line, found.has(line) ? -1 : i);
  });
  return found;
}
