import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { dialectOf } from '../core/dialect/dialect';
import { MigrateError, systemCode } from '../core/errors';
import type { FileNote } from '../core/migration/group';
import { compareIds, idIdentity, idKey } from '../core/migration/id';
import { parseFileName } from '../core/migration/name';
import { type NewFile, type NewKind, newMigration } from '../core/migration/template';
import type { MigrationId } from '../core/migration/types';
import type { EngineName } from '../core/schema/model';
import { createFileDurable, mkdirDurable, sweepTemporaries, writeSynced } from '../project/durable';
import { fileError } from '../project/file-error';
import { shownPath } from '../project/inside';
import type { Project } from '../project/project';

export interface CreateRequest {
  /** What the migration does, in the user's words. */
  readonly name: string;
  readonly kind: NewKind;
  /** Left out: that of the database that the project means. */
  readonly engine?: EngineName;
  readonly now?: Date;
}

export interface Created {
  /** Relative to the project, with forward slashes, as `status` prints them. */
  readonly files: readonly string[];
  /** The same files, absolute. */
  readonly paths: readonly string[];
  readonly notes: readonly FileNote[];
}

/** A reservation that is older was left by a kill. */
const RESERVED_MS = 60_000;
const RESERVATION = /^\.\d{14}\.creating$/;

/**
 * Creates the script of a new migration from its template, and its folder where there is none. Its id is the present time
 * in UTC, or the next second that no other migration has, also when two processes create one at once.
 * @throws MigrateError MIGRATION_NAME_INVALID, NO_PERMISSION, NO_SPACE, FILE_FAILED
 */
export async function createMigration(project: Project, request: CreateRequest): Promise<Created> {
  const { name, kind, now = new Date() } = request;
  const engine = request.engine ?? (project.chosenDatabase ?? project.defaultDatabase)?.engine ?? 'kuzu';
  const folder = project.migrationsDir;
  const make = (at: Date) => newMigration(kind, dialectOf(engine), at, name);
  // Refuses a bad name before anything is made.
  make(now);
  try {
    await prepareFolder(folder);
    for (let at = behind(now, []); ; at += 1000) {
      const files = make(new Date(at));
      const others = await createReserved(folder, at, files);
      if (others !== undefined) return created(project, files, others);
    }
  } catch (error) {
    throw fileError(error, folder);
  }
}

/**
 * Creates the files of a migration as they are, unless its place was taken since it was made.
 * @param place the id's time, and the ids of the migrations that there were
 * @throws MigrateError GENERATE_OUTDATED where another migration has its id, or a new one comes behind it;
 *   NO_PERMISSION, NO_SPACE, FILE_FAILED
 */
export async function createMade(
  project: Project,
  files: readonly NewFile[],
  { at, ids }: { readonly at: Date; readonly ids: readonly MigrationId[] },
): Promise<Created> {
  const folder = project.migrationsDir;
  const known = new Set(ids.map(idIdentity));
  const own = parseFileName(files[0]?.name ?? '');
  if (!own || !('id' in own)) throw new TypeError('no migration was made');
  try {
    await prepareFolder(folder);
    const others = await createReserved(folder, at.getTime(), files, (found) => {
      const later = found.find((id) => !known.has(idIdentity(id)) && compareIds(id, own.id) >= 0);
      if (later) throw new MigrateError('GENERATE_OUTDATED', { detail: `@generate.later:${idKey(later)}` });
    });
    if (others !== undefined) return created(project, files, others);
    throw new MigrateError('GENERATE_OUTDATED', { detail: `@generate.later:${idKey(own.id)}` });
  } catch (error) {
    throw fileError(error, folder);
  }
}

/** The ids of the migrations in a project's folder; none where there is no folder yet. */
export async function knownIds({ migrationsDir }: Project): Promise<MigrationId[]> {
  try {
    return await idsIn(migrationsDir);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw fileError(error, migrationsDir);
  }
}

async function prepareFolder(folder: string): Promise<void> {
  await mkdirDurable(folder);
  await sweepTemporaries(folder);
  await sweepReservations(folder);
}

function created({ dir, migrationsDir }: Project, files: readonly NewFile[], others: readonly MigrationId[]): Created {
  const paths = files.map((file) => path.join(migrationsDir, file.name));
  return { files: paths.map((file) => shownPath(dir, file)), paths, notes: noteLater(files, others) };
}

/** A time, in whole seconds, or the second behind the latest of the ids that are times: a clock may be behind. */
export function behind(now: Date, ids: readonly MigrationId[]): number {
  const times = ids.flatMap(([first = '', ...more]) => {
    const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(more.length > 0 ? '' : first) ?? [];
    const at = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
    return Number.isNaN(at) ? [] : [at + 1000];
  });
  return Math.max(Math.floor(now.getTime() / 1000) * 1000, ...times);
}

/**
 * Nobody else may look for the same id between our look and our files, so that it is reserved by a file first.
 * @param check of the ids that there are by then; what it throws keeps the files from being made
 * @returns the ids that were there, or undefined when this one is taken
 */
async function createReserved(
  folder: string,
  at: number,
  files: readonly NewFile[],
  check: (ids: readonly MigrationId[]) => void = () => undefined,
): Promise<readonly MigrationId[] | undefined> {
  const stamp = new Date(at).toISOString().replace(/\D/g, '').slice(0, 14);
  const reservation = path.join(folder, `.${stamp}.creating`);
  if (!(await createdNew(reservation))) return undefined;
  try {
    const ids = await idsIn(folder);
    check(ids);
    if (ids.some((id) => compareIds(id, [stamp]) === 0)) return undefined;
    await createAll(folder, files);
    return ids;
  } finally {
    await rm(reservation, { force: true });
  }
}

async function createAll(folder: string, files: readonly NewFile[]): Promise<void> {
  const made: string[] = [];
  try {
    for (const { name, text } of files) {
      await createFileDurable(path.join(folder, name), text);
      made.push(path.join(folder, name));
    }
  } catch (error) {
    // Half of a pair is worse than none.
    for (const file of made) await rm(file, { force: true });
    throw error;
  }
}

async function createdNew(file: string): Promise<boolean> {
  try {
    await writeSynced(file, '', 'wx');
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    return false;
  }
}

async function idsIn(folder: string): Promise<MigrationId[]> {
  return (await readdir(folder)).flatMap((name) => {
    const found = parseFileName(name);
    return found && 'id' in found ? [found.id] : [];
  });
}

async function sweepReservations(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!RESERVATION.test(name)) continue;
    const file = path.join(folder, name);
    if (Date.now() - (await changedAt(file)) > RESERVED_MS) await rm(file, { force: true });
  }
}

async function changedAt(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return Date.now();
    throw error;
  }
}

/** A clock that is behind, or ids that are no times: `up` would refuse to run the new one after them. */
function noteLater([file]: readonly NewFile[], others: readonly MigrationId[]): FileNote[] {
  const named = parseFileName(file?.name ?? '');
  if (!named || !('id' in named)) return [];
  const last = others.reduce<MigrationId>((a, b) => (compareIds(a, b) > 0 ? a : b), named.id);
  return last === named.id ? [] : [{ key: 'migration.notLast', params: { last: idKey(last) } }];
}
