import type { Dialect } from '../dialect/dialect';
import { patternAt } from '../statement/cypher-dml';
import { behindBracket } from '../statement/shape';
import { sqlName } from '../statement/sql-names';
import type { Tokens } from '../statement/tokens';

/**
 * The tables whose rows a statement that adds rows takes from: those that it goes through row by row, not those that it
 * only joins to them. The keys that the engine finds them by.
 */
export function copiedTables(tokens: Tokens, dialect: Dialect): string[] {
  return dialect === 'sql' ? inQuery(tokens) : inMatches(tokens);
}

/** A bracket behind one of these holds a query whose rows go on; behind anything else it is a list or a condition. */
const BEFORE_QUERY = new Set(['as', 'materialized', 'from', 'union', 'all']);

/** What stands directly behind FROM. */
function inQuery(tokens: Tokens): string[] {
  const found: string[] = [];
  const target = targetEnd(tokens);
  for (let at = 0; at < tokens.length; at++) {
    const word = tokens.word(at);
    if (word === 'from' && tokens.name(at + 1) !== '') found.push(sqlName(tokens, at + 1).name);
    if (word !== '(') continue;
    const isQuery = ['select', 'from', 'with'].includes(tokens.word(at + 1));
    if (!isQuery || !(at === target || BEFORE_QUERY.has(tokens.word(at - 1)))) at = behindBracket(tokens, at) - 1;
  }
  return found;
}

/** Behind `INSERT INTO t` or `INSERT INTO t (a, b)`, where a query may stand in brackets. */
function targetEnd(tokens: Tokens): number {
  for (let at = 0; at < tokens.length; at++) {
    if (tokens.word(at) !== 'into') continue;
    const { end } = sqlName(tokens, at + 1);
    const isList = tokens.word(end) === '(' && !['select', 'from', 'with'].includes(tokens.word(end + 1));
    return isList ? behindBracket(tokens, end) : end;
  }
  return -1;
}

/** Of each MATCH the relationships of its patterns; the nodes only where the first pattern is nothing but one. */
function inMatches(tokens: Tokens): string[] {
  const found: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (tokens.word(at) === 'match' && tokens.word(at - 1) !== 'on') found.push(...inPatterns(tokens, at + 1));
  }
  return found;
}

function inPatterns(tokens: Tokens, start: number): string[] {
  const found: string[] = [];
  let nodes: string[] = [];
  let isFirst = true;
  let hasPath = false;
  const close = () => {
    if (isFirst && !hasPath) found.push(...nodes);
    [nodes, isFirst, hasPath] = [[], false, false];
  };
  let at = start;
  for (; at < tokens.length; at++) {
    const symbol = tokens.kind(at) === 'symbol' ? tokens.word(at) : '';
    if (symbol === ',') close();
    else if (symbol === '(') nodes.push(...patternAt(tokens, at + 1).tables);
    else if (symbol === '[') found.push(...patternAt(tokens, at + 1).tables);
    else if (symbol === '-') hasPath = true;
    else if (!['<', '>', '='].includes(symbol) && !(tokens.word(at + 1) === '=' && tokens.name(at) !== '')) break;
    if (symbol === '(' || symbol === '[') at = behindBracket(tokens, at) - 1;
  }
  close();
  return found;
}
