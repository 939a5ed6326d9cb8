import { MigrateError } from '../../core/errors';
import { idIdentity, parseId } from '../../core/migration/id';
import type { Script } from '../../core/script/script';

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
  for (const { key, file, requires } of migrations) {
    for (const { id, line, column } of requires) {
      if (known.has(identity(id))) continue;
      const where = { ...(file === null ? {} : { file }), line, column };
      throw new MigrateError('MIGRATION_REQUIRES', { id: key, required: id }, { where });
    }
    known.add(identity(key));
  }
}

function identity(text: string): string {
  const id = parseId(text);
  return id ? idIdentity(id) : text;
}
