import type { Dialect } from '../dialect/dialect';
import { writePart } from '../schema/rename-text';
import { type Tokens, tokenize } from '../statement/tokens';
import { alteredTable } from './alter-table';

/** The renames of tables and columns that statements make, as `rename` directives record them, in their order. */
export function writtenRenames(statements: readonly { readonly text: string }[], dialect: Dialect): string[] {
  return statements.flatMap(({ text }) => renameOf(tokenize(text, dialect), dialect) ?? []);
}

function renameOf(tokens: Tokens, dialect: Dialect): string | undefined {
  const altered = alteredTable(tokens, dialect);
  if (altered?.action !== 'rename') return undefined;
  const { tableFrom, tableTo, actionAt, subjectAt } = altered;
  const table: string[] = [];
  for (let at = tableFrom; at <= tableTo; at += 2) table.push(nameAt(tokens, at, dialect));
  // A database in front is the one that the migration runs in.
  const path = table.slice(-2);
  const toAt = actionAt + 1;
  const isOfTable = tokens.word(toAt) === 'to' && (tokens.word(toAt + 1) !== 'to' || toAt + 2 === tokens.length);
  if (isOfTable) return `${path.join('.')}=${nameAt(tokens, toAt + 1, dialect)}`;
  if (tokens.word(subjectAt + 1) !== 'to') return undefined;
  const column = nameAt(tokens, subjectAt, dialect);
  return `${[...path, column].join('.')}=${nameAt(tokens, subjectAt + 2, dialect)}`;
}

/** As the engine reads it: SQL doubles a quote within quotes. */
function nameAt(tokens: Tokens, at: number, dialect: Dialect): string {
  const raw = tokens.raw(at);
  const inner = tokens.kind(at) === 'name' ? raw.slice(1, -1) : raw;
  return writePart(tokens.kind(at) === 'name' && dialect === 'sql' ? inner.replaceAll('""', '"') : inner);
}
