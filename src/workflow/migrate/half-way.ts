import type { Dialect } from '../../core/dialect/dialect';
import { MigrateError } from '../../core/errors';
import type { MigrationBody } from '../../core/migration/kind';
import type { PlanStep } from '../../core/migration/plan';
import { normaliseStatement } from '../../core/script/normalise';
import { parseScript } from '../../core/script/parse';
import type { RunCode } from './kinds';
import { isStoredCode } from './stored-script';

/**
 * Refuses to go on with a half-done migration where that would not be the rest of what was begun.
 * @throws MigrateError CODE_HALF_DONE for code, which alone knows what it has done; MIGRATION_HALF_EDITED where the
 *   statements that are done are others by now
 */
export function requireSameBeginning(
  { entry, done, direction }: PlanStep,
  body: MigrationBody<RunCode>,
  dialect: Dialect,
): void {
  const { row, halfDone, file } = entry;
  if (!row || halfDone !== direction) return;
  const where = file ? { where: { file: file.file } } : {};
  if (body.kind === 'code') throw new MigrateError('CODE_HALF_DONE', { id: row.version }, where);
  const stored = direction === 'up' ? row.upScript : (row.downScript ?? '');
  if (isStoredCode(stored)) throw new MigrateError('CODE_HALF_DONE', { id: row.version }, where);
  const script = parseScript(stored, dialect, direction);
  const begun = (direction === 'up' ? script.up : script.down)?.statements.slice(0, done) ?? [];
  const now = body.section.statements;
  const same = begun.every(({ text }, at) => meaning(text, dialect) === meaning(now[at]?.text ?? '', dialect));
  if (!same) throw new MigrateError('MIGRATION_HALF_EDITED', { id: row.version, file: file?.file ?? '' }, where);
}

function meaning(text: string, dialect: Dialect): string {
  return normaliseStatement(text, dialect);
}
