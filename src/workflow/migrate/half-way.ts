import type { Dialect } from '../../core/dialect/dialect';
import { MigrateError } from '../../core/errors';
import type { MigrationBody } from '../../core/migration/kind';
import type { PlanStep } from '../../core/migration/plan';
import type { HistoryRow } from '../../core/migration/types';
import { normaliseStatement } from '../../core/script/normalise';
import { parseScript } from '../../core/script/parse';
import { classify } from '../../core/statement/classify';
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
  const stored = storedOf(row, direction);
  if (body.kind === 'code' || isStoredCode(stored)) {
    throw new MigrateError('CODE_HALF_DONE', { id: row.version }, where);
  }
  if (beginsAs(row, body, done, direction, dialect)) return;
  throw new MigrateError('MIGRATION_HALF_EDITED', { id: row.version, file: file?.file ?? '' }, where);
}

/**
 * Whether a way down that failed half way goes on with the file rather than with the text that it began with: there the
 * statement that failed is mended, and what is done is the same.
 */
export function isMended(
  { entry, done, direction }: PlanStep,
  body: MigrationBody<RunCode> | undefined,
  dialect: Dialect,
): body is Extract<MigrationBody<RunCode>, { kind: 'statements' }> {
  const { row, halfDone } = entry;
  if (direction !== 'down' || halfDone !== 'down' || row?.status !== 'failed') return false;
  const stored = storedOf(row, direction);
  return body?.kind === 'statements' && !isStoredCode(stored) && beginsAs(row, body, done, direction, dialect);
}

function storedOf({ upScript, downScript }: HistoryRow, direction: 'up' | 'down'): string {
  return direction === 'up' ? upScript : (downScript ?? '');
}

function beginsAs(
  row: HistoryRow,
  body: Extract<MigrationBody<RunCode>, { kind: 'statements' }>,
  done: number,
  direction: 'up' | 'down',
  dialect: Dialect,
): boolean {
  const script = parseScript(storedOf(row, direction), dialect, direction);
  const statements = (direction === 'up' ? script.up : script.down)?.statements ?? [];
  const next = statements[done];
  // The one that a kill fell on may be done, too, unless it was undone with its transaction.
  const isOpen = row.status === 'pending' && next?.batch === undefined && !isTransactional(next?.text ?? '', dialect);
  const begun = statements.slice(0, isOpen ? done + 1 : done);
  const now = body.section.statements;
  return begun.every(({ text }, at) => meaning(text, dialect) === meaning(now[at]?.text ?? '', dialect));
}

function isTransactional(text: string, dialect: Dialect): boolean {
  return classify(text, dialect).transactional;
}

function meaning(text: string, dialect: Dialect): string {
  return normaliseStatement(text, dialect);
}
