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
  const warned = warnings.map(({ code, params }) => ({ key: `danger.${code}`, params }));
  return { id: key, name, file, status, executionMs, notes: [...warned, ...notes], statements: done?.statements ?? [] };
}
