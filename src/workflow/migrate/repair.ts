import { rm } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../core/errors';
import { compareIds, parseId } from '../../core/migration/id';
import type { Entry } from '../../core/migration/state';
import { fsyncDir, mkdirDurable, sweepTemporaries, writeFileDurable } from '../../project/durable';
import type { Context } from '../context';
import { callFor, ownFindings } from './check';
import { openKinds } from './kinds';
import { withLock } from './migrate';
import { recordChanges } from './record-changes';
import { planAccept } from './repair/accept';
import { planForget } from './repair/forget';
import { planDone, planRetry } from './repair/half-done';
import type { FileEdit, RepairPlan, RepairScope } from './repair/plan';
import { restoreBackup } from './repair/restore';
import { planRewrite } from './repair/rewrite';
import type { Repaired, RepairKind, RepairRequest, RepairResult } from './repair-types';
import { isNewDatabase, readFiles, readHistoryOf, type Situation, situationOf } from './situation';
import type { Note } from './types';

/**
 * Mends what `check` finds in the history of a database, after a question. What is shown is what is done; a kill at any
 * moment leaves what was before or what is after.
 * @throws MigrateError REPAIR_IMPOSSIBLE, BACKUP_NOT_FOUND, MIGRATION_UNKNOWN, DATABASE_MISSING, DATABASE_READ_ONLY and
 *   whatever `confirm` throws
 */
export async function repair(context: Context, request: RepairRequest): Promise<RepairResult> {
  const { database } = request;
  if (database.readOnly) throw new MigrateError('DATABASE_READ_ONLY', { name: database.name });
  if (request.repair?.kind === 'restore') return restoreBackup(context, request, request.repair.id);
  if (await isNewDatabase(database.path)) throw new MigrateError('DATABASE_MISSING', { path: database.path });
  return withLock(context, { ...request, action: 'repair' }, (notes) => repairLocked(context, request, notes));
}

async function repairLocked(context: Context, request: RepairRequest, notes: readonly Note[]): Promise<RepairResult> {
  const { project } = context;
  const { database, signal } = request;
  const driver = context.driver(database.engine);
  const kinds = await openKinds(context, driver.dialect);
  try {
    const files = readFiles(context, database, kinds.extraEndings);
    const { history } = await readHistoryOf(driver, project, database, signal);
    const situation = situationOf(files, history);
    const scope = { project, projectDir: project.dir, dialect: driver.dialect, kinds: kinds.all };
    const planned = request.repair
      ? [await planOne(scope, situation, request.repair)]
      : await planComments(scope, situation);
    if (planned.length > 0) {
      const changes = planned.flatMap(({ plan }) => plan.changes);
      await request.confirm({ action: 'repair', database, changes });
      const rows = planned.flatMap(({ plan }) => plan.history);
      await recordChanges(context, database, { history, changes: rows, ...(signal ? { signal } : {}) });
      // The files last: a kill between leaves the same finding, whose repair is the same again.
      for (const edit of planned.flatMap(({ plan }) => plan.files)) await writeEdit(edit);
    }
    const repaired = planned.map(({ kind, entry, plan }) => repairedOf(kind, entry, plan));
    if (request.repair) return { repaired, findings: [], notes };
    const findings = await ownFindings(scope, situation, callFor(project, database));
    return { repaired, findings: findings.filter(({ code }) => code !== 'comments-edited'), notes };
  } finally {
    await kinds.close();
  }
}

interface Planned {
  readonly kind: RepairKind;
  readonly entry: Entry;
  readonly plan: RepairPlan;
}

async function planOne(
  scope: RepairScope,
  situation: Situation,
  { kind, id }: { readonly kind: RepairKind; readonly id: string },
): Promise<Planned> {
  const entry = findEntry(situation.entries, id);
  return { kind, entry, plan: await planOf(scope, kind, entry) };
}

async function planOf(scope: RepairScope, kind: RepairKind, entry: Entry): Promise<RepairPlan> {
  switch (kind) {
    case 'accept':
      return planAccept(scope, entry);
    case 'rewrite':
      return planRewrite(scope, entry);
    case 'forget':
      return planForget(entry);
    case 'done':
      return planDone(scope, entry);
    case 'retry':
      return planRetry(scope, entry);
    case 'restore':
      throw new TypeError('a restore replaces the file: it is planned by itself');
  }
}

/** Without a kind only what changes nothing that runs is accepted. */
async function planComments(scope: RepairScope, { entries }: Situation): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const entry of entries.filter(({ commentsOnly }) => commentsOnly)) {
    planned.push({ kind: 'accept', entry, plan: await planAccept(scope, entry) });
  }
  return planned;
}

/** @throws MigrateError MIGRATION_UNKNOWN */
export function findEntry(entries: readonly Entry[], text: string): Entry {
  const id = parseId(text);
  const found = entries.find((entry) => entry.key === text || (id && compareIds(entry.id, id) === 0));
  if (found) return found;
  const known = entries.map(({ key }) => key).join(', ') || '-';
  throw new MigrateError('MIGRATION_UNKNOWN', { id: text, known });
}

async function writeEdit({ absolute, text }: FileEdit): Promise<void> {
  await mkdirDurable(path.dirname(absolute));
  await sweepTemporaries(path.dirname(absolute));
  if (text !== null) return writeFileDurable(absolute, text);
  await rm(absolute, { force: true });
  await fsyncDir(path.dirname(absolute));
}

function repairedOf(kind: RepairKind, { key, name }: Entry, { files }: RepairPlan): Repaired {
  return { kind, id: key, name, files: files.map(({ file }) => file) };
}
