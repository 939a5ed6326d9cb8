import { foldName } from '../dialect/kuzu-names';

/** Compares by Unicode code point, free of any locale and the same in every runtime; below, equal or above zero. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return codePointRank(x) - codePointRank(y);
  }
  return a.length - b.length;
}

// Surrogates stand for code points above all that one unit can hold, though their own values lie below U+E000.
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** A sorted copy, by name as the engine compares names, so that two spellings of one schema come out in one order. */
export function sortByName<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  return items
    .map((item) => {
      const name = nameOf(item);
      return { item, name, key: foldName(name) };
    })
    .sort((a, b) => compareCodePoints(a.key, b.key) || compareCodePoints(a.name, b.name))
    .map((entry) => entry.item);
}

/** Items by folded name, the first of each. */
export function indexByName<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T> {
  const found = new Map<string, T>();
  for (const item of items) {
    const key = foldName(nameOf(item));
    if (!found.has(key)) found.set(key, item);
  }
  return found;
}

/** What an object is matched and sorted by: its name, behind that of its SQL schema where it is in one. */
export function keyOf(item: { readonly name: string; readonly schema?: string }): string {
  return item.schema === undefined ? item.name : joinNames(item.schema, item.name);
}

export function indexKey(index: { readonly name: string; readonly table: string; readonly schema?: string }): string {
  const key = joinNames(index.table, index.name);
  return index.schema === undefined ? key : joinNames(index.schema, key);
}

/** One key for several names; no name can hold a NUL, and it sorts before everything else. */
export function joinNames(...names: readonly string[]): string {
  return names.join('\0');
}
