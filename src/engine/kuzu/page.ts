import { quoteName } from '../../core/dialect/kuzu-names';
import type { Endpoints, Page, PageRequest, RunOptions, Session } from '../driver';

/**
 * One page of a table as text. Rows of a rel table carry the keys of their endpoints first; a table with several
 * FROM–TO pairs is read pair by pair, in the order of the request.
 */
export async function page(session: Session, request: PageRequest, options?: RunOptions): Promise<Page> {
  return request.kind === 'node' ? nodePage(session, request, options) : relPage(session, request, options);
}

async function nodePage(session: Session, request: PageRequest, options?: RunOptions): Promise<Page> {
  const values = asText('n', request.columns).join(', ');
  const text = `MATCH (n:${quoteName(request.name)}) RETURN ${values} SKIP ${request.offset} LIMIT ${request.limit}`;
  return { columns: request.columns, rows: await textRows(session, text, request.limit, options) };
}

async function relPage(session: Session, request: PageRequest, options?: RunOptions): Promise<Page> {
  const rows: (string | null)[][] = [];
  let skip = request.offset;
  for (const ends of request.endpoints ?? []) {
    const left = request.limit - rows.length;
    if (left === 0) break;
    const match = matchPair(request.name, ends);
    const [counted] = await session.run([{ text: `${match} RETURN count(*)`, rows: 1 }], options);
    const total = Number(counted?.rows[0]?.[0]);
    if (skip >= total) {
      skip -= total;
      continue;
    }
    const values = [
      `CAST(a.${quoteName(ends.fromKey)} AS STRING) AS k0`,
      `CAST(b.${quoteName(ends.toKey)} AS STRING) AS k1`,
      ...asText('r', request.columns),
    ];
    const text = `${match} RETURN ${values.join(', ')} SKIP ${skip} LIMIT ${left}`;
    rows.push(...(await textRows(session, text, left, options)));
    skip = 0;
  }
  return { columns: ['FROM', 'TO', ...request.columns], rows };
}

function matchPair(table: string, ends: Endpoints): string {
  return `MATCH (a:${quoteName(ends.from)})-[r:${quoteName(table)}]->(b:${quoteName(ends.to)})`;
}

function asText(variable: string, columns: readonly string[]): string[] {
  return columns.map((name, at) => `CAST(${variable}.${quoteName(name)} AS STRING) AS c${at}`);
}

async function textRows(session: Session, text: string, limit: number, options?: RunOptions) {
  const [result] = await session.run([{ text, rows: limit }], options);
  return (result?.rows ?? []).map((row) => row.map((cell) => (cell === null ? null : String(cell))));
}
