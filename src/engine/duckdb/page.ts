import { quoteSqlName } from '../../core/dialect/sql-names';
import type { Page, PageRequest, RunOptions, Session } from '../driver';
import { fullName, ownCatalog } from './full-name';

/** One page of a table as text, in the order that the rows lie in. */
export async function page(session: Session, request: PageRequest, options?: RunOptions): Promise<Page> {
  const values = request.columns.map((name) => `CAST(${quoteSqlName(name)} AS VARCHAR)`).join(', ');
  const table = fullName(request, await ownCatalog(session, [request], options));
  const text = `SELECT ${values} FROM ${table} LIMIT ${request.limit} OFFSET ${request.offset}`;
  const [result] = await session.run([{ text, rows: request.limit }], options);
  const rows = (result?.rows ?? []).map((row) => row.map((cell) => (cell === null ? null : String(cell))));
  return { columns: request.columns, rows };
}
