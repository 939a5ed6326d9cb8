import type { Entry } from '../../core/migration/state';
import type { History } from '../../core/migration/types';
import { realFile } from '../../engine/real-file';
import { cacheFolder, readCache, writeCache } from '../../project/cache';
import { databaseIdentity } from '../../project/identity';
import type { Database } from '../../project/project';
import type { Context, Running } from '../context';
import { openKinds } from './kinds';
import { type HistoryRead, isNewDatabase, readFiles, readHistoryOf, type Situation, situationOf } from './situation';
import type { Status, StatusEntry } from './types';

export interface StatusResult extends Status {
  readonly situation: Situation;
}

/**
 * The migrations of a database and their state. Writes nothing but our own cache: while neither file nor WAL of the
 * database changes, no engine is started to read its history again.
 * @throws MigrateError HISTORY_TABLE_FOREIGN and the errors of opening
 */
export async function migrationStatus(
  context: Context,
  request: Running & { readonly database: Database },
): Promise<StatusResult> {
  const { database } = request;
  const kinds = await openKinds(context, context.driver(database.engine).dialect);
  await kinds.close();
  const files = readFiles(context, database, kinds.extraEndings);
  const { history, fromCopy } = await cachedHistory(context, database, request.signal);
  const situation = situationOf(files, history, fromCopy);
  return {
    database,
    current: history?.dirty ? lastApplied(situation.entries) : (history?.version ?? null),
    dirty: history?.dirty ?? false,
    migrations: situation.entries.map(statusOf),
    situation,
    ...(fromCopy ? { fromCopy } : {}),
  };
}

function lastApplied(entries: readonly Entry[]): string | null {
  return entries.findLast(({ row }) => row?.status === 'success')?.key ?? null;
}

function statusOf({ key, name, state, file, row, halfDone }: Entry): StatusEntry {
  const applied = row !== undefined && row.status !== 'rolled_back';
  return {
    id: key,
    name,
    file: file?.file ?? null,
    state,
    appliedAt: applied ? row.appliedAt : null,
    executionMs: applied ? row.executionMs : null,
    hasDown: row?.downScript != null,
    ...(halfDone ? { appliedStatements: row?.appliedStatements ?? 0, totalStatements: row?.totalStatements ?? 0 } : {}),
    ...(row?.errorMessage && state === 'failed' ? { errorMessage: row.errorMessage } : {}),
  };
}

/** The scripts are what makes a history large, and a status needs none of them. */
function withoutScripts(history: History): History {
  const rows = history.rows.map((row) => ({ ...row, upScript: '', downScript: row.downScript === null ? null : '' }));
  return { ...history, rows };
}

async function cachedHistory(context: Context, database: Database, signal?: AbortSignal): Promise<HistoryRead> {
  if (await isNewDatabase(database.path)) return { history: undefined };
  const folder = cacheFolder(process.env, process.platform);
  // The WAL lies beside the file itself, not beside a link to it.
  const real = await realFile(database.path);
  const key = {
    slot: `history ${real}`,
    key: [await databaseIdentity(real), ...Object.values(context.project.historyTables)].join(' '),
  };
  const cached = (await readCache(folder, key)) as { readonly history: History | null } | undefined;
  if (cached) return { history: cached.history ?? undefined };
  const read = await readHistoryOf(context.driver(database.engine), context.project, database, signal);
  const history = read.history && withoutScripts(read.history);
  // What changed while it was read belongs to no identity.
  const same = key.key.startsWith(`${await databaseIdentity(real)} `);
  if (same && !read.fromCopy) await writeCache(folder, key, { history: history ?? null }, context.log);
  return { ...read, history };
}
