import type { Prepared } from './prepared';
import type { Done } from './run';
import type { MigrationResult, Note } from './types';

/** What a run says of one migration. */
export function resultOf(
  { key, name, file, body }: Prepared,
  status: MigrationResult['status'],
  done?: Done,
  notes: readonly Note[] = [],
): MigrationResult {
  const executionMs = Math.round(done?.executionMs ?? 0);
  const warnings = body.kind === 'statements' && status !== 'not-executed' ? body.warnings : [];
  const warned: Note[] = warnings.map(({ code, params }) => ({ key: `danger.${code}`, params }));
  const isEmpty = body.kind === 'statements' && body.statements.length === 0 && status === 'success';
  // Whoever made it from a template and has yet to write it finds out now, and not when it has changed.
  if (isEmpty) warned.push({ key: 'migration.noStatement', params: {} });
  return { id: key, name, file, status, executionMs, notes: [...warned, ...notes], statements: done?.statements ?? [] };
}
