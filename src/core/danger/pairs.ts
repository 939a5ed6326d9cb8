import type { Effect } from '../statement/facts';
import type { Finding, Span } from './rule';

type Does = Effect['does'];

/**
 * Where a table has an effect of `later` after one of `earlier` in the same transaction; the finding is at the later
 * one. A change of rows without a label (`MATCH (a) SET a.x = 1`) may be one of any table.
 */
export function inOrder(
  span: Span,
  earlier: (effect: Effect, index: number) => boolean,
  later: (effect: Effect) => boolean,
): readonly Finding[] {
  if (!span.transactional) return [];
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (const { index, effects } of span.entries) {
    const hit = effects.find((effect) => later(effect) && 'table' in effect && meets(seen, effect.table));
    if (hit && 'table' in hit) findings.push({ index, argument: hit.table });
    for (const effect of effects) if (earlier(effect, index) && 'table' in effect) seen.add(effect.table);
  }
  return findings;
}

/** {@link inOrder}, both ways round. */
export function together(
  span: Span,
  one: (effect: Effect) => boolean,
  other: (effect: Effect) => boolean,
): readonly Finding[] {
  const found = new Map<number, Finding>();
  for (const finding of [...inOrder(span, one, other), ...inOrder(span, other, one)]) found.set(finding.index, finding);
  return [...found.values()].sort((a, b) => a.index - b.index);
}

/** Whether a table is in a set, where `''` is a table that is not known. */
export function meets(tables: ReadonlySet<string>, table: string): boolean {
  return table === '' ? tables.size > 0 : tables.has(table) || tables.has('');
}

/** A test of effects by their kind. */
export function does(...kinds: readonly Does[]): (effect: Effect) => boolean {
  return (effect) => kinds.includes(effect.does);
}

/** The statements that a test picks, with an argument. */
export function each(span: Span, argument: (entry: Span['entries'][number]) => string | undefined): readonly Finding[] {
  return span.entries.flatMap((entry) => {
    const found = argument(entry);
    return found === undefined ? [] : [{ index: entry.index, argument: found }];
  });
}
