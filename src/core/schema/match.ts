import { compareCodePoints, indexByName } from './order';

export interface Matched<T> {
  readonly added?: (item: T) => void;
  readonly dropped?: (item: T) => void;
  readonly both: (before: T, after: T) => void;
}

/** Calls for each name of either side, in order of name. */
export function match<T>(before: readonly T[], after: readonly T[], key: (item: T) => string, on: Matched<T>): void {
  const older = indexByName(before, key);
  const newer = indexByName(after, key);
  for (const name of [...new Set([...older.keys(), ...newer.keys()])].sort(compareCodePoints)) {
    const a = older.get(name);
    const b = newer.get(name);
    if (a && b) on.both(a, b);
    else if (a) on.dropped?.(a);
    else if (b) on.added?.(b);
  }
}
