import { compareIds, idIdentity, parseId } from './id';
import type { MigrationId } from './types';

/** Tools whose history can be taken over. */
export type OtherTool = 'golang-migrate' | 'dbmate' | 'goose' | 'flyway';

/** The table in which another tool keeps what it has applied: a table in DuckDB, a node table in Kùzu. */
export interface OtherTable {
  readonly tool: OtherTool;
  readonly table: string;
  /** All of these tell it; they are what is read. */
  readonly columns: readonly string[];
  /** What no table of this tool has, where another tool's is called the same. */
  readonly without?: string;
}

/** As their own sources make them. */
export const OTHER_TABLES: readonly OtherTable[] = [
  { tool: 'golang-migrate', table: 'schema_migrations', columns: ['version', 'dirty'] },
  { tool: 'dbmate', table: 'schema_migrations', columns: ['version'], without: 'dirty' },
  { tool: 'goose', table: 'goose_db_version', columns: ['id', 'version_id', 'is_applied'] },
  {
    tool: 'flyway',
    table: 'flyway_schema_history',
    columns: ['installed_rank', 'version', 'description', 'type', 'success'],
  },
];

/** What another tool's history says is applied. */
export interface OtherHistory {
  readonly applied: readonly { readonly id: MigrationId; readonly name: string }[];
  /** Everything up to here, whichever files there are. */
  readonly upTo?: MigrationId;
  /** A version that the tool left half way. */
  readonly dirty?: string;
}

/** @param rows in the order of the table's columns as {@link OTHER_TABLES} has them */
export function otherHistory(tool: OtherTool, rows: readonly (readonly unknown[])[]): OtherHistory {
  if (tool === 'golang-migrate') return ofGolang(rows);
  if (tool === 'goose') return ofGoose(rows);
  if (tool === 'flyway') return ofFlyway(rows);
  return { applied: rows.flatMap(([version]) => versionOf(version, '')) };
}

/** One row: the version that it stands at, or -1 for none. */
function ofGolang(rows: readonly (readonly unknown[])[]): OtherHistory {
  const [version, dirty] = rows[0] ?? [];
  if (dirty === true) return { applied: [], dirty: String(version) };
  const [at] = versionOf(version, '');
  return at ? { applied: [at], upTo: at.id } : { applied: [] };
}

/** The last row of a version counts; version 0 is the table's own beginning. */
function ofGoose(rows: readonly (readonly unknown[])[]): OtherHistory {
  const sorted = [...rows].sort(([a], [b]) => Number(a) - Number(b));
  const last = new Map(sorted.map(([, version, isApplied]) => [String(version), isApplied === true]));
  const applied = [...last].flatMap(([version, isApplied]) => (isApplied && version !== '0' ? [version] : []));
  return { applied: applied.flatMap((version) => versionOf(version, '')) };
}

/** Repeatable scripts have no version; an undo takes its version back, and a baseline covers all that is below it. */
function ofFlyway(rows: readonly (readonly unknown[])[]): OtherHistory {
  const sorted = [...rows].sort(([a], [b]) => Number(a) - Number(b));
  const applied = new Map<string, { readonly id: MigrationId; readonly name: string }>();
  let upTo: MigrationId | undefined;
  for (const [, version, description, type, success] of sorted) {
    const [found] = version === null ? [] : versionOf(version, String(description ?? ''));
    if (success !== true) return { applied: [], dirty: String(version ?? description) };
    if (!found) continue;
    const kind = String(type);
    if (kind.startsWith('UNDO') || kind === 'DELETE') applied.delete(idIdentity(found.id));
    else applied.set(idIdentity(found.id), found);
    if (kind === 'BASELINE') upTo = found.id;
  }
  return { applied: [...applied.values()], ...(upTo ? { upTo } : {}) };
}

/** Whether a migration is among what the other tool has applied. */
export function isApplied({ applied, upTo }: OtherHistory, id: MigrationId): boolean {
  if (upTo && compareIds(id, upTo) <= 0) return true;
  return applied.some((one) => compareIds(one.id, id) === 0);
}

function versionOf(version: unknown, name: string): { readonly id: MigrationId; readonly name: string }[] {
  const id = parseId(String(version));
  return id ? [{ id, name }] : [];
}
