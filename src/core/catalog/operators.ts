import type { Expression } from './expression';

/** How tightly a text binds: the rules of `Cypher.g4`, from `oC_OrExpression` down to `oC_Atom`. */
export const Level = {
  OR: 0,
  XOR: 1,
  AND: 2,
  NOT: 3,
  COMPARE: 4,
  BIT_OR: 5,
  BIT_AND: 6,
  SHIFT: 7,
  ADD: 8,
  MULTIPLY: 9,
  POWER: 10,
  POSTFIX: 11,
  MINUS: 12,
  FACTORIAL: 13,
  ATOM: 14,
} as const;

/** Binary operators; chains of one level group to the left, comparisons do not chain. */
export const BINARY: ReadonlyMap<string, { readonly level: number; readonly sign: string }> = new Map([
  ['OR', { level: Level.OR, sign: 'OR' }],
  ['XOR', { level: Level.XOR, sign: 'XOR' }],
  ['AND', { level: Level.AND, sign: 'AND' }],
  ['BITWISE_OR', { level: Level.BIT_OR, sign: '|' }],
  ['BITWISE_AND', { level: Level.BIT_AND, sign: '&' }],
  ['BITSHIFT_LEFT', { level: Level.SHIFT, sign: '<<' }],
  ['BITSHIFT_RIGHT', { level: Level.SHIFT, sign: '>>' }],
  ['+', { level: Level.ADD, sign: '+' }],
  ['-', { level: Level.ADD, sign: '-' }],
  ['*', { level: Level.MULTIPLY, sign: '*' }],
  ['/', { level: Level.MULTIPLY, sign: '/' }],
  ['%', { level: Level.MULTIPLY, sign: '%' }],
  ['^', { level: Level.POWER, sign: '^' }],
]);

export const STRING_OPERATORS: ReadonlyMap<string, string> = new Map([
  ['STARTS_WITH', 'STARTS WITH'],
  ['ENDS_WITH', 'ENDS WITH'],
  ['CONTAINS', 'CONTAINS'],
  ['REGEXP_FULL_MATCH', '=~'],
]);

export type FunctionExpression = Extract<Expression, { kind: 'function' }>;

/** Where an operator's operand stands: the parser put it there without parentheses, or with them if it binds less. */
export interface Operand {
  readonly expression: Expression;
  readonly level: number;
}

const LIST_OPERATORS = ['LIST_CONTAINS', 'LIST_EXTRACT', 'LIST_SLICE'];

/** List operators alone may follow each other: `x[1][2]`. */
export function listOperand(expression: Expression): Operand {
  const chains = expression.kind === 'function' && LIST_OPERATORS.includes(expression.name);
  return { expression, level: chains ? Level.POSTFIX : Level.MINUS };
}

/** Whether a call stands as a call in its own text: every operator has a name by which it can be called, too. */
export function isWrittenAsCall(call: FunctionExpression): boolean {
  return new RegExp(`^${call.name.replace(/\W/g, '\\$&')}\\s*\\(`).test(call.raw);
}
