import type { Prepared } from './prepared';
import type { Done } from './run';
import type { MigrationResult, Note } from './types';

/** What a run says of one migration. */
export function resultOf(
  { key, name, file }: Pick<Prepared, 'key' | 'name' | 'file'>,
  status: MigrationResult['status'],
  done?: Done,
  notes: readonly Note[] = [],
): MigrationResult {
  const executionMs = Math.round(done?.executionMs ?? 0);
  return { id: key, name, file, status, executionMs, notes, statements: done?.statements ?? [] };
}
