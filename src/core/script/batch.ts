import type { Dialect } from '../dialect/dialect';
import { lexerOf } from './lexer';

const PARAMETER = '$batch';

/** The offsets at which a statement names `$batch`, outside strings, names and comments. */
export function batchParameters(statement: string, dialect: Dialect): number[] {
  if (!statement.includes(PARAMETER)) return [];
  const found: number[] = [];
  const lexer = lexerOf(statement, dialect);
  let dollar = -1;
  for (let kind = lexer.next(); kind !== undefined; kind = lexer.next()) {
    const { start, end } = lexer;
    if (kind === 'word' && start === dollar + 1 && statement.slice(start, end) === 'batch') found.push(dollar);
    dollar = kind === 'symbol' && statement.slice(start, end) === '$' ? start : -2;
  }
  return found;
}

/** A statement with its slice's number of rows in place of every `$batch`. */
export function withBatchSize(statement: string, dialect: Dialect, size: number): string {
  let text = '';
  let from = 0;
  for (const at of batchParameters(statement, dialect)) {
    text += statement.slice(from, at) + size;
    from = at + PARAMETER.length;
  }
  return text + statement.slice(from);
}
