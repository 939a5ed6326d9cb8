import { MigrateError } from '../../core/errors';
import { idIdentity, parseId } from '../../core/migration/id';
import type { Script } from '../../core/script/script';
import type { Prepared } from './prepared';
import type { MigrationResult } from './types';

export interface Requirement {
  readonly key: string;
  readonly file: string | null;
  readonly requires: Script['requires'];
}

/**
 * Holds `requires: ID` against what is applied and what runs before.
 * @throws MigrateError MIGRATION_REQUIRES with the place of the directive
 */
export function requireApplied(migrations: readonly Requirement[], applied: readonly string[]): void {
  const known = new Set(applied.map(identity));
  for (const migration of migrations) {
    const open = migration.requires.find(({ id }) => !known.has(identity(id)));
    if (open) throw requiresError(migration, open);
    known.add(identity(migration.key));
  }
}

/**
 * A migration that another one requires may have been left out while the run was under way, for a condition of its own.
 * @throws MigrateError MIGRATION_REQUIRES
 */
export function requireRun(prepared: Prepared, earlier: readonly MigrationResult[]): void {
  if (prepared.requires.length === 0) return;
  const left = new Set(earlier.filter(({ status }) => status === 'not-executed').map(({ id }) => identity(id)));
  const open = prepared.requires.find(({ id }) => left.has(identity(id)));
  if (open) throw requiresError(prepared, open);
}

function requiresError(
  { key, file }: Pick<Requirement, 'key' | 'file'>,
  { id, line, column }: Script['requires'][number],
): MigrateError {
  const where = { ...(file === null ? {} : { file }), line, column };
  return new MigrateError('MIGRATION_REQUIRES', { id: key, required: id }, { where });
}

function identity(text: string): string {
  const id = parseId(text);
  return id ? idIdentity(id) : text;
}
