import type { Tokens } from '../../statement/tokens';
import type { Range } from './read-items';
import { needOf, type Path, pathAt } from './sql-path';
import type { NameSpace, Need } from './types';

/** Functions that have a FROM of their own in their brackets. */
const OWN_FROM = new Set(['extract', 'substring', 'trim', 'overlay', 'position']);

/**
 * What the expressions and queries in a range may need: functions that are called, what stands behind FROM and JOIN, and
 * any other word that may be the name of a table or type. Aliases, columns behind a dot and names of WITH are none.
 * @param own names that mean something else here, such as parameters
 */
export function mentionsIn(tokens: Tokens, range: Range, schema: string, own: ReadonlySet<string> = new Set()): Need[] {
  const needs: Need[] = [];
  const local = new Set([...own, ...withNames(tokens, range)]);
  /** The function that each open bracket belongs to. */
  const open: string[] = [];
  for (let at = range.from; at < range.to; at++) {
    const kind = tokens.kind(at);
    if (kind === 'symbol') {
      if (tokens.word(at) === '(') open.push(tokens.word(at - 1));
      else if (tokens.word(at) === ')') open.pop();
    }
    if (kind !== 'word' && kind !== 'name') continue;
    const path = pathAt(tokens, at);
    const before = tokens.word(at - 1);
    const isCall = tokens.word(path.end) === '(';
    const reads = before === 'join' || (before === 'from' && isFrom(tokens, at - 1, open));
    if (before !== 'as' || isCall) needs.push(...needsOf(tokens, at, path, { schema, isCall, reads, local }));
    at = path.end - 1;
  }
  return needs;
}

function needsOf(
  tokens: Tokens,
  at: number,
  path: Path,
  place: {
    readonly schema: string;
    readonly isCall: boolean;
    readonly reads: boolean;
    readonly local: ReadonlySet<string>;
  },
): Need[] {
  const { schema, isCall, reads, local } = place;
  const [first = '', ...others] = path.parts;
  if (isCall) {
    const spaces: readonly NameSpace[] = reads ? ['table-macro', 'macro'] : ['macro', 'table-macro'];
    return [needOf(tokens, at, path, { schema, spaces, how: 'known' })];
  }
  if (others.length === 0 && local.has(first)) return [];
  const how = reads ? 'known' : 'maybe';
  const spaces = reads ? (['table'] as const) : (['table', 'type'] as const);
  // `a.b` may be a table in a schema, or a column of a table.
  const prefixes = path.parts.map((_part, index) => ({ ...path, parts: path.parts.slice(0, index + 1) }));
  return prefixes.map((one) =>
    needOf(tokens, at, one, { schema, spaces, how: one.parts.length === path.parts.length ? how : 'maybe' }),
  );
}

/** Not that of `IS DISTINCT FROM` and of `extract(year FROM x)`. */
function isFrom(tokens: Tokens, at: number, open: readonly string[]): boolean {
  return tokens.word(at - 1) !== 'distinct' && !OWN_FROM.has(open.at(-1) ?? '');
}

/** `WITH a AS (…), b (x, y) AS MATERIALIZED (…)` */
function withNames(tokens: Tokens, { from, to }: Range): string[] {
  const names: string[] = [];
  let inWith = false;
  for (let at = from; at < to; at++) {
    if (tokens.word(at) === 'with') inWith = true;
    const starts = tokens.word(at - 1) === 'with' || tokens.word(at - 1) === ',' || tokens.word(at - 1) === 'recursive';
    if (!inWith || !starts || tokens.name(at) === '') continue;
    let next = at + 1;
    if (tokens.word(next) === '(') while (next < to && tokens.word(next - 1) !== ')') next++;
    if (tokens.word(next) !== 'as') continue;
    while (['as', 'not', 'materialized'].includes(tokens.word(next))) next++;
    if (tokens.word(next) === '(') names.push(tokens.name(at));
  }
  return names;
}
