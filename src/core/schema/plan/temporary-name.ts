import { foldName } from '../../dialect/kuzu-names';

/**
 * A name for something that lives only while a way runs: the same for the same input, so that a way is written the same
 * every time, and free: none of `taken` and no earlier answer, since it is added to them.
 * @param taken folded names
 */
export function temporaryName(base: string, taken: Set<string>): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base}${count}`;
    if (taken.has(foldName(name))) continue;
    taken.add(foldName(name));
    return name;
  }
}
