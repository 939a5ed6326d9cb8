import { dialectOf } from '../../core/dialect/dialect';
import { quoteName, quoteString, sameName } from '../../core/dialect/kuzu-names';
import { quoteSqlString } from '../../core/dialect/sql-names';
import { OTHER_TABLES, type OtherHistory, type OtherTable, otherHistory } from '../../core/migration/other-tools';
import type { EngineName } from '../../core/schema/model';
import type { Executor } from '../../engine/driver';

const ALL = Number.MAX_SAFE_INTEGER;

/** The histories of other tools in a database, by their tables' names and columns; reads only. */
export async function findOther(session: Executor, engine: EngineName): Promise<readonly OtherTable[]> {
  const isSql = dialectOf(engine) === 'sql';
  const names = [...new Set(OTHER_TABLES.map(({ table }) => table))];
  const columns = await (isSql ? sqlColumns(session, names) : kuzuColumns(session, names));
  return OTHER_TABLES.filter(({ table, columns: wanted, without }) => {
    const found = columns.get(table);
    return found && wanted.every((name) => found.has(name)) && !(without !== undefined && found.has(without));
  });
}

export async function readOther(session: Executor, engine: EngineName, other: OtherTable): Promise<OtherHistory> {
  const { tool, table, columns } = other;
  const text =
    dialectOf(engine) === 'sql'
      ? `SELECT ${columns.map((name) => `"${name}"`).join(', ')} FROM main."${table}"`
      : `MATCH (n:${quoteName(table)}) RETURN ${columns.map((name) => `n.${quoteName(name)}`).join(', ')}`;
  const [result] = await session.run([{ text, rows: ALL }]);
  return otherHistory(tool, result?.rows ?? []);
}

type Columns = ReadonlyMap<string, ReadonlySet<string>>;

async function sqlColumns(session: Executor, names: readonly string[]): Promise<Columns> {
  const text =
    'SELECT lower(table_name), lower(column_name) FROM duckdb_columns() WHERE database_name = current_database() ' +
    `AND schema_name = 'main' AND lower(table_name) IN (${names.map(quoteSqlString).join(', ')})`;
  const [result] = await session.run([{ text, rows: ALL }]);
  const found = new Map<string, Set<string>>();
  for (const [table, column] of result?.rows ?? []) {
    const known = found.get(String(table)) ?? new Set();
    found.set(String(table), known.add(String(column)));
  }
  return found;
}

async function kuzuColumns(session: Executor, names: readonly string[]): Promise<Columns> {
  const [tables] = await session.run([{ text: 'CALL show_tables() RETURN name, type', rows: ALL }]);
  const found = new Map<string, ReadonlySet<string>>();
  for (const table of names) {
    const row = tables?.rows.find(([name, type]) => type === 'NODE' && sameName(String(name), table));
    if (!row) continue;
    const text = `CALL table_info(${quoteString(String(row[0]))}) RETURN name`;
    const [columns] = await session.run([{ text, rows: ALL }]);
    found.set(table, new Set(columns?.rows.map(([name]) => String(name).toLowerCase())));
  }
  return found;
}
