import type { Effect } from './facts';
import { behindBracket, type Shape } from './shape';
import type { Tokens } from './tokens';

const CLAUSES = new Set([
  'match',
  'optional',
  'unwind',
  'with',
  'return',
  'create',
  'merge',
  'set',
  'delete',
  'detach',
]);

/**
 * What a query does to rows. The tables of SET and DELETE are those whose label stands with the variable anywhere in the
 * statement; a variable without one gives an effect on the table `''`, which may be any.
 */
export function dmlEffects(tokens: Tokens, shape: Shape): { effects: Effect[]; writes: boolean } {
  const clauses = shape.top.filter((at) => CLAUSES.has(tokens.word(at)) && isClause(tokens, at));
  const labels = new Map<string, string[]>();
  const inserted = new Set<string>();
  const changed: { change: Change; variable: string }[] = [];
  let writes = false;
  clauses.forEach((start, index) => {
    const word = tokens.word(start);
    const end = clauses[index + 1] ?? tokens.length;
    if (word === 'match' || word === 'create' || word === 'merge') {
      for (const { variable, tables } of patternsOf(tokens, start + 1, end)) {
        if (variable !== '') labels.set(variable, [...(labels.get(variable) ?? []), ...tables]);
        if (word !== 'match') for (const table of tables) inserted.add(table);
      }
    }
    const change = changeAt(tokens, start);
    if (change) for (const variable of variablesOf(tokens, start + 1, end)) changed.push({ change, variable });
    if (word !== 'match' && word !== 'with' && word !== 'return' && word !== 'unwind' && word !== 'optional')
      writes = true;
  });
  const effects: Effect[] = [...inserted].map((table) => ({ does: 'insert', table }));
  for (const { change, variable } of changed) {
    const tables = labels.get(variable) ?? [];
    for (const table of tables.length > 0 ? tables : ['']) effects.push({ ...change, table });
  }
  return { effects, writes };
}

type Change = { readonly does: 'update' } | { readonly does: 'delete'; readonly detach?: true };

/** What a clause does to the variables that it begins with. */
function changeAt(tokens: Tokens, start: number): Change | undefined {
  if (tokens.word(start) === 'set') return { does: 'update' };
  if (tokens.word(start) !== 'delete') return undefined;
  return tokens.word(start - 1) === 'detach' ? { does: 'delete', detach: true } : { does: 'delete' };
}

/** The variables that the items of a SET or DELETE begin with. */
function variablesOf(tokens: Tokens, from: number, to: number): string[] {
  const found: string[] = [];
  for (let at = from, starts = true; at < to; at++) {
    if (starts) found.push(tokens.name(at));
    starts = tokens.word(at) === ',';
    if (['(', '[', '{'].includes(tokens.word(at))) at = behindBracket(tokens, at) - 1;
  }
  return found;
}

/** Most of these words may also be names: of a property behind a dot, or of a variable behind a comma or an operator. */
function isClause(tokens: Tokens, at: number): boolean {
  if (at === 0) return true;
  const before = tokens.kind(at - 1);
  if (before === 'symbol' && ![')', ']', '}', '*'].includes(tokens.word(at - 1))) return false;
  // `ON MATCH SET`, `STARTS WITH`, `AS set`
  return !['on', 'starts', 'ends', 'as'].includes(tokens.word(at - 1)) || tokens.word(at) === 'set';
}

interface Pattern {
  readonly variable: string;
  readonly tables: readonly string[];
}

/** The nodes and relationships of patterns, from their brackets: `(a:User {…})`, `[:Knows|Likes]`. */
function patternsOf(tokens: Tokens, from: number, to: number): Pattern[] {
  const found: Pattern[] = [];
  for (let at = from; at < to; at++) {
    const symbol = tokens.kind(at) === 'symbol' ? tokens.word(at) : '';
    // Conditions and actions follow the patterns, and hold no new ones that count.
    if (tokens.word(at) === 'where' || tokens.word(at) === 'on') break;
    if (symbol === '{') at = behindBracket(tokens, at) - 1;
    else if (symbol === '(' || symbol === '[') found.push(patternAt(tokens, at + 1));
  }
  return found;
}

/** What stands behind the bracket that opens at the place before: `user:User`, `:Knows|Likes`. */
export function patternAt(tokens: Tokens, start: number): Pattern {
  const variable = tokens.name(start);
  const tables: string[] = [];
  let at = variable === '' ? start : start + 1;
  while (tokens.word(at) === ':' || tokens.word(at) === '|') {
    const name = tokens.word(at + 1) === ':' ? at + 2 : at + 1;
    if (tokens.name(name) === '') break;
    tables.push(tokens.name(name));
    at = name + 1;
  }
  return { variable, tables };
}
