import { MigrateError } from '../../core/errors';
import { writesOutside } from '../../core/statement/outside';
import { whereOf } from './placed';
import type { Prepared } from './prepared';

/** @throws MigrateError DRY_RUN_OUTSIDE for what a copy of the database, or a shadow, can't keep in */
export function requireInside(migrations: readonly Prepared[]): void {
  for (const { body, file } of migrations) {
    if (body.kind !== 'statements') continue;
    const found = body.statements.find(({ text, facts }) => writesOutside(text, facts));
    if (found)
      throw new MigrateError('DRY_RUN_OUTSIDE', { statement: found.text }, { where: whereOf(found, file, {}) });
  }
}
