import { MigrateError } from '../../core/errors';
import {
  EVENT_COLUMNS,
  engineTime,
  eventValues,
  HISTORY_COLUMNS,
  type HistoryColumn,
  type HistoryValue,
  historyEvent,
  historyRow,
  historyValues,
  isoTime,
  lastEvents,
  NO_VERSION,
  RUN_ACTIONS,
  tableColumns,
  VERSION_COLUMNS,
} from '../../core/migration/history';
import type { History, HistoryEvent, HistoryRow, HistoryTables } from '../../core/migration/types';
import type { RunOptions, Session, Statement } from '../driver';

const TYPES = { text: 'VARCHAR', integer: 'BIGINT', time: 'TIMESTAMP', flag: 'BOOLEAN' } as const;
const ALL = Number.MAX_SAFE_INTEGER;
const NOTHING = 'SELECT 1 WHERE false';

/** @throws MigrateError HISTORY_TABLE_FOREIGN */
export async function readHistory(
  session: Session,
  tables: HistoryTables,
  options?: RunOptions,
): Promise<History | undefined> {
  const names = tableColumns(tables).map(([table]) => quoteText(table.toLowerCase()));
  const text =
    'SELECT lower(table_name), column_name, data_type FROM duckdb_columns() ' +
    `WHERE database_name = current_database() AND schema_name = 'main' AND lower(table_name) IN (${names.join(', ')})`;
  const [found] = await session.run([{ text, rows: ALL }], options);
  const present = new Set<string>();
  for (const [table, columns] of tableColumns(tables)) {
    const cells = (found?.rows ?? []).filter(([name]) => name === table.toLowerCase());
    if (cells.length === 0) continue;
    const types = new Map(cells.map(([, name, type]) => [String(name), String(type)]));
    if (!columns.every(({ name, type }) => types.get(name) === TYPES[type])) {
      throw new MigrateError('HISTORY_TABLE_FOREIGN', { table });
    }
    present.add(table);
  }
  if (!present.has(tables.history)) return undefined;
  const [rows, version, last] = await session.run(
    [
      { text: select(tables.history, HISTORY_COLUMNS), rows: ALL },
      {
        text: present.has(tables.version) ? select(tables.version, VERSION_COLUMNS) : NOTHING,
        rows: 1,
      },
      {
        text: present.has(tables.event) ? lastQuery(quote(tables.event)) : NOTHING,
        rows: 2,
      },
    ],
    options,
  );
  const current = version?.rows[0];
  return {
    rows: (rows?.rows ?? []).map((cells) => historyRow(withIsoTime(HISTORY_COLUMNS, cells))),
    version: current === undefined || current[0] === NO_VERSION ? null : String(current[0]),
    ...(present.size < 3 ? { incomplete: true as const } : {}),
    dirty: current?.[1] === true,
    ...lastEvents(last?.rows ?? []),
  };
}

function lastQuery(event: string): string {
  const last = (where: string) => `(SELECT seq, action, version FROM ${event}${where} ORDER BY seq DESC LIMIT 1)`;
  return `${last('')} UNION ALL ${last(` WHERE action IN (${RUN_ACTIONS})`)}`;
}

/** The events, oldest first. */
export async function readEvents(
  session: Session,
  tables: HistoryTables,
  options?: RunOptions,
): Promise<readonly HistoryEvent[]> {
  const [result] = await session.run(
    [{ text: `${select(tables.event, EVENT_COLUMNS)} ORDER BY seq`, rows: ALL }],
    options,
  );
  return (result?.rows ?? []).map((cells) => historyEvent(withIsoTime(EVENT_COLUMNS, cells)));
}

export function createHistory(tables: HistoryTables): readonly string[] {
  const made = tableColumns(tables).map(([table, columns]) => {
    // The one row of the version has no key: an update of a key is a delete and an insert, which one transaction can
    // refuse.
    const key = table === tables.version ? '' : ' PRIMARY KEY';
    const list = columns.map(({ name, type }, at) => `${quote(name)} ${TYPES[type]}${at === 0 ? key : ''}`);
    return `CREATE TABLE IF NOT EXISTS ${quote(table)}(${list.join(', ')})`;
  });
  const version = quote(tables.version);
  return [
    ...made,
    `INSERT INTO ${version} SELECT ${quoteText(NO_VERSION)}, false, NULL WHERE NOT EXISTS (FROM ${version})`,
  ];
}

export function putRows(
  tables: HistoryTables,
  rows: readonly HistoryRow[],
  marks: readonly string[] = [],
): readonly Statement[] {
  const values = rows.map((row, at) => `(${literals(HISTORY_COLUMNS, historyValues(row), marks[at])})`);
  return [
    {
      text: `INSERT OR REPLACE INTO ${quote(tables.history)}(${names(HISTORY_COLUMNS)}) VALUES ${values.join(', ')}`,
    },
  ];
}

export function putEvents(
  tables: HistoryTables,
  events: readonly HistoryEvent[],
  marks: readonly string[] = [],
): readonly Statement[] {
  const values = events.map((event, at) => `(${literals(EVENT_COLUMNS, eventValues(event), marks[at])})`);
  return [{ text: `INSERT INTO ${quote(tables.event)}(${names(EVENT_COLUMNS)}) VALUES ${values.join(', ')}` }];
}

export function putProgress(tables: HistoryTables, version: string, appliedStatements: number): readonly Statement[] {
  const text =
    `UPDATE ${quote(tables.history)} SET applied_statements = ${appliedStatements} ` +
    `WHERE version = ${quoteText(version)}`;
  return [{ text }];
}

export function deleteRow(tables: HistoryTables, version: string): readonly Statement[] {
  return [{ text: `DELETE FROM ${quote(tables.history)} WHERE version = ${quoteText(version)}` }];
}

export function putVersion(
  tables: HistoryTables,
  version: string | null,
  dirty: boolean,
  at: string,
): readonly Statement[] {
  const values = literals(VERSION_COLUMNS, [version ?? NO_VERSION, dirty, at]);
  return [{ text: `UPDATE ${quote(tables.version)} SET (${names(VERSION_COLUMNS)}) = (${values})` }];
}

function names(columns: readonly HistoryColumn[]): string {
  return columns.map(({ name }) => quote(name)).join(', ');
}

function select(table: string, columns: readonly HistoryColumn[]): string {
  return `SELECT ${names(columns)} FROM ${quote(table)}`;
}

function withIsoTime(columns: readonly HistoryColumn[], cells: readonly unknown[]): unknown[] {
  return cells.map((cell, at) => (columns[at]?.type === 'time' ? isoTime(cell) : cell));
}

/** The columns' values, in order; a time taken while the statements run stands as its mark. */
function literals(columns: readonly HistoryColumn[], values: readonly HistoryValue[], mark?: string): string {
  const texts = columns.map(({ name, type }, at) => {
    const value = values[at] ?? null;
    if (name === 'execution_time_ms' && mark !== undefined) return mark;
    if (value === null) return 'NULL';
    if (type === 'time') return `TIMESTAMP ${quoteText(engineTime(String(value)))}`;
    return type === 'text' ? quoteText(String(value)) : String(value);
  });
  return texts.join(', ');
}

/** Always quoted: `at` is a reserved word. */
function quote(name: string): string {
  return `"${name.replace(/"/g, '""')}"`;
}

/** Statements go to the engine as C strings: a NUL in an error's message would end one. */
function quoteText(text: string): string {
  return `'${text.replace(/'/g, "''").replace(/\0/g, '\uFFFD')}'`;
}
