import { writeName } from '../dialect/kuzu-names';
import type { Expression } from './expression';
import { printExpression } from './expression-text';

export interface DefaultParameter {
  readonly name: string;
  readonly value: Expression;
}

/** The parameters of a macro as in DDL, without the outer parentheses; those with a value come last. */
export function printParameters(positional: readonly string[], defaults: readonly DefaultParameter[]): string {
  return [
    ...positional.map(writeName),
    ...defaults.map(({ name, value }) => `${writeName(name)} := ${printExpression(value)}`),
  ].join(', ');
}
