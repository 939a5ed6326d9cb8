import type { History, HistoryEvent, HistoryRow, HistoryTables } from './types';

/** The history tables, column by column: one description for every engine. */

export interface HistoryColumn {
  readonly name: string;
  readonly type: 'text' | 'integer' | 'time' | 'flag';
}

const textual = (name: string): HistoryColumn => ({ name, type: 'text' });
const integer = (name: string): HistoryColumn => ({ name, type: 'integer' });
const time = (name: string): HistoryColumn => ({ name, type: 'time' });

/** The first column of each is its key. */
export const HISTORY_COLUMNS: readonly HistoryColumn[] = [
  textual('version'),
  textual('name'),
  time('applied_at'),
  integer('execution_time_ms'),
  textual('checksum'),
  textual('semantic_checksum'),
  textual('up_script'),
  textual('down_script'),
  textual('status'),
  textual('error_message'),
  integer('applied_statements'),
  integer('total_statements'),
  textual('tool_version'),
  textual('engine_version'),
  textual('applied_by'),
];

export const VERSION_COLUMNS: readonly HistoryColumn[] = [
  textual('version'),
  { name: 'dirty', type: 'flag' },
  time('updated_at'),
];

export const EVENT_COLUMNS: readonly HistoryColumn[] = [
  integer('seq'),
  time('at'),
  textual('action'),
  textual('version'),
  textual('status'),
  integer('execution_time_ms'),
  textual('error'),
];

/** What `schema_version` says where nothing is applied: a key can't be NULL, and an empty text is lost in CSV. */
export const NO_VERSION = 'none';

export type HistoryValue = string | number | boolean | null;

export function tableColumns(tables: HistoryTables): readonly (readonly [string, readonly HistoryColumn[]])[] {
  return [
    [tables.history, HISTORY_COLUMNS],
    [tables.version, VERSION_COLUMNS],
    [tables.event, EVENT_COLUMNS],
  ];
}

/** The values of a row in the order of {@link HISTORY_COLUMNS}. */
export function historyValues(row: HistoryRow): readonly HistoryValue[] {
  return [
    row.version,
    row.name,
    row.appliedAt,
    row.executionMs,
    row.checksum,
    row.semanticChecksum,
    row.upScript,
    row.downScript,
    row.status,
    row.errorMessage,
    row.appliedStatements,
    row.totalStatements,
    row.toolVersion,
    row.engineVersion,
    row.appliedBy,
  ];
}

/** The values of an event in the order of {@link EVENT_COLUMNS}. */
export function eventValues(event: HistoryEvent): readonly HistoryValue[] {
  return [event.seq, event.at, event.action, event.version, event.status, event.executionMs, event.error];
}

/** A row as the engine gave it back, in the order of {@link HISTORY_COLUMNS}. Text columns that a CSV import left NULL read as empty. */
export function historyRow(cells: readonly unknown[]): HistoryRow {
  const [version, name, appliedAt, ms, checksum, semantic, up, down, status, error, applied, total, tool, engine, by] =
    cells;
  return {
    version: asText(version),
    name: asText(name),
    appliedAt: asText(appliedAt),
    executionMs: Number(ms ?? 0),
    checksum: asText(checksum),
    semanticChecksum: asText(semantic),
    upScript: asText(up),
    downScript: down === null || down === undefined ? null : asText(down),
    status: asText(status) as HistoryRow['status'],
    errorMessage: error === null || error === undefined ? null : asText(error),
    appliedStatements: Number(applied ?? 0),
    totalStatements: Number(total ?? 0),
    toolVersion: asText(tool),
    engineVersion: asText(engine),
    appliedBy: asText(by),
  };
}

export function historyEvent(cells: readonly unknown[]): HistoryEvent {
  const [seq, at, action, version, status, ms, error] = cells;
  return {
    seq: Number(seq),
    at: asText(at),
    action: asText(action) as HistoryEvent['action'],
    version: asText(version),
    status: asText(status) as HistoryEvent['status'],
    executionMs: Number(ms ?? 0),
    error: error === null || error === undefined ? null : asText(error),
  };
}

/**
 * The part of a history that its events tell.
 * @param cells `seq`, `action`, `version` of the last event, and of the last one that is a run: a repair of one migration
 *   must not hide which way another went
 */
export function lastEvents(cells: readonly (readonly unknown[])[]): Pick<History, 'lastSeq' | 'last'> {
  const lastSeq = Math.max(0, ...cells.map(([seq]) => Number(seq)));
  const run = cells.find(([, action]) => action === 'up' || action === 'down');
  if (!run) return { lastSeq };
  return { lastSeq, last: { action: asText(run[1]) as HistoryEvent['action'], version: asText(run[2]) } };
}

/** The actions of a run, as a list in either language. */
export const RUN_ACTIONS = "'up', 'down'";

function asText(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

/** `2026-11-21 05:00:00.123`, which both engines read as a timestamp; UTC. */
export function engineTime(iso: string): string {
  return iso.replace('T', ' ').replace('Z', '');
}

/** An engine's timestamp as ISO 8601: `2026-11-21 05:00:00.123` or ISO already. */
export function isoTime(value: unknown): string {
  const given = asText(value);
  if (given === '' || given.endsWith('Z')) return given;
  const [seconds = '', fraction = ''] = given.replace(' ', 'T').split('.');
  return `${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}
