import { firstBracket, itemEnd, sqlTokens } from '../../core/schema/sql-tokens';

/** What only the text of a CREATE TABLE tells of a column; nothing in the catalog's functions does. */
export interface ColumnText {
  readonly collation?: string;
  /** The expression with its parentheses. */
  readonly generated?: string;
}

/**
 * Reads the columns of a CREATE TABLE as the engine prints it, one item a column, columns first. A text that ends in an
 * empty item (what it prints for a foreign key to the same table) reads as well.
 */
export function columnTexts(sql: string, columns: number): ColumnText[] {
  const found: ColumnText[] = [];
  let at = firstBracket(sql) + 1;
  while (found.length < columns) {
    const end = itemEnd(sql, at);
    found.push(columnText(sql.slice(at, end)));
    at = end + 1;
  }
  return found;
}

function columnText(item: string): ColumnText {
  // The first token is the name. Behind the type come the options, in this order, and the last may be an expression.
  const options = sqlTokens(item).slice(1);
  const generated = options.findIndex((token, at) => isWord(token, 'GENERATED') && isWord(options[at + 1], 'ALWAYS'));
  if (generated >= 0) return { generated: item.slice(options[generated + 3]?.start ?? item.length).trim() };
  const collate = options.findIndex((token) => isWord(token, 'COLLATE'));
  const stop = options.findIndex((token) => isWord(token, 'DEFAULT'));
  if (collate < 0 || (stop >= 0 && stop < collate)) return {};
  return { collation: /^[\w.]+/.exec(item.slice(options[collate + 1]?.start))?.[0] ?? '' };
}

function isWord(token: { readonly kind: string; readonly text: string } | undefined, word: string): boolean {
  return token?.kind === 'name' && token.text === word;
}
