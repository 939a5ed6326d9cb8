import { foldName } from '../dialect/kuzu-names';
import { sortByName } from './order';

/**
 * Items by name, but each behind those that its text mentions. Reads names only, so a macro that has a parameter called
 * like another macro just comes later than it had to; in a circle, the first name of it comes last.
 */
export function sortByDependency<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  textOf: (item: T) => string,
): T[] {
  const sorted = sortByName(items, nameOf);
  const byName = new Map(sorted.map((item) => [foldName(nameOf(item)), item]));
  const needed = (item: T) => mentionedNames(textOf(item)).flatMap((name) => byName.get(name) ?? []);
  return behindNeeds(sorted, needed);
}

/** Items in their order, but each behind those that it needs. */
export function behindNeeds<T>(sorted: readonly T[], needed: (item: T) => readonly T[]): T[] {
  const done: T[] = [];
  const seen = new Set<T>();
  // A stack of its own: a chain of thousands of types must not exhaust the call stack.
  const open: { item: T; needed: T[] }[] = [];
  for (const root of sorted) {
    if (!seen.has(root)) open.push({ item: root, needed: [...needed(root)].reverse() });
    seen.add(root);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const next = top.needed.pop();
      if (next === undefined) {
        done.push(top.item);
        open.pop();
      } else if (!seen.has(next)) {
        seen.add(next);
        open.push({ item: next, needed: [...needed(next)].reverse() });
      }
    }
  }
  return done;
}

/** The folded names in a piece of DDL in order of name, without strings and comments. */
function mentionedNames(text: string): string[] {
  const names = new Set<string>();
  const token =
    /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|`([^`]*(?:``[^`]*)*)`|([\p{L}_][\p{L}\p{N}_$]*)/gu;
  for (const match of text.matchAll(token)) {
    const name = match[1] ?? match[2];
    if (name) names.add(foldName(name));
  }
  return sortByName([...names], (name) => name);
}
