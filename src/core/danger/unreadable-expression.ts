import type { Tokens } from '../statement/tokens';
import { each } from './pairs';
import type { DangerRule } from './rule';

const WORDS = new Set(['and', 'or', 'xor', 'not', 'is']);
const QUANTIFIERS = new Set(['any', 'all', 'none', 'single']);

/**
 * The catalog stores such an expression in a form that the engine can't read again.
 * @source measured on Kùzu 0.11.3 operator by operator: `= <> < <= > >=`, AND, OR, XOR, NOT, IS [NOT] NULL, lambdas and
 * any(…)/all(…). IN, CASE, STARTS WITH, `=~` and function calls do no harm.
 */
export const unreadableExpression: DangerRule = {
  code: 'KM308',
  summary: 'Makes a macro or a DEFAULT that leaves the database unreadable.',
  dialect: 'cypher',
  severity: 'refuse',
  find: (span) =>
    each(span, ({ facts, tokens }) => {
      if (facts.kind === 'create-macro') return trouble(tokens, bodyOf(tokens));
      if (facts.kind !== 'create-table' && facts.kind !== 'alter-table') return undefined;
      for (let at = 0; at < tokens.length; at++) {
        if (tokens.word(at) !== 'default') continue;
        const found = trouble(tokens, at + 1);
        if (found !== undefined) return found;
      }
      return undefined;
    }),
};

/** Behind the AS of a macro, whose parameters stand in parentheses before it. */
function bodyOf(tokens: Tokens): number {
  for (let at = 2; at < tokens.length; at++) if (tokens.matches(at, ')', 'as')) return at + 2;
  return tokens.length;
}

/** The first operator that does harm in the expression at a place, which ends at its comma, bracket or PRIMARY KEY. */
function trouble(tokens: Tokens, start: number): string | undefined {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    const word = tokens.word(at);
    if (word === '(' || word === '[' || word === '{') depth++;
    if (word === ')' || word === ']' || word === '}') depth--;
    if (depth < 0 || (depth === 0 && (word === ',' || word === 'primary'))) return undefined;
    if (WORDS.has(word)) return word.toUpperCase();
    if (QUANTIFIERS.has(word) && tokens.word(at + 1) === '(') return word;
    const operator = operatorAt(tokens, at);
    if (operator !== undefined) return operator;
  }
  return undefined;
}

function operatorAt(tokens: Tokens, at: number): string | undefined {
  const [before, word, next] = [tokens.word(at - 1), tokens.word(at), tokens.word(at + 1)];
  const touches = tokens.start(at + 1) === tokens.start(at) + 1;
  if (word === '-' && next === '>' && touches) return '->';
  if (word === '=') return before === ':' || (next === '~' && touches) ? undefined : '=';
  if (word !== '<' && word !== '>') return undefined;
  // `<<` and `>>` shift.
  if (next === word && touches) return undefined;
  if (before === word && tokens.start(at) === tokens.start(at - 1) + 1) return undefined;
  return word;
}
