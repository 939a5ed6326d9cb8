import { foldName } from '../../dialect/kuzu-names';
import { tokenize } from '../../statement/tokens';
import type { Column, Macro } from '../model';

/**
 * What a default gives to rows that are there already.
 * `constant`: one value for all. `random`: another one a row, if a query says it. `numbers`: those of a sequence, of which
 * only the engine's own default gives each row one. `mixed`: more than that is made of the numbers of a sequence.
 */
export type DefaultKind = 'constant' | 'random' | 'numbers' | 'mixed';

/** Tells the defaults of a schema apart. */
export class Defaults {
  readonly #bodies: ReadonlyMap<string, string>;

  /** @param macros those that defaults may call */
  constructor(macros: readonly Macro[]) {
    this.#bodies = new Map(macros.map(({ name, body }) => [foldName(name), body]));
  }

  /**
   * @source measured on Kùzu 0.11.3: `nextval` in a query gives all of its rows one number; as a default it gives each row its
   * own, but as a part of an expression, or for a column that is no INT64, some thousand rows share one or hold anything.
   * The same for `gen_random_uuid` in ALTER … ADD and in a COPY that leaves the column out; in its query it is right.
   */
  kindOf({ type, default: text = 'NULL' }: Column): DefaultKind {
    const calls = this.#calls(text, new Set());
    if (calls.has('nextval') || calls.has('currval')) {
      return type === 'INT64' && this.#isNextval(text) ? 'numbers' : 'mixed';
    }
    return calls.has('gen_random_uuid') ? 'random' : 'constant';
  }

  /** The functions that an expression calls, those inside of macros, too. */
  #calls(text: string, seen: Set<string>): Set<string> {
    const tokens = tokenize(text, 'cypher');
    for (let at = 0; at + 1 < tokens.length; at++) {
      const name = tokens.name(at);
      if (name === '' || tokens.word(at + 1) !== '(' || seen.has(name)) continue;
      seen.add(name);
      const body = this.#bodies.get(name);
      if (body !== undefined) this.#calls(body, seen);
    }
    return seen;
  }

  /** `nextval('s')`, or a macro that is nothing else. */
  #isNextval(text: string, depth = 0): boolean {
    const tokens = tokenize(text, 'cypher');
    if (tokens.word(0) === '(' && tokens.word(tokens.length - 1) === ')') {
      return this.#isNextval(text.slice(tokens.start(1), tokens.start(tokens.length - 1)), depth);
    }
    if (tokens.name(0) === 'nextval') return tokens.length === 4 && tokens.string(2) !== undefined;
    const body = this.#bodies.get(tokens.name(0));
    const isCall = tokens.length === 3 && tokens.word(1) === '(' && tokens.word(2) === ')';
    return isCall && body !== undefined && depth < this.#bodies.size && this.#isNextval(body, depth + 1);
  }
}
