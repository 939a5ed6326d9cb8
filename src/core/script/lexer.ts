import type { Dialect } from '../dialect/dialect';
import type { Lexer } from './piece';
import { CypherLexer } from './scan-cypher';
import { SqlLexer } from './scan-sql';

export function lexerOf(text: string, dialect: Dialect): Lexer {
  return dialect === 'sql' ? new SqlLexer(text) : new CypherLexer(text);
}
