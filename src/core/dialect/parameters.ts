import type { Dialect } from './dialect';
import { type LiteralValue, literal, ParameterError } from './literal';

export type Parameters = Readonly<Record<string, LiteralValue>>;

const PARAMETER = /\$(?:([\p{L}_][\p{L}\p{N}_]*|[0-9]+)|`([^`]*)`)/uy;
// A tag is a name, so that `$1$` opens nothing (measured in DuckDB 1.5.5).
const DOLLAR_QUOTE = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const WORD = /[\p{L}\p{N}_]/u;

/**
 * A statement with the literals of its `$name` parameters in their places. What stands in a string, a quoted name or a
 * comment is left alone, and so is a `$` inside of a name of SQL.
 * @throws ParameterError for a parameter without a value, a value without a parameter, or a value that has no literal
 */
export function fillParameters(statement: string, values: Parameters, dialect: Dialect): string {
  const unused = new Set(Object.keys(values));
  let filled = '';
  let from = 0;
  for (let at = 0; at < statement.length; ) {
    const found = statement[at] === '$' ? parameterAt(statement, at, dialect) : undefined;
    if (!found) {
      at = skip(statement, at, dialect);
      continue;
    }
    if (!Object.hasOwn(values, found.name)) throw new ParameterError('parameterMissing', found.name);
    unused.delete(found.name);
    const before = statement[at - 1];
    const gap = before !== undefined && WORD.test(before) ? ' ' : '';
    filled += statement.slice(from, at) + gap + literal(values[found.name], dialect, found.name);
    at = found.end;
    from = at;
  }
  const [left] = unused;
  if (left !== undefined) throw new ParameterError('parameterUnused', left);
  return filled + statement.slice(from);
}

function parameterAt(text: string, at: number, dialect: Dialect): { name: string; end: number } | undefined {
  if (dialect === 'sql') {
    DOLLAR_QUOTE.lastIndex = at;
    if (DOLLAR_QUOTE.test(text)) return undefined;
  }
  PARAMETER.lastIndex = at;
  const match = PARAMETER.exec(text);
  const name = match?.[1] ?? (dialect === 'cypher' ? match?.[2] : undefined);
  return match && name !== undefined ? { name, end: PARAMETER.lastIndex } : undefined;
}

/** Behind what starts at `at`: a string, a quoted name, a comment, a name, or one character. */
function skip(text: string, at: number, dialect: Dialect): number {
  const char = text[at];
  const pair = text.slice(at, at + 2);
  if (pair === '/*') return dialect === 'sql' ? nestedCommentEnd(text, at) : commentEnd(text, at);
  if (pair === (dialect === 'sql' ? '--' : '//')) return lineEnd(text, at);
  if (dialect === 'cypher') {
    if (char === "'" || char === '"') return escapedEnd(text, at);
    return char === '`' ? behind(text, text.indexOf('`', at + 1), 1) : at + 1;
  }
  if (char === "'" || char === '"') {
    // A doubled quote is two strings in a row for this purpose. Only E'…' knows the backslash.
    const escapes = char === "'" && /[eE]/.test(text[at - 1] ?? '') && !/[\w$\u0080-\uffff]/.test(text[at - 2] ?? '');
    return escapes ? escapedEnd(text, at) : behind(text, text.indexOf(char, at + 1), 1);
  }
  if (char === '$') return dollarEnd(text, at);
  if (char === undefined || !WORD.test(char)) return at + 1;
  let end = at + 1;
  while (end < text.length && (text[end] === '$' || WORD.test(text[end] ?? ''))) end++;
  return end;
}

function dollarEnd(text: string, at: number): number {
  DOLLAR_QUOTE.lastIndex = at;
  const tag = DOLLAR_QUOTE.exec(text)?.[0];
  return tag === undefined ? at + 1 : behind(text, text.indexOf(tag, at + tag.length), tag.length);
}

function escapedEnd(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === text[at]) return i + 1;
  }
  return text.length;
}

function lineEnd(text: string, at: number): number {
  for (let i = at; i < text.length; i++) if (text[i] === '\n' || text[i] === '\r') return i;
  return text.length;
}

/** Kùzu reads a star together with the character after it, so that an even run of stars before the slash leaves a comment open (measured). */
function commentEnd(text: string, at: number): number {
  for (let star = text.indexOf('*', at + 2); star >= 0; star = text.indexOf('*', star + 2)) {
    if (text[star + 1] === '/') return star + 2;
  }
  return text.length;
}

function nestedCommentEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const pair = text.slice(i, i + 2);
    if (pair === '/*') depth++;
    else if (pair === '*/') depth--;
    else continue;
    i++;
    if (depth === 0) return i + 1;
  }
  return text.length;
}

function behind(text: string, index: number, length: number): number {
  return index < 0 ? text.length : index + length;
}
