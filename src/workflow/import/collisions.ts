import { MigrateError } from '../../core/errors';
import type { Schema } from '../../core/schema/model';
import { tableName } from '../../core/version/sql/table-name';

/**
 * Refuses to merge what would meet something of the same name; the engine compares names without regard to case.
 * @throws MigrateError IMPORT_NAME_COLLISION with every name
 */
export function refuseCollisions(existing: Schema, added: Schema): void {
  const taken = new Set(namesOf(existing).map((name) => name.toLowerCase()));
  const names = namesOf(added).filter((name) => taken.has(name.toLowerCase()));
  if (names.length > 0) throw new MigrateError('IMPORT_NAME_COLLISION', { names: names.join(', ') });
}

function namesOf(schema: Schema): string[] {
  const { tables, sequences, macros, types, views = [] } = schema;
  return [tables, sequences, macros, types, views].flatMap((kind) => kind.map(tableName));
}
