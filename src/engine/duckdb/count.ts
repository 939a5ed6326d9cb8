import type { RunOptions, Session, TableRef } from '../driver';
import { fullName, ownCatalog } from './full-name';

/** Rows of each table, in the order asked for; one request for all of them. */
export async function countRows(
  session: Session,
  tables: readonly TableRef[],
  options?: RunOptions,
): Promise<number[]> {
  const catalog = await ownCatalog(session, tables, options);
  const results = await session.run(
    tables.map((table) => ({ text: `SELECT count(*) FROM ${fullName(table, catalog)}`, rows: 1 })),
    options,
  );
  return results.map((result) => Number(result.rows[0]?.[0]));
}

/** Rows of all tables together, as the engine keeps count of them. */
export async function countAll(session: Session, options?: RunOptions): Promise<number> {
  const text = 'SELECT coalesce(sum(estimated_size), 0) FROM duckdb_tables() WHERE NOT internal';
  const [result] = await session.run([{ text, rows: 1 }], options);
  return Number(result?.rows[0]?.[0] ?? 0);
}
