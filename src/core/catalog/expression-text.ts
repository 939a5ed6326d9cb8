import { needsQuotes, quoteName, writeName } from '../dialect/kuzu-names';
import type { Expression } from './expression';
import { isNegative, printLiteral } from './literal-text';
import { BINARY, type FunctionExpression, isWrittenAsCall, Level, listOperand, STRING_OPERATORS } from './operators';
import type { Value } from './value';

interface Printed {
  readonly text: string;
  readonly level: number;
}

/** With its level: parentheses are needed where the place asks for a tighter one. */
function at(expression: Expression, level: number): string {
  const printed = print(expression);
  return printed.level < level ? `(${printed.text})` : printed.text;
}

function binary(name: string, left: Expression, right: Expression): Printed | undefined {
  const operator = BINARY.get(name);
  if (operator === undefined) return undefined;
  const { level, sign } = operator;
  return { level, text: `${at(left, level)} ${sign} ${at(right, level + 1)}` };
}

function printOperator(operator: string, children: readonly Expression[]): Printed {
  const [left, right] = children;
  if (left === undefined) return { text: operator, level: Level.ATOM };
  if (operator === 'NOT') return { level: Level.NOT, text: `NOT ${at(left, Level.NOT)}` };
  if (right === undefined) return { level: Level.POSTFIX, text: `${at(left, Level.MINUS)} ${operator}` };
  return (
    binary(operator, left, right) ?? {
      level: Level.COMPARE,
      text: `${at(left, Level.BIT_OR)} ${operator} ${at(right, Level.BIT_OR)}`,
    }
  );
}

function printNegation(child: Expression): Printed {
  const { text } = print(child);
  return { level: Level.MINUS, text: startsWithNumber(text) ? `-(${text})` : `-${at(child, Level.MINUS)}` };
}

/** `x[:b]` has the constant 1 for its start and `x[a:]` -1 for its end; only these two are 32-bit integers. */
function isImplied(expression: Expression, number: bigint): boolean {
  return expression.kind === 'literal' && expression.value.type.id === 'INT32' && expression.value.scalar === number;
}

/** The operators that the parser turns into calls; undefined where the call has to be written as one. */
function printOperatorCall(call: FunctionExpression): Printed | undefined {
  const { name, children } = call;
  const [first, second, third, ...more] = children;
  if (
    isWrittenAsCall(call) ||
    first === undefined ||
    more.length > 0 ||
    call.argumentNames.length > 0 ||
    call.distinct
  ) {
    return undefined;
  }
  if (second === undefined) {
    if (name === 'NEGATE') return printNegation(first);
    if (name === 'FACTORIAL') return { level: Level.FACTORIAL, text: `${at(first, Level.ATOM)}!` };
    return undefined;
  }
  if (third !== undefined) {
    if (name !== 'LIST_SLICE') return undefined;
    const from = isImplied(second, 1n) ? '' : print(second).text;
    const to = isImplied(third, -1n) ? '' : print(third).text;
    return { level: Level.POSTFIX, text: `${list(first)}[${from}:${to}]` };
  }
  const stringOperator = STRING_OPERATORS.get(name);
  if (stringOperator !== undefined) {
    return { level: Level.POSTFIX, text: `${at(first, Level.MINUS)} ${stringOperator} ${at(second, Level.ATOM)}` };
  }
  // The parser puts the list first.
  if (name === 'LIST_CONTAINS') {
    return { level: Level.POSTFIX, text: `${list(second)} IN ${at(first, Level.ATOM)}` };
  }
  if (name === 'LIST_EXTRACT') return { level: Level.POSTFIX, text: `${list(first)}[${print(second).text}]` };
  return binary(name, first, second);
}

function list(expression: Expression): string {
  const operand = listOperand(expression);
  return at(operand.expression, operand.level);
}

function printArguments(call: FunctionExpression): string {
  const unnamed = call.children.length - call.argumentNames.length;
  const texts = call.children.map((child, index) => {
    const name = call.argumentNames[index - unnamed];
    return name === undefined ? print(child).text : `${writeName(name)} := ${print(child).text}`;
  });
  return texts.join(', ');
}

/** A struct literal and `struct_pack` differ in one point: the call gives its arguments aliases. */
function printStruct(call: FunctionExpression): string | undefined {
  if (call.name !== 'STRUCT_PACK' || call.children.length === 0) return undefined;
  if (call.argumentNames.length !== call.children.length || call.children.some((child) => child.alias !== '')) {
    return undefined;
  }
  const fields = call.children.map(
    (child, index) => `${writeName(call.argumentNames[index] ?? '')}: ${print(child).text}`,
  );
  return `{${fields.join(', ')}}`;
}

/** `CAST(x AS T)` has the name of the type as a literal that nobody wrote. */
function printCast(call: FunctionExpression): string | undefined {
  const [value, type] = call.children;
  if (call.name !== 'CAST' || value === undefined || type?.kind !== 'literal' || type.raw !== '') return undefined;
  return `CAST(${print(value).text} AS ${String(type.value.scalar)})`;
}

function printFunction(call: FunctionExpression): Printed {
  // `ALL(x IN list WHERE …)` and lambdas: their text is exact, and no tree of the lambda is stored.
  if (call.children.some((child) => child.kind === 'lambda')) return { text: call.raw, level: Level.ATOM };
  const operator = printOperatorCall(call);
  if (operator !== undefined) return operator;
  if (call.name === 'COUNT_STAR') return { text: 'COUNT(*)', level: Level.ATOM };
  if (call.name === 'LIST_CREATION' && call.argumentNames.length === 0) {
    return { text: `[${printArguments(call)}]`, level: Level.ATOM };
  }
  const special = printStruct(call) ?? printCast(call);
  if (special !== undefined) return { text: special, level: Level.ATOM };
  const name = ['CAST', 'COUNT'].includes(call.name) || !needsQuotes(call.name) ? call.name : quoteName(call.name);
  return { text: `${name}(${call.distinct ? 'DISTINCT ' : ''}${printArguments(call)})`, level: Level.ATOM };
}

function printCase(expression: Extract<Expression, { kind: 'case' }>): string {
  const operand = expression.operand === undefined ? '' : ` ${print(expression.operand).text}`;
  const branches = expression.branches.map(
    (branch) => ` WHEN ${print(branch.when).text} THEN ${print(branch.result).text}`,
  );
  const otherwise = expression.otherwise === undefined ? '' : ` ELSE ${print(expression.otherwise).text}`;
  return `CASE${operand}${branches.join('')}${otherwise} END`;
}

function print(expression: Expression): Printed {
  switch (expression.kind) {
    case 'operator':
      return printOperator(expression.operator, expression.children);
    case 'function':
      return printFunction(expression);
    case 'literal':
      return {
        text: printLiteral(expression.value, expression.raw),
        level: isNegative(expression.value) ? Level.MINUS : Level.ATOM,
      };
    case 'property': {
      const [owner] = expression.children;
      const property = expression.property === '*' ? '*' : writeName(expression.property);
      return { text: owner === undefined ? property : `${ownerText(owner)}.${property}`, level: Level.ATOM };
    }
    case 'variable':
      // A macro finds its parameters by this text, so that quoting one that was not quoted would lose it.
      return { text: expression.raw === '' ? writeName(expression.variable) : expression.raw, level: Level.ATOM };
    case 'case':
      return { text: printCase(expression), level: Level.ATOM };
    case 'lambda':
      return { text: expression.raw, level: Level.OR };
  }
}

/** `1.a` would be read as a number. */
function ownerText(owner: Expression): string {
  const text = at(owner, Level.ATOM);
  return owner.kind === 'literal' && /^\d/.test(text) ? `(${text})` : text;
}

/**
 * An expression as DDL, with the parentheses that keep its tree. The engine's own text (`raw`) has none and drops the
 * sign of negative numbers: its exports turn `(x + y) * -2` into `x + y * 2`.
 */
export function printExpression(expression: Expression): string {
  return print(expression).text;
}

/** Whether an expression needs parentheses where the rules ask for this level. */
export function needsParentheses(expression: Expression, level: number): boolean {
  return print(expression).level < level;
}

/** A number right after a minus becomes one literal with it, and `-5!` is the factorial of -5. */
export function startsWithNumber(text: string): boolean {
  return /^-?[\d.]/.test(text);
}

/** The constant text inside a literal, such as the sequence name of a `nextval`; undefined for anything else. */
export function literalText(expression: Expression | undefined): string | undefined {
  const value: Value | undefined = expression?.kind === 'literal' ? expression.value : undefined;
  return typeof value?.scalar === 'string' && !value.isNull ? value.scalar : undefined;
}
