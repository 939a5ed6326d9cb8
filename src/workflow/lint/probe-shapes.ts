import { MigrateError } from '../../core/errors';
import { askedObject, isThere, otherObject, probeStatements } from '../../core/lint/asked-object';
import { isPair } from '../../core/migration/pair';
import type { MigrationFile } from '../../core/migration/types';
import type { Schema } from '../../core/schema/model';
import { parseScript } from '../../core/script/parse';
import { tokenize } from '../../core/statement/tokens';
import type { ShadowRun } from '../migrate/shadow-run';

/**
 * Has the engine make what the way up asks for with IF NOT EXISTS once more under another name, where something of that
 * name is there already: only in its own words can two views, macros, types or indexes be compared.
 * @param shadow in the state that the migration finds, and left in it
 * @returns by the index of the statement what is there instead, a nested text
 */
export async function probeShapes(
  shadow: ShadowRun,
  migration: MigrationFile,
  before: Schema,
): Promise<ReadonlyMap<number, string>> {
  const { language, kind, upText, file } = migration;
  const found = new Map<number, string>();
  if (language !== 'sql' || kind !== undefined) return found;
  const { statements } = parseScript(upText, language, isPair(migration) ? 'up' : 'single').up;
  for (const [index, statement] of statements.entries()) {
    const tokens = tokenize(statement.text, language);
    const asked = askedObject(tokens);
    if (!asked || !isThere(asked, before)) continue;
    const [make, drop] = probeStatements(statement.text, tokens, asked);
    try {
      await shadow.statements([{ ...statement, file, text: make }]);
    } catch (error) {
      // It takes what an earlier statement of the migration makes; then the text has to do.
      if (!MigrateError.is(error, 'STATEMENT_FAILED')) throw error;
      continue;
    }
    const instead = otherObject(asked, before, await shadow.schema());
    if (instead !== undefined) found.set(index, instead);
    await shadow.statements([{ ...statement, file, text: drop }]);
  }
  return found;
}
