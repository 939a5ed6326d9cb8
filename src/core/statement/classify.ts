import type { Dialect } from '../dialect/dialect';
import { readCypher } from './cypher';
import type { StatementFacts } from './facts';
import { shapeOf } from './shape';
import { readSql } from './sql';
import { type Tokens, tokenize } from './tokens';

/**
 * What a statement is and does, read from its tokens. It knows nothing of the database; a text that is no statement
 * gives some facts, and the engine tells what is wrong with it.
 */
export function classify(text: string, dialect: Dialect): StatementFacts {
  return classifyTokens(tokenize(text, dialect), dialect);
}

/** {@link classify} for tokens that were read already. */
export function classifyTokens(tokens: Tokens, dialect: Dialect): StatementFacts {
  const shape = shapeOf(tokens);
  const reading = dialect === 'sql' ? readSql(tokens, shape) : readCypher(tokens, shape);
  const tables = new Set<string>();
  for (const effect of reading.effects) if ('table' in effect && effect.table !== '') tables.add(effect.table);
  return {
    kind: reading.kind,
    transactional: reading.transactional ?? true,
    repeatable: reading.repeatable ?? 'no',
    losesData: reading.losesData ?? false,
    tables: [...tables],
    effects: reading.effects,
    functions: shape.functions,
    depth: { parentheses: shape.parentheses, lists: shape.lists },
  };
}
