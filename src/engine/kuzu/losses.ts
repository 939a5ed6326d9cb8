import { MigrateError } from '../../core/errors';
import type { Loss, LossProbe } from '../../core/version/loss';
import { findLosses as findInCatalog } from '../../core/version/losses';
import type { ExportOptions, Session } from '../driver';
import { sessionCatalog } from './catalog';

/** Reads the catalog, then asks the data what the catalog leaves open. */
export async function findLosses(session: Session, options: ExportOptions): Promise<Loss[]> {
  const catalog = await sessionCatalog(session);
  const { format, schemaOnly } = options;
  const { losses, probes } = findInCatalog({ catalog, format, schemaOnly });
  return [...losses, ...(await runProbes(session, probes, options))];
}

/** All in one request; a probe whose query fails may mean a loss itself, and the rest goes on behind it. */
async function runProbes(session: Session, probes: readonly LossProbe[], options: ExportOptions): Promise<Loss[]> {
  if (probes.length === 0) return [];
  const run = (some: readonly LossProbe[]) =>
    session.run(
      some.map(({ query }) => ({ text: query, rows: 1 })),
      options.signal ? { signal: options.signal } : {},
    );
  try {
    return positive(probes, await run(probes));
  } catch (error) {
    const at = MigrateError.is(error, 'STATEMENT_FAILED') ? Number(error.params.index) : -1;
    const onError = probes[at]?.onError;
    if (!onError) throw error;
    // What came before the failed one answered, but a failed run brings no results back.
    const before = probes.slice(0, at);
    const answered = before.length === 0 ? [] : positive(before, await run(before));
    return [...answered, onError, ...(await runProbes(session, probes.slice(at + 1), options))];
  }
}

function positive(
  probes: readonly LossProbe[],
  results: readonly { readonly rows: readonly (readonly unknown[])[] }[],
): Loss[] {
  return results.flatMap(({ rows }, at) => {
    const probe = probes[at];
    return probe && Number(rows[0]?.[0] ?? 0) > 0 ? [probe.loss] : [];
  });
}
