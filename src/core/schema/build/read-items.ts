import { behindBracket } from '../../statement/shape';
import type { Tokens } from '../../statement/tokens';

/** A range of tokens; `to` is exclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What stands between the commas of the bracket at a place. */
export function itemsIn(tokens: Tokens, open: number): Range[] {
  const close = behindBracket(tokens, open) - 1;
  const items: Range[] = [];
  let from = open + 1;
  for (let at = from; at < close; at++) {
    const symbol = tokens.kind(at) === 'symbol' ? tokens.word(at) : '';
    if (symbol === '(' || symbol === '[' || symbol === '{') at = behindBracket(tokens, at) - 1;
    else if (symbol === ',') {
      items.push({ from, to: at });
      from = at + 1;
    }
  }
  if (from < close) items.push({ from, to: close });
  return items;
}

/** Places of names that are called in the expressions of a range. The type of a CAST stands behind AS, with a bracket or not. */
export function callsIn(tokens: Tokens, { from, to }: Range): number[] {
  const calls: number[] = [];
  for (let at = from; at < to; at++) {
    const kind = tokens.kind(at);
    if ((kind !== 'word' && kind !== 'name') || tokens.word(at + 1) !== '(') continue;
    if (kind === 'word' && at > from && tokens.word(at - 1) === 'as') at = behindBracket(tokens, at + 1) - 1;
    else calls.push(at);
  }
  return calls;
}

/** Places of the strings that name a sequence: `nextval('s')`. */
export function sequenceStringsIn(tokens: Tokens, range: Range): number[] {
  return callsIn(tokens, range)
    .filter((at) => ['nextval', 'currval'].includes(tokens.name(at)) && tokens.word(at + 3) === ')')
    .map((at) => at + 2)
    .filter((at) => tokens.string(at) !== undefined);
}

/** Places where the names of types begin, in the type that begins at a place, those inside of it too. */
export function typeNamesAt(tokens: Tokens, at: number): number[] {
  const kind = tokens.kind(at);
  if (kind !== 'word' && kind !== 'name') return [];
  if (tokens.word(at + 1) !== '(') return [at];
  const word = tokens.word(at);
  const items = itemsIn(tokens, at + 1);
  if (word === 'map') return [at, ...items.flatMap(({ from }) => typeNamesAt(tokens, from))];
  const fields = word === 'struct' || word === 'union' || word === 'row';
  return [at, ...(fields ? items.flatMap(({ from, to }) => (from + 1 < to ? typeNamesAt(tokens, from + 1) : [])) : [])];
}
