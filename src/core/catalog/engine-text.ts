import type { Expression } from './expression';
import { needsParentheses, printExpression, startsWithNumber } from './expression-text';
import { isNegative } from './literal-text';
import {
  BINARY,
  type FunctionExpression,
  isWrittenAsCall,
  Level,
  listOperand,
  type Operand,
  STRING_OPERATORS,
} from './operators';

function binaryOperands(name: string, left: Expression, right: Expression): Operand[] {
  const operator = BINARY.get(name);
  if (operator === undefined) return [];
  return [
    { expression: left, level: operator.level },
    { expression: right, level: operator.level + 1 },
  ];
}

/** Of a string or list operator the engine keeps the right side as it was written. */
function callOperands(call: FunctionExpression): Operand[] {
  const [first, second] = call.children;
  if (first === undefined || isWrittenAsCall(call)) return [];
  if (call.name === 'NEGATE') return [{ expression: first, level: Level.MINUS }];
  if (call.name === 'FACTORIAL') return [{ expression: first, level: Level.ATOM }];
  if (STRING_OPERATORS.has(call.name)) return [{ expression: first, level: Level.MINUS }];
  if (second === undefined) return [];
  if (call.name === 'LIST_CONTAINS') return [listOperand(second)];
  if (call.name === 'LIST_EXTRACT' || call.name === 'LIST_SLICE') return [listOperand(first)];
  return binaryOperands(call.name, first, second);
}

/** The operands whose text the engine puts together without their parentheses. */
function joinedOperands(expression: Expression): Operand[] {
  const [first, second] = expression.children;
  if (first === undefined) return [];
  if (expression.kind === 'function') return callOperands(expression);
  if (expression.kind === 'property') return [{ expression: first, level: Level.ATOM }];
  if (expression.kind !== 'operator') return [];
  if (expression.operator === 'NOT') return [{ expression: first, level: Level.NOT }];
  if (second === undefined) return [{ expression: first, level: Level.MINUS }];
  // A comparison keeps its own text.
  return binaryOperands(expression.operator, first, second);
}

/**
 * Whether the engine's own text of an expression (`raw`, which its export writes) still means the same. It puts the
 * texts of operands together without their parentheses and drops the minus of a number; what stands inside of a call,
 * a CASE, a comparison or brackets it keeps as it was written (`transform_expression.cpp` of Kùzu 0.11.3).
 */
export function engineTextKeepsTree(expression: Expression): boolean {
  if (expression.kind === 'literal') return !isNegative(expression.value) || expression.raw.startsWith('-');
  // `-(5)` would become the number -5, and `(1).a` no expression at all.
  const takesNoNumber =
    expression.kind === 'property' || (expression.kind === 'function' && expression.name === 'NEGATE');
  return joinedOperands(expression).every(
    (operand) =>
      !needsParentheses(operand.expression, operand.level) &&
      !(takesNoNumber && startsWithNumber(printExpression(operand.expression))) &&
      engineTextKeepsTree(operand.expression),
  );
}

/**
 * Whether the engine can read an expression back from its own file. It can't for comparisons, AND, OR, XOR, NOT, IS
 * NULL and lambdas: a database with such a macro or default is never opened again (`ParsedExpression::deserialize`).
 */
export function engineCanReadBack(expression: Expression): boolean {
  if (expression.kind === 'operator' || expression.kind === 'lambda') return false;
  const inner = [...expression.children];
  if (expression.kind === 'case') {
    inner.push(...expression.branches.flatMap((branch) => [branch.when, branch.result]));
    if (expression.operand !== undefined) inner.push(expression.operand);
    if (expression.otherwise !== undefined) inner.push(expression.otherwise);
  }
  return inner.every(engineCanReadBack);
}
