import type { ByteReader } from './byte-reader';
import { readValue, type Value } from './value';

/** Operators that are no function calls; the numbers are the engine's `ExpressionType`. */
export const OPERATORS: Readonly<Record<number, string>> = {
  0: 'OR',
  1: 'XOR',
  2: 'AND',
  3: 'NOT',
  10: '=',
  11: '<>',
  12: '>',
  13: '>=',
  14: '<',
  15: '<=',
  50: 'IS NULL',
  51: 'IS NOT NULL',
};

interface Common {
  /** What the engine's own export and `table_info` print: without parentheses and without the sign of a number. */
  readonly raw: string;
  readonly alias: string;
  readonly children: readonly Expression[];
}

export interface CaseBranch {
  readonly when: Expression;
  readonly result: Expression;
}

export type Expression = Common &
  (
    | { readonly kind: 'operator'; readonly operator: string }
    | {
        readonly kind: 'function';
        readonly name: string;
        readonly distinct: boolean;
        /** Names of the last children, in `f(a := 1)` and `{a: 1}`. */
        readonly argumentNames: readonly string[];
      }
    | { readonly kind: 'literal'; readonly value: Value }
    | { readonly kind: 'property'; readonly property: string }
    | { readonly kind: 'variable'; readonly variable: string }
    | {
        readonly kind: 'case';
        readonly operand?: Expression;
        readonly branches: readonly CaseBranch[];
        readonly otherwise?: Expression;
      }
    /** `x -> …`: the engine writes no more of it than its text. */
    | { readonly kind: 'lambda' }
  );

const PROPERTY = 60;
const LITERAL = 70;
const VARIABLE = 90;
const FUNCTION = 110;
const CASE = 200;
const LAMBDA = 220;

/** @throws CatalogFormatError MALFORMED */
export function readExpression(reader: ByteReader): Expression {
  return reader.nested(() => {
    const type = reader.u8();
    const alias = reader.string();
    const raw = reader.string();
    const children = reader.list(() => readExpression(reader));
    const common = { raw, alias, children };
    switch (type) {
      case PROPERTY:
        return { ...common, kind: 'property', property: reader.string() };
      case LITERAL:
        return { ...common, kind: 'literal', value: readValue(reader) };
      case VARIABLE:
        return { ...common, kind: 'variable', variable: reader.string() };
      case FUNCTION:
        return {
          ...common,
          kind: 'function',
          distinct: reader.bool(),
          name: reader.string(),
          argumentNames: reader.list(() => reader.string()),
        };
      case CASE:
        return readCase(reader, common);
      case LAMBDA:
        return { ...common, kind: 'lambda' };
      default:
        return {
          ...common,
          kind: 'operator',
          operator: OPERATORS[type] ?? reader.fail(`the expression type ${type}`),
        };
    }
  });
}

function readCase(reader: ByteReader, common: Common): Expression {
  const operand = reader.optional(() => readExpression(reader));
  const branches = reader.list(() => ({ when: readExpression(reader), result: readExpression(reader) }));
  const otherwise = reader.optional(() => readExpression(reader));
  return {
    ...common,
    kind: 'case',
    branches,
    ...(operand === undefined ? {} : { operand }),
    ...(otherwise === undefined ? {} : { otherwise }),
  };
}
