import { MigrateError } from '../../../core/errors';
import { type Loss, lossOf } from '../../../core/version/loss';
import { sqlLosses } from '../../../core/version/sql/loss-codes';
import { tableName } from '../../../core/version/sql/table-name';
import type { ExportOptions, Session } from '../../driver';
import { fullName } from '../full-name';
import { introspect } from '../introspect';

/** What no version of a DuckDB database can keep; the values of a column are tried when they are written. */
export async function findLosses(session: Session, options: ExportOptions): Promise<Loss[]> {
  const signal = options.signal ? { signal: options.signal } : {};
  const schema = await introspect(session, signal);
  const views = schema.views ?? [];
  if (views.length === 0) return [];
  const [named] = await session.run([{ text: 'SELECT current_database()', rows: 1 }], signal);
  const catalog = String(named?.rows[0]?.[0]);
  // A view outlives what it reads, and can't be made again without it.
  const broken = await refused(
    session,
    views.map((view) => `EXPLAIN FROM ${fullName(view, catalog)}`),
    options,
  );
  return [...broken].flatMap(([at, detail]) => {
    const view = views[at];
    return view ? [lossOf(sqlLosses.brokenView, 'blocked', tableName(view), { detail })] : [];
  });
}

/** Which of some statements the engine refuses, and with what words. */
async function refused(
  session: Session,
  texts: readonly string[],
  options: ExportOptions,
): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  for (let from = 0; from < texts.length; ) {
    const start = from;
    try {
      const some = texts.slice(start).map((text) => ({ text }));
      await session.run(some, options.signal ? { signal: options.signal } : {});
      break;
    } catch (error) {
      if (!MigrateError.is(error, 'STATEMENT_FAILED')) throw error;
      const at = start + Number(error.params.index);
      found.set(at, String(error.params.detail));
      from = at + 1;
    }
  }
  return found;
}
