import { quoteString } from '../dialect/kuzu-names';
import type { Value } from './value';

const NUMBER = /^(?:\d+|\d*\.\d+)(?:[eE]-?\d+)?$/;

/** The user's own spelling where it says the same number (`1.50`, `1e3`); the engine drops a minus before it. */
function printDouble(value: number, raw: string): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  const plain = raw.replace(/^-/, '');
  if (NUMBER.test(plain) && /[.eE]/.test(plain) && Number(plain) === size) return sign + plain;
  if (size === Number.POSITIVE_INFINITY) return `${sign}1e999`;
  const text = String(size).replace('+', '');
  return sign + (/[.e]/.test(text) ? text : `${text}.0`);
}

/**
 * A constant as DDL. Exact: unlike the engine's export it keeps the sign of a number.
 * @returns the text of a NULL for nested values, which the parser makes no literals of
 */
export function printLiteral(value: Value, raw: string): string {
  const { scalar } = value;
  if (value.isNull || scalar === undefined) return 'NULL';
  if (typeof scalar === 'bigint') return scalar.toString();
  if (typeof scalar === 'boolean') return scalar ? 'true' : 'false';
  if (typeof scalar === 'number') return printDouble(scalar, raw);
  return quoteString(scalar);
}

/** Whether the text of a literal begins with a minus, which does not bind as tightly as the number itself. */
export function isNegative(value: Value): boolean {
  const { scalar } = value;
  if (value.isNull) return false;
  if (typeof scalar === 'bigint') return scalar < 0n;
  return typeof scalar === 'number' && (scalar < 0 || Object.is(scalar, -0));
}
