import { foldName } from '../dialect/kuzu-names';

/** How alike two names are, from 0 to 1; `userId` and `user_id` are the same. */
export function nameSimilarity(a: string, b: string): number {
  return bareSimilarity(bareName(a), bareName(b));
}

/** The same of names that {@link bareName} made, where each is compared with many. */
export function bareSimilarity(x: string, y: string): number {
  if (x === y) return 1;
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  if (short === '') return 0;
  // `name` and `fullName` are further apart than by their letters.
  const within = short.length >= 3 && long.includes(short) ? 0.8 : 0;
  return Math.max(within, 1 - distance(short, long) / long.length);
}

/** A name without its case and what joins words. */
export function bareName(name: string): string {
  return foldName(name).replace(/[\s_-]+/g, '');
}

/** Edits between two words (Levenshtein), row by row. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + changed));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
