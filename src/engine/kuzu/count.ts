import { quoteName } from '../../core/dialect/kuzu-names';
import type { RunOptions, Session, TableRef } from '../driver';

/** Rows of each table, in the order asked for; one request for all of them. */
export async function countRows(
  session: Session,
  tables: readonly TableRef[],
  options?: RunOptions,
): Promise<number[]> {
  const results = await session.run(
    tables.map((table) => ({ text: `${matchTable(table)} RETURN count(*)`, rows: 1 })),
    options,
  );
  return results.map((result) => Number(result.rows[0]?.[0]));
}

/** Rows of all tables together. */
export async function countAll(session: Session, options?: RunOptions): Promise<number> {
  const text = 'CALL show_tables() RETURN name, type';
  const [found] = await session.run([{ text, rows: Number.MAX_SAFE_INTEGER }], options);
  const tables = (found?.rows ?? []).map(([name, type]) => ({
    kind: type === 'REL' ? ('rel' as const) : ('node' as const),
    name: String(name),
  }));
  return (await countRows(session, tables, options)).reduce((sum, count) => sum + count, 0);
}

function matchTable(table: TableRef): string {
  const label = quoteName(table.name);
  return table.kind === 'node' ? `MATCH (n:${label})` : `MATCH ()-[r:${label}]->()`;
}
