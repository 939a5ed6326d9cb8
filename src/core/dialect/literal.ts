import type { Dialect } from './dialect';
import { isWritableName, quoteName, quoteString } from './kuzu-names';
import { quoteSqlString } from './sql-names';

/** A JavaScript value that can be written into a statement. */
export type LiteralValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | Uint8Array
  | readonly LiteralValue[]
  | { readonly [key: string]: LiteralValue };

/** Why a value or a parameter can't be written; each has a text `code.<reason>`. */
export type ParameterFault =
  | 'parameterMissing'
  | 'parameterUnused'
  | 'parameterUndefined'
  | 'parameterType'
  | 'parameterRange'
  | 'parameterText'
  | 'parameterKey'
  | 'parameterEmpty'
  | 'parameterMixed'
  | 'parameterDepth';

/** What is wrong with the parameters of a statement, and with which of them. */
export class ParameterError extends Error {
  readonly fault: ParameterFault;
  readonly parameter: string;

  constructor(fault: ParameterFault, parameter: string) {
    super(`${fault} ${parameter}`);
    this.name = 'ParameterError';
    this.fault = fault;
    this.parameter = parameter;
  }
}

// Deeper ones cost Kùzu seconds, and end its process at about a thousand (measured).
const DEEPEST = 32;
/** Half of a surrogate pair: it has no UTF-8, and would arrive as another character. */
const HALF_PAIR = /\p{Surrogate}/u;
const INT64_MIN = -(2n ** 63n);
const INT128_MIN = -(2n ** 127n);
const LARGEST: Readonly<Record<Dialect, bigint>> = { cypher: 2n ** 127n - 1n, sql: 2n ** 128n - 1n };

/**
 * The literal of a value in a dialect, such that the engine gives the same value back: a whole number is an integer,
 * any other number a DOUBLE, a `Date` a TIMESTAMP in UTC, bytes a BLOB, an array a LIST, a plain object a STRUCT.
 * @param name what an error calls the value
 * @throws ParameterError
 */
export function literal(value: unknown, dialect: Dialect, name: string): string {
  return write(value, dialect, name, 0);
}

function write(value: unknown, dialect: Dialect, name: string, depth: number): string {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return text(value, dialect, name);
  if (typeof value === 'bigint') return integer(value, dialect, name);
  if (typeof value === 'number') return number(value, dialect, name);
  if (value === undefined) throw new ParameterError('parameterUndefined', name);
  if (typeof value !== 'object') throw new ParameterError('parameterType', name);
  if (value instanceof Date) return timestamp(value, dialect, name);
  if (value instanceof Uint8Array) return bytes(value, dialect);
  if (depth === DEEPEST) throw new ParameterError('parameterDepth', name);
  if (Array.isArray(value)) {
    if (isMixed(value)) throw new ParameterError('parameterMixed', name);
    return `[${value.map((item) => write(item, dialect, name, depth + 1)).join(', ')}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm has another Object.prototype, whose own prototype is null as well.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw new ParameterError('parameterType', name);
  const entries = Object.entries(value);
  if (entries.length === 0) throw new ParameterError('parameterEmpty', name);
  const fields = entries.map(([key, item]) => `${field(key, dialect, name)}: ${write(item, dialect, name, depth + 1)}`);
  return `{${fields.join(', ')}}`;
}

/** In parentheses where it is negative, so that `a-$b` never makes `--`, which begins a comment in SQL. */
function integer(value: bigint, dialect: Dialect, name: string): string {
  if (value < INT128_MIN || value > LARGEST[dialect]) throw new ParameterError('parameterRange', name);
  if (value >= 0n) return String(value);
  // Kùzu reads the digits first and negates them then, which the smallest INT128 doesn't survive (measured).
  return value < INT64_MIN ? `CAST('${value}' AS ${dialect === 'sql' ? 'HUGEINT' : 'INT128'})` : `(${value})`;
}

function number(value: number, dialect: Dialect, name: string): string {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return integer(BigInt(value), dialect, name);
  // As text: DuckDB reads `0.1` as a DECIMAL, and Kùzu has no exponent with a plus sign.
  return `CAST('${Object.is(value, -0) ? '-0' : value}' AS DOUBLE)`;
}

function text(value: string, dialect: Dialect, name: string): string {
  if (HALF_PAIR.test(value)) throw new ParameterError('parameterText', name);
  if (dialect === 'cypher') return quoteString(value);
  // DuckDB's parser ends at a NUL (measured).
  const parts = value.split('\0').map(quoteSqlString);
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' || chr(0) || ')})`;
}

function timestamp(value: Date, dialect: Dialect, name: string): string {
  if (Number.isNaN(value.getTime())) throw new ParameterError('parameterRange', name);
  const year = value.getUTCFullYear();
  // Kùzu parses no years before 0 (measured).
  if (dialect === 'cypher' && year < 0) throw new ParameterError('parameterRange', name);
  const sign = year < 0 ? '-' : '';
  const digits = String(Math.abs(year)).padStart(4, '0');
  const rest = value
    .toISOString()
    .replace(/^[+-]?\d+-/, '')
    .replace('T', ' ')
    .replace('Z', '');
  return `CAST('${sign}${digits}-${rest}' AS TIMESTAMP)`;
}

function bytes(value: Uint8Array, dialect: Dialect): string {
  const hex = Array.from(value, (byte) => byte.toString(16).padStart(2, '0'));
  if (dialect === 'sql') return `from_hex('${hex.join('')}')`;
  // The string literal takes one backslash of each pair away, and the function reads the other.
  return `BLOB('${hex.map((pair) => `\\\\x${pair}`).join('')}')`;
}

function field(key: string, dialect: Dialect, name: string): string {
  const sayable = !HALF_PAIR.test(key) && key !== '' && !key.includes('\0');
  if (!sayable || (dialect === 'cypher' && !isWritableName(key))) throw new ParameterError('parameterKey', name);
  return dialect === 'sql' ? quoteSqlString(key) : quoteName(key);
}

/** Whether the engines would have to change one item to fit another: DuckDB makes `[1, true]` to `[1, 1]` (measured). */
function isMixed(items: readonly unknown[]): boolean {
  const kinds = new Set(items.filter((item) => item !== null && item !== undefined).map(kindOf));
  // A whole number goes with both; a large integer beside a fraction would lose its last digits.
  if (kinds.has('bigint') || kinds.has('fraction')) kinds.delete('whole');
  return kinds.size > 1;
}

function kindOf(item: unknown): string {
  if (typeof item === 'number') return Number.isSafeInteger(item) ? 'whole' : 'fraction';
  if (typeof item !== 'object') return typeof item;
  if (Array.isArray(item)) return 'list';
  if (item instanceof Date) return 'date';
  return item instanceof Uint8Array ? 'bytes' : 'struct';
}
