import { MigrateError } from '../../../core/errors';
import type { RunOptions, Session } from '../../driver';

/**
 * Whether each query's one number is above zero, all in one request. One that the engine refuses counts as a yes: it
 * asks what an import would ask.
 */
export async function ask(session: Session, queries: readonly string[], options: RunOptions): Promise<boolean[]> {
  if (queries.length === 0) return [];
  const signal = options.signal ? { signal: options.signal } : {};
  const run = async (some: readonly string[]) =>
    (
      await session.run(
        some.map((text) => ({ text, rows: 1 })),
        signal,
      )
    ).map(({ rows }) => Number(rows[0]?.[0] ?? 0) > 0);
  try {
    return await run(queries);
  } catch (error) {
    const at = MigrateError.is(error, 'STATEMENT_FAILED') ? Number(error.params.index) : Number.NaN;
    if (!(at >= 0)) throw error;
    // What came before the failed one answered, but a failed run brings no results back.
    return [
      ...(at === 0 ? [] : await run(queries.slice(0, at))),
      true,
      ...(await ask(session, queries.slice(at + 1), options)),
    ];
  }
}
