import type { SqlTable } from '../../../core/schema/model';
import type { Content } from '../../../core/version/content';
import { storedColumns } from '../../../core/version/sql/data-files';
import { fingerprintQuery } from '../../../core/version/sql/fingerprint';
import { sequencePositions } from '../../../core/version/sql/sequences';
import { tableName } from '../../../core/version/sql/table-name';
import type { RunOptions, Session } from '../../driver';
import { fullName, ownCatalog } from '../full-name';
import { introspect } from '../introspect';
import { nextValues } from './next-values';

/** What a database holds, in a form that compares: its schema, where its sequences stand, a fingerprint a table. */
export async function contentOf(session: Session, options: RunOptions = {}): Promise<Content> {
  const signal = options.signal ? { signal: options.signal } : {};
  const schema = await introspect(session, signal);
  const sequences = sequencePositions(schema.sequences, await nextValues(session, signal));
  const tables = schema.tables.flatMap((table) => (table.kind === 'table' ? [table] : []));
  const catalog = await ownCatalog(session, tables, signal);
  const queries = tables.map((table) => fingerprintQuery(storedColumns(table), fullName(table, catalog)));
  const sums = await ask(session, queries, signal);
  return {
    schema,
    sequences,
    tables: tables.map((table, at) => {
      const [rows = '0', fingerprint = '0'] = sums[at] ?? [];
      return { name: tableName(table), rows: Number(rows), fingerprint };
    }),
  };
}

/** A fingerprint of each column of a table by `Table.column`, to say which one differs. */
export async function columnsOf(
  session: Session,
  table: string,
  options: RunOptions = {},
): Promise<Map<string, string>> {
  const signal = options.signal ? { signal: options.signal } : {};
  const { tables } = await introspect(session, signal);
  const found = tables.find((one): one is SqlTable => one.kind === 'table' && tableName(one) === table);
  if (!found) return new Map();
  const from = fullName(found, await ownCatalog(session, [found], signal));
  const columns = storedColumns(found);
  const sums = await ask(
    session,
    columns.map((column) => fingerprintQuery([column], from)),
    signal,
  );
  return new Map(columns.map(({ name }, at) => [`${table}.${name}`, sums[at]?.[1] ?? '0']));
}

async function ask(session: Session, queries: readonly string[], options: RunOptions): Promise<string[][]> {
  if (queries.length === 0) return [];
  const results = await session.run(
    queries.map((text) => ({ text, rows: 1 })),
    options,
  );
  return results.map(({ rows }) => (rows[0] ?? []).map(String));
}
