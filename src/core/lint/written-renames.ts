import { entriesOf } from '../danger/spans';
import type { Dialect } from '../dialect/dialect';
import { writePart } from '../schema/rename-text';
import type { Script } from '../script/script';
import type { Tokens } from '../statement/tokens';
import { alteredTable } from './alter-table';

/**
 * The renames of tables and columns that statements make, as `rename` directives record them, in their order. A table that
 * is put aside under another name and dropped later has no new name: it is made anew under its old one, or gone.
 */
export function writtenRenames(statements: readonly { readonly text: string }[], dialect: Dialect): string[] {
  const dropped = new Set<string>();
  const found: string[] = [];
  for (const { effects, tokens } of entriesOf(statements, dialect).reverse()) {
    const isPutAside = effects.some((effect) => effect.does === 'rename-table' && dropped.has(effect.to));
    const rename = isPutAside ? undefined : renameOf(tokens, dialect);
    if (rename !== undefined) found.unshift(rename);
    for (const effect of effects) {
      if (effect.does === 'drop-table') dropped.add(effect.table);
      // What bore the name before is another table.
      if (effect.does === 'rename-table') dropped.delete(effect.to);
      if (effect.does === 'create-table') dropped.delete(effect.table);
    }
  }
  return found;
}

/** What migrations rename on the way up, by their headers and by their statements, in the order of the migrations. */
export function collectRenames(scripts: readonly Pick<Script, 'up'>[], dialect: Dialect): string[] {
  return scripts.flatMap(({ up }) => [...up.renames, ...writtenRenames(up.statements, dialect)]);
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
