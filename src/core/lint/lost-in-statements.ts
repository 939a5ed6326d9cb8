import { entriesOf } from '../danger/spans';
import type { Dialect } from '../dialect/dialect';
import type { Lost } from '../loss/lost';
import type { ScriptStatement } from '../script/script';
import { LOSS_RULES } from './rules';

/**
 * What statements take of what was there before the first of them, each once, by the names that it had then. Of a table
 * that they copy elsewhere first, or have made themselves, there is nothing.
 */
export function lostInStatements(statements: readonly ScriptStatement[], dialect: Dialect): Lost[] {
  const look = { dialect, way: 'up' as const, statements, entries: entriesOf(statements, dialect) };
  const hits = LOSS_RULES.filter((rule) => rule.dialect === undefined || rule.dialect === dialect)
    .flatMap((rule) => rule.find(look))
    .sort((a, b) => a.index - b.index);
  const found = new Map<string, Lost>();
  for (const { lost } of hits) if (lost) found.set(JSON.stringify(lost), lost);
  return [...found.values()];
}
