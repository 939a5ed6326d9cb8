/**
 * Whether a word is a slip of a known one: the same first letter, and one letter too much, too few, wrong or swapped;
 * in words of eight letters or more, two. Equal words are not.
 */
export function isNear(written: string, known: string): boolean {
  const limit = known.length < 8 ? 1 : 2;
  if (written === known || written[0] !== known[0] || Math.abs(written.length - known.length) > limit) return false;
  return distance(written, known) <= limit;
}

/** Edits between two words; a swap of neighbours is one (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + changed);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
