import { entriesOf } from '../danger/spans';
import { sqlKeyParts } from '../dialect/sql-names';
import type { View } from '../schema/model';
import type { ScriptStatement } from '../script/script';
import { tokenize } from '../statement/tokens';

/**
 * Told by the replay alone, which asks each view.
 * @source measured on DuckDB 1.5.5: a view outlives what it reads, and no statement says so
 */
export const brokenView = {
  code: 'KM436',
  summary: 'Leaves a view that no longer works, since what it reads is gone or has another name.',
  severity: 'warning',
} as const;

/** The last statement that drops or alters something that the view names, or else something that a view between them may. */
export function breakingStatement(statements: readonly ScriptStatement[], { definition }: View): number {
  const read = tokenize(definition, 'sql');
  const changing = entriesOf(statements, 'sql').filter(({ tokens }) => ['alter', 'drop'].includes(tokens.word(0)));
  const breaks = changing.findLast(({ tokens, facts }) => {
    return facts.tables.some((table) => read.has(sqlKeyParts(table).at(-1) ?? table)) || readsSubject(tokens, read);
  });
  return (breaks ?? changing.at(-1))?.index ?? 0;
}

/** Views and macros are no tables, and views read them all the same. */
function readsSubject(tokens: ReturnType<typeof tokenize>, read: ReturnType<typeof tokenize>): boolean {
  const last = tokens.word(tokens.length - 1) === 'cascade' ? tokens.length - 2 : tokens.length - 1;
  return tokens.word(0) === 'drop' && tokens.name(last) !== '' && read.has(tokens.name(last));
}
