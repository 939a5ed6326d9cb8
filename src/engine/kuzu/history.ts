import { quoteName, quoteString, sameName } from '../../core/dialect/kuzu-names';
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
  lastEvents,
  NO_VERSION,
  RUN_ACTIONS,
  tableColumns,
  VERSION_COLUMNS,
} from '../../core/migration/history';
import type { History, HistoryEvent, HistoryRow, HistoryTables } from '../../core/migration/types';
import type { Cell, RunOptions, Session, Statement } from '../driver';

const TYPES = { text: 'STRING', integer: 'INT64', time: 'TIMESTAMP', flag: 'BOOL' } as const;
const ALL = Number.MAX_SAFE_INTEGER;

/** @throws MigrateError HISTORY_TABLE_FOREIGN */
export async function readHistory(
  session: Session,
  tables: HistoryTables,
  options?: RunOptions,
): Promise<History | undefined> {
  const [found] = await session.run([{ text: 'CALL show_tables() RETURN name, type', rows: ALL }], options);
  const present = new Set<string>();
  for (const [table, columns] of tableColumns(tables)) {
    const row = found?.rows.find(([name]) => sameName(String(name), table));
    if (!row) continue;
    if (row[1] !== 'NODE' || !(await hasShape(session, String(row[0]), columns, options))) {
      throw new MigrateError('HISTORY_TABLE_FOREIGN', { table });
    }
    present.add(table);
  }
  if (!present.has(tables.history)) return undefined;
  const [rows, ...more] = await session.run(
    [
      { text: select(tables.history, HISTORY_COLUMNS), rows: ALL },
      ...(present.has(tables.version) ? [{ text: select(tables.version, VERSION_COLUMNS), rows: 1 }] : []),
      ...(present.has(tables.event) ? [lastOf(tables, ''), lastOf(tables, ` WHERE e.action IN [${RUN_ACTIONS}]`)] : []),
    ],
    options,
  );
  const current = present.has(tables.version) ? more[0]?.rows[0] : undefined;
  const last = more.slice(present.has(tables.version) ? 1 : 0);
  return {
    rows: (rows?.rows ?? []).map(historyRow),
    version: current === undefined || current[0] === NO_VERSION ? null : String(current[0]),
    ...(present.size < 3 ? { incomplete: true as const } : {}),
    dirty: current?.[1] === true,
    ...lastEvents(last.flatMap((result) => result.rows)),
  };
}

function lastOf(tables: HistoryTables, where: string): Statement {
  const found = `MATCH (e:${quoteName(tables.event)})${where}`;
  return { text: `${found} RETURN e.seq, e.action, e.version ORDER BY e.seq DESC LIMIT 1`, rows: 1 };
}

/** The events, oldest first. */
export async function readEvents(
  session: Session,
  tables: HistoryTables,
  options?: RunOptions,
): Promise<readonly HistoryEvent[]> {
  const text = `${select(tables.event, EVENT_COLUMNS)} ORDER BY n.seq`;
  const [result] = await session.run([{ text, rows: ALL }], options);
  return (result?.rows ?? []).map(historyEvent);
}

async function hasShape(
  session: Session,
  table: string,
  columns: readonly HistoryColumn[],
  options?: RunOptions,
): Promise<boolean> {
  const text = `CALL table_info(${quoteString(table)}) RETURN name, type`;
  const [info] = await session.run([{ text, rows: 1000 }], options);
  const types = new Map(info?.rows.map(([name, type]: readonly Cell[]) => [String(name), String(type)]));
  return columns.every(({ name, type }) => types.get(name) === TYPES[type]);
}

export function createHistory(tables: HistoryTables): readonly string[] {
  return tableColumns(tables).map(([table, columns]) => {
    const list = columns.map(({ name, type }) => `${quoteName(name)} ${TYPES[type]}`).join(', ');
    return `CREATE NODE TABLE IF NOT EXISTS ${quoteName(table)}(${list}, PRIMARY KEY(${quoteName(columns[0]?.name ?? '')}))`;
  });
}

export function putRows(
  tables: HistoryTables,
  rows: readonly HistoryRow[],
  marks: readonly string[] = [],
): readonly Statement[] {
  return rows.map((row, at) => {
    const [key, ...rest] = assignments(HISTORY_COLUMNS, historyValues(row), marks[at]);
    const set = rest.map(([name, value]) => `m.${name} = ${value}`).join(', ');
    return { text: `MERGE (m:${quoteName(tables.history)} {${key?.join(': ')}}) SET ${set}` };
  });
}

export function putProgress(tables: HistoryTables, version: string, appliedStatements: number): readonly Statement[] {
  const where = `{version: ${quoteString(version)}}`;
  return [{ text: `MATCH (m:${quoteName(tables.history)} ${where}) SET m.applied_statements = ${appliedStatements}` }];
}

export function deleteRow(tables: HistoryTables, version: string): readonly Statement[] {
  return [{ text: `MATCH (m:${quoteName(tables.history)} {version: ${quoteString(version)}}) DELETE m` }];
}

export function putEvents(
  tables: HistoryTables,
  events: readonly HistoryEvent[],
  marks: readonly string[] = [],
): readonly Statement[] {
  return events.map((event, at) => {
    const values = assignments(EVENT_COLUMNS, eventValues(event), marks[at]).map((pair) => pair.join(': '));
    return { text: `CREATE (:${quoteName(tables.event)} {${values.join(', ')}})` };
  });
}

export function putVersion(
  tables: HistoryTables,
  version: string | null,
  dirty: boolean,
  at: string,
): readonly Statement[] {
  const label = quoteName(tables.version);
  const values = assignments(VERSION_COLUMNS, [version ?? NO_VERSION, dirty, at]).map((pair) => pair.join(': '));
  // A key can't be set, only deleted and made anew.
  return [{ text: `MATCH (v:${label}) DELETE v` }, { text: `CREATE (:${label} {${values.join(', ')}})` }];
}

function select(table: string, columns: readonly HistoryColumn[]): string {
  return `MATCH (n:${quoteName(table)}) RETURN ${columns.map(({ name }) => `n.${quoteName(name)}`).join(', ')}`;
}

/** Quoted name and literal of each column; a time taken while the statements run stands as its mark. */
function assignments(
  columns: readonly HistoryColumn[],
  values: readonly HistoryValue[],
  mark?: string,
): (readonly [string, string])[] {
  return columns.map((column, at) => {
    const marked = column.name === 'execution_time_ms' && mark !== undefined;
    return [quoteName(column.name), marked ? mark : literal(column, values[at] ?? null)];
  });
}

function literal({ type }: HistoryColumn, value: HistoryValue): string {
  if (value === null) return 'NULL';
  if (type === 'time') return `timestamp(${quoteString(engineTime(String(value)))})`;
  return type === 'text' ? quoteString(String(value)) : String(value);
}
