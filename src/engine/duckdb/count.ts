import { quoteSqlName } from '../../core/dialect/sql-names';
import type { RunOptions, Session, TableRef } from '../driver';

/** Rows of each table, in the order asked for; one request for all of them. */
export async function countRows(
  session: Session,
  tables: readonly TableRef[],
  options?: RunOptions,
): Promise<number[]> {
  const results = await session.run(
    tables.map((table) => ({ text: `SELECT count(*) FROM ${tableName(table)}`, rows: 1 })),
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

/** A table's name in full, quoted. */
export function tableName({ schema, name }: TableRef): string {
  return `${quoteSqlName(schema ?? 'main')}.${quoteSqlName(name)}`;
}
