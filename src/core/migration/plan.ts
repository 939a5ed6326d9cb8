import { MigrateError, type Params } from '../errors';
import { compareIds, parseId } from './id';
import type { Entry } from './state';
import type { MigrationId } from './types';

/** One migration to run, one way. */
export interface PlanStep {
  readonly direction: 'up' | 'down';
  readonly entry: Entry;
  /** The way down comes from the history: the file is gone, or no longer what was applied. */
  readonly stored: boolean;
  /** How many statements of a half-applied migration are done. */
  readonly done: number;
}

export interface PlanRequest {
  readonly action: 'up' | 'down' | 'redo';
  /** An id as the user wrote it, or a file's name. */
  readonly to?: string;
  readonly steps?: number;
  readonly allowOutOfOrder?: boolean;
}

export interface Plan {
  readonly steps: readonly PlanStep[];
  /** What stands in the way: nothing runs while there is one. */
  readonly problems: readonly MigrateError[];
  readonly notes: readonly { readonly key: string; readonly params: Params }[];
}

/** What to run, in order. Pure: the same entries and the same request give the same plan. */
export function planRun(entries: readonly Entry[], request: PlanRequest): Plan {
  if (request.action === 'up') return planUp(entries, request);
  if (request.action === 'down') return planDown(entries, request);
  return planRedo(entries);
}

function planUp(entries: readonly Entry[], request: PlanRequest): Plan {
  const to = target(entries, request.to);
  if (to instanceof MigrateError) return { steps: [], problems: [to], notes: [] };
  const within = ({ id }: Entry) => to === undefined || compareIds(id, to) <= 0;
  const runnable = entries.filter(
    ({ state }) =>
      state === 'pending' || state === 'failed' || (state === 'out-of-order' && request.allowOutOfOrder === true),
  );
  const chosen = runnable.filter(within).slice(0, request.steps ?? runnable.length);
  const problems = [
    ...halfProblems(entries, 'up'),
    ...entries.filter(within).flatMap((entry) => upProblem(entry, request)),
  ];
  const missing = entries.filter(({ state }) => state === 'missing').map(({ key }) => key);
  const notes = missing.length > 0 ? [{ key: 'migration.missing', params: { ids: missing.join(', ') } }] : [];
  return { steps: chosen.map(upStep), problems, notes };
}

function upStep(entry: Entry): PlanStep {
  const done = entry.halfDone === 'up' ? (entry.row?.appliedStatements ?? 0) : 0;
  return { direction: 'up', entry, stored: false, done };
}

function upProblem(entry: Entry, request: PlanRequest): MigrateError[] {
  const where = entry.file ? { where: { file: entry.file.file } } : {};
  const params = { id: entry.key, file: entry.file?.file ?? '' };
  if (entry.state === 'changed') return [new MigrateError('MIGRATION_CHANGED', params, where)];
  if (entry.state === 'out-of-order' && !request.allowOutOfOrder) {
    return [new MigrateError('MIGRATION_OUT_OF_ORDER', params, where)];
  }
  return [];
}

/** What is half done the other way, or has lost its file, has to be finished or put back before anything else runs. */
function halfProblems(entries: readonly Entry[], direction: 'up' | 'down'): MigrateError[] {
  return entries
    .filter(({ halfDone, state }) => halfDone !== undefined && (halfDone !== direction || state === 'missing'))
    .map((entry) => {
      const { appliedStatements: done = 0, totalStatements: total = 0 } = entry.row ?? {};
      const params = { id: entry.key, way: entry.halfDone ?? 'up', done, total };
      return new MigrateError('MIGRATION_HALF_DONE', params, entry.file ? { where: { file: entry.file.file } } : {});
    });
}

function planDown(entries: readonly Entry[], request: PlanRequest): Plan {
  const to = target(entries, request.to);
  if (to instanceof MigrateError) return { steps: [], problems: [to], notes: [] };
  const applied = entries.filter(isApplied).reverse();
  const above = to === undefined ? applied : applied.filter(({ id }) => compareIds(id, to) > 0);
  const count = request.steps ?? (to === undefined ? 1 : above.length);
  const steps = above.slice(0, count).map(downStep);
  const problems = [...halfProblems(entries, 'down'), ...steps.flatMap(irreversible)];
  return { steps, problems, notes: steps.flatMap(storedNote) };
}

/** The last applied one, down and up again; the way up is the file as it is now. */
function planRedo(entries: readonly Entry[]): Plan {
  const down = planDown(entries, { action: 'down', steps: 1 });
  const [last] = down.steps;
  if (!last) return down;
  const { file, key } = last.entry;
  if (!file) {
    const gone = new MigrateError('MIGRATION_FILE_GONE', { id: key });
    return { ...down, problems: [...down.problems, gone] };
  }
  return { ...down, steps: [last, { direction: 'up', entry: last.entry, stored: false, done: 0 }] };
}

function isApplied({ state, row, halfDone }: Entry): boolean {
  return (
    halfDone === 'down' ||
    state === 'applied' ||
    state === 'changed' ||
    (state === 'missing' && row?.status === 'success')
  );
}

function downStep(entry: Entry): PlanStep {
  const done = entry.halfDone === 'down' ? (entry.row?.appliedStatements ?? 0) : 0;
  // Half way down, the rest has to come from the same text.
  const stored = entry.file === undefined || entry.state === 'changed' || entry.halfDone === 'down';
  return { direction: 'down', entry, stored, done };
}

function irreversible({ entry }: PlanStep): MigrateError[] {
  if (entry.row?.downScript != null) return [];
  const file = entry.file?.file ?? '';
  return [
    new MigrateError('MIGRATION_IRREVERSIBLE', { id: entry.key, name: entry.name }, file ? { where: { file } } : {}),
  ];
}

function storedNote({ entry, stored }: PlanStep): Plan['notes'] {
  // Half way down, an unchanged file has the same text.
  if (!stored || entry.file?.checksum === entry.row?.checksum) return [];
  const key = entry.file ? 'migration.downStoredChanged' : 'migration.downStored';
  return [{ key, params: { id: entry.key } }];
}

/** `0` stands for before everything. */
function target(entries: readonly Entry[], to: string | undefined): MigrationId | undefined | MigrateError {
  if (to === undefined) return undefined;
  const id = parseId(to);
  if (id && (entries.some((entry) => compareIds(entry.id, id) === 0) || compareIds(id, ['0']) === 0)) return id;
  const known = entries.map(({ key }) => key).join(', ') || '-';
  return new MigrateError('MIGRATION_UNKNOWN', { id: to, known });
}
