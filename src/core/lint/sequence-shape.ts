import type { Dialect } from '../dialect/dialect';
import type { Sequence } from '../schema/model';
import { sqlName } from '../statement/sql-names';
import type { Tokens } from '../statement/tokens';
import { skipIf } from './spots';

/** A CREATE SEQUENCE as it is written. */
export interface WrittenSequence extends Pick<Sequence, 'start' | 'increment' | 'min' | 'max' | 'cycle'> {
  /** The key that the engine finds it by. */
  readonly name: string;
  /** Of the last part of its name. */
  readonly nameAt: number;
  readonly ifNotExists: boolean;
}

const LARGEST = '9223372036854775807';
const SMALLEST = '-9223372036854775808';

/** @source measured on Kùzu 0.11.3 and DuckDB 1.5.5: both choose the same where nothing is said */
export function createdSequence(tokens: Tokens, dialect: Dialect): WrittenSequence | undefined {
  if (!tokens.matches(0, 'create', 'sequence')) return undefined;
  const place = skipIf(tokens, 2);
  const { name, end } = dialect === 'sql' ? sqlName(tokens, place) : { name: tokens.name(place), end: place + 1 };
  const said = new Map<string, string>();
  let cycle = false;
  for (let at = end; at < tokens.length; at++) {
    const word = tokens.word(at);
    if (word === 'cycle') cycle = tokens.word(at - 1) !== 'no';
    const value = ['start', 'increment', 'minvalue', 'maxvalue'].includes(word) ? valueAt(tokens, at + 1) : undefined;
    if (value !== undefined) said.set(word, value);
  }
  const increment = said.get('increment') ?? '1';
  const down = increment.startsWith('-');
  const min = said.get('minvalue') ?? (down ? SMALLEST : '1');
  const max = said.get('maxvalue') ?? (down ? '-1' : LARGEST);
  const start = said.get('start') ?? (down ? max : min);
  return { name, nameAt: end - 1, ifNotExists: place > 2, start, increment, min, max, cycle };
}

function valueAt(tokens: Tokens, from: number): string | undefined {
  const at = ['with', 'by'].includes(tokens.word(from)) ? from + 1 : from;
  const [sign, place] = tokens.word(at) === '-' ? ['-', at + 1] : ['', at];
  return tokens.kind(place) === 'number' ? `${sign}${tokens.raw(place)}` : undefined;
}

/** What differs, as a text of its own; DuckDB says the next number instead of the start once a sequence is used. */
export function sequenceDifference(created: WrittenSequence, there: Sequence): string | undefined {
  const settings = there.schema === undefined ? (['start', ...SETTINGS] as const) : SETTINGS;
  const other = settings.find((setting) => created[setting] !== there[setting]);
  if (other !== undefined) return `@lint.shape.setting:${WORDS[other]} ${there[other]}`;
  if (created.cycle !== there.cycle) return `@lint.shape.setting:${there.cycle ? 'CYCLE' : 'NO CYCLE'}`;
  return undefined;
}

const SETTINGS = ['increment', 'min', 'max'] as const;
const WORDS = { start: 'START', increment: 'INCREMENT', min: 'MINVALUE', max: 'MAXVALUE' } as const;
