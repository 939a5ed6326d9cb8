import { MigrateError } from '../../core/errors';
import type { Demand } from '../../core/lint/demand';
import { unmetQuery } from '../../core/lint/unmet-query';
import type { Schema } from '../../core/schema/model';
import type { RunOptions, Session } from '../../engine/driver';
import type { Context } from '../context';

/**
 * How many rows of an open database don't meet each demand; undefined where that can't be told yet, such as of a check that
 * calls a macro of the same migration.
 * @param schema that of the database
 * @throws MigrateError CANCELLED, and what reading can throw
 */
export async function countUnmet(
  context: Context,
  session: Session,
  schema: Schema,
  demands: readonly (Demand | undefined)[],
  options: RunOptions,
): Promise<readonly (number | undefined)[]> {
  const counts: (number | undefined)[] = [];
  for (const demand of demands) {
    const query = demand && unmetQuery(demand, schema);
    counts.push(query === undefined ? undefined : await countOf(context, session, query, options));
  }
  return counts;
}

async function countOf(
  context: Context,
  session: Session,
  query: string,
  options: RunOptions,
): Promise<number | undefined> {
  try {
    const [result] = await session.run([{ text: query, rows: 1 }], options);
    return Number(result?.rows[0]?.[0] ?? 0);
  } catch (error) {
    if (!MigrateError.is(error, 'STATEMENT_FAILED')) throw error;
    context.log(`lint: not counted: ${String(error.params.detail)}`);
    return undefined;
  }
}
