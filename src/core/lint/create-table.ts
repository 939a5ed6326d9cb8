import type { Dialect } from '../dialect/dialect';
import { itemsIn, type Range } from '../schema/build/read-items';
import { behindBracket } from '../statement/shape';
import { sqlName } from '../statement/sql-names';
import type { Tokens } from '../statement/tokens';
import { skipIf } from './spots';

/** A column of a CREATE TABLE as it is written; places of tokens. */
export interface WrittenColumn {
  readonly name: string;
  readonly at: number;
  /** In upper case without blanks. */
  readonly type: string;
  readonly isKey: boolean;
  readonly range: Range;
  /** What stands behind its type. */
  readonly behind: Range;
}

/** A CREATE TABLE with its list of columns. */
export interface WrittenTable {
  readonly kind: 'node' | 'rel' | 'table';
  /** The key that the engine finds it by. */
  readonly name: string;
  /** Of the last part of its name. */
  readonly nameAt: number;
  readonly ifNotExists: boolean;
  readonly columns: readonly WrittenColumn[];
  readonly items: readonly Range[];
  /** Of `PRIMARY KEY (…)`: the names in it. */
  readonly key: readonly number[];
  /** The place behind the list. */
  readonly end: number;
}

const NO_COLUMN = new Set(['primary', 'unique', 'check', 'foreign', 'constraint', 'from', 'like']);
const BEHIND_TYPE = new Set(
  'default primary not null unique references check collate generated as constraint'.split(' '),
);
export const MULTIPLICITY = new Set(['many_many', 'many_one', 'one_many', 'one_one']);

/** Reads a CREATE TABLE of either dialect; undefined for everything else, one with AS and no list, too. */
export function createdTable(tokens: Tokens, dialect: Dialect): WrittenTable | undefined {
  if (tokens.word(0) !== 'create') return undefined;
  let at = tokens.matches(1, 'or', 'replace') ? 3 : 1;
  let kind: WrittenTable['kind'] = 'table';
  if (dialect === 'cypher') {
    const what = tokens.word(at);
    if (what !== 'node' && what !== 'rel') return undefined;
    kind = what;
    at++;
  } else while (['temp', 'temporary', 'local', 'global'].includes(tokens.word(at))) at++;
  if (tokens.word(at) !== 'table') return undefined;
  if (tokens.word(at + 1) === 'group') at++;
  const place = skipIf(tokens, at + 1);
  const { name, end } = dialect === 'sql' ? sqlName(tokens, place) : { name: tokens.name(place), end: place + 1 };
  if (name === '' || tokens.word(end) !== '(') return undefined;
  const items = itemsIn(tokens, end);
  const columns = items.flatMap((item) => columnOf(tokens, item, dialect) ?? []);
  const key = items
    .filter(({ from }) => tokens.matches(from, 'primary', 'key', '('))
    .flatMap((item) => keyIn(tokens, item));
  return {
    kind,
    name,
    nameAt: end - 1,
    ifNotExists: place > at + 1,
    columns,
    items,
    key,
    end: behindBracket(tokens, end),
  };
}

function columnOf(tokens: Tokens, range: Range, dialect: Dialect): WrittenColumn | undefined {
  const { from, to } = range;
  const word = tokens.word(from);
  const name = tokens.name(from);
  if (name === '' || to - from < 2 || MULTIPLICITY.has(word)) return undefined;
  // A column may bear such a name where a type follows it.
  if (NO_COLUMN.has(word) && !(dialect === 'cypher' && word === 'from' && tokens.word(from + 2) !== 'to')) {
    if (word !== 'unique' || dialect !== 'cypher' || tokens.word(from + 1) === '(') return undefined;
  }
  let end = from + 1;
  for (let depth = 0; end < to; end++) {
    const symbol = tokens.kind(end) === 'symbol' ? tokens.word(end) : '';
    if (symbol === '(') depth++;
    if (symbol === ')') depth--;
    if (depth === 0 && BEHIND_TYPE.has(tokens.word(end))) break;
  }
  const parts = Array.from({ length: end - from - 1 }, (_, index) => tokens.raw(from + 1 + index));
  const rest = Array.from({ length: to - end }, (_, index) => tokens.word(end + index));
  const isKey = rest.some((one, index) => one === 'primary' && rest[index + 1] === 'key');
  return { name, at: from, type: parts.join('').toUpperCase(), isKey, range, behind: { from: end, to } };
}

function keyIn(tokens: Tokens, { from }: Range): number[] {
  return itemsIn(tokens, from + 2).map((item) => item.from);
}
