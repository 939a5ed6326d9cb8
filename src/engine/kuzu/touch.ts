import type { Statement, StatementResult } from '../driver';

/**
 * An updating query in a form that counts the rows it went over, for the engine reports none by itself (measured on
 * CREATE, SET, MERGE and DELETE). DDL, COPY, reading queries and those with a RETURN of their own stay as they are.
 */
export function counted(text: string): Statement {
  const words = topLevelWords(text);
  const [first, second] = words;
  const starts = first === 'create' ? second === '(' : STARTS.has(first ?? '');
  const own = words.some((word) => word === 'return' || word === 'union' || word === ';');
  // On a line of its own: the text may end in a line comment.
  return starts && !own && words.some((word) => UPDATES.has(word)) ? { text: text + COUNT, rows: 1 } : { text };
}

/** Undefined for a statement that `counted` left as it was. */
export function touched(statement: Statement, result: StatementResult): number | undefined {
  return statement.rows === 1 && statement.text.endsWith(COUNT) ? Number(result.rows[0]?.[0]) : undefined;
}

const COUNT = '\nRETURN count(*)';
const STARTS = new Set(['match', 'merge', 'unwind', 'optional', 'with', 'load', 'call']);
const UPDATES = new Set(['create', 'merge', 'set', 'delete']);

/** The words outside of brackets, folded, and the brackets and semicolons themselves; without strings and comments. */
function topLevelWords(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let afterDot = false;
  for (const [token] of text.matchAll(TOKEN)) {
    const isWord = /^[\p{L}_]/u.test(token);
    if (depth === 0 && isWord && !afterDot) found.push(token.toLowerCase());
    if (depth === 0 && (token === ';' || '([{'.includes(token))) found.push(token);
    if ('([{'.includes(token)) depth++;
    else if (')]}'.includes(token)) depth--;
    if (!COMMENT.test(token)) afterDot = token === '.';
  }
  return found;
}

const COMMENT = /^\/[/*]/;

// As the scanner reads them: a backslash escapes in strings, not in names, and a star goes with the character behind it.
const TOKEN =
  /'(?:[^'\\]|\\[\s\S])*'?|"(?:[^"\\]|\\[\s\S])*"?|`[^`]*`?|\/\/[^\r\n]*|\/\*(?:[^*]|\*[^/])*(?:\*\/)?|[\p{L}_][\p{L}\p{N}_$]*|[0-9][\p{L}\p{N}_.]*|[()[\]{};.]/gu;
