import type { Tokens } from './tokens';

/** What one pass over the tokens finds. */
export interface Shape {
  readonly parentheses: number;
  readonly lists: number;
  readonly functions: readonly string[];
  /** Places of the words that stand outside of all brackets, in order. */
  readonly top: readonly number[];
}

/** How deep brackets nest, which functions are called, and which words stand outside of brackets. */
export function shapeOf(tokens: Tokens): Shape {
  const functions = new Set<string>();
  const top: number[] = [];
  let [round, square, parentheses, lists] = [0, 0, 0, 0];
  for (let at = 0; at < tokens.length; at++) {
    const kind = tokens.kind(at);
    if (kind === 'word' || kind === 'name') {
      if (tokens.word(at + 1) === '(') functions.add(tokens.name(at));
      if (round + square === 0 && kind === 'word') top.push(at);
      continue;
    }
    if (kind !== 'symbol') continue;
    const symbol = tokens.word(at);
    if (symbol === '(') parentheses = Math.max(parentheses, ++round);
    else if (symbol === '[' || symbol === '{') lists = Math.max(lists, ++square);
    else if (symbol === ')') round = Math.max(0, round - 1);
    else if (symbol === ']' || symbol === '}') square = Math.max(0, square - 1);
  }
  return { parentheses, lists, functions: [...functions], top };
}

/** The place behind the bracket that closes the one at `open`; the end where it stays open. */
export function behindBracket(tokens: Tokens, open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const symbol = tokens.kind(at) === 'symbol' ? tokens.word(at) : '';
    if (symbol === '(' || symbol === '[' || symbol === '{') depth++;
    else if ((symbol === ')' || symbol === ']' || symbol === '}') && --depth === 0) return at + 1;
  }
  return tokens.length;
}
