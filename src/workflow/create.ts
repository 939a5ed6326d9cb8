import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { dialectOf } from '../core/dialect/dialect';
import { systemCode } from '../core/errors';
import type { FileNote } from '../core/migration/group';
import { compareIds, idKey } from '../core/migration/id';
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
  return createFiles(project, now, (at) => newMigration(kind, dialectOf(engine), at, name));
}

/**
 * Creates the files of a migration under the first free id from a time on.
 * @param make gives them for a time, always the same
 * @param options `isLast`: behind every other migration, where their ids are times
 * @throws as {@link createMigration}
 */
export async function createFiles(
  project: Project,
  now: Date,
  make: (at: Date) => readonly NewFile[],
  { isLast = false }: { readonly isLast?: boolean } = {},
): Promise<Created> {
  const folder = project.migrationsDir;
  // Refuses a bad name before anything is made.
  make(now);
  try {
    await mkdirDurable(folder);
    const start = behind(now, isLast ? await idsIn(folder) : []);
    await sweepTemporaries(folder);
    await sweepReservations(folder);
    for (let at = start; ; at += 1000) {
      const files = make(new Date(at));
      const others = await createReserved(folder, at, files);
      if (others === undefined) continue;
      const paths = files.map((file) => path.join(folder, file.name));
      return { files: paths.map((file) => shownPath(project.dir, file)), paths, notes: noteLater(files, others) };
    }
  } catch (error) {
    throw fileError(error, folder);
  }
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
 * @returns the ids that were there, or undefined when this one is taken
 */
async function createReserved(
  folder: string,
  at: number,
  files: readonly NewFile[],
): Promise<readonly MigrationId[] | undefined> {
  const stamp = new Date(at).toISOString().replace(/\D/g, '').slice(0, 14);
  const reservation = path.join(folder, `.${stamp}.creating`);
  if (!(await createdNew(reservation))) return undefined;
  try {
    const ids = await idsIn(folder);
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
