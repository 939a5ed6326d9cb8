import type { Dialect } from '../dialect/dialect';
import { MigrateError, type Params } from '../errors';
import { compareIds, idIdentity, idKey } from './id';
import { type BadName, parseFileName } from './name';
import type { FileName, MigrationId } from './types';

/** A file that was found, with whatever its reader keeps beside it. */
export interface Found {
  /** The name in its folder. */
  readonly name: string;
  /** How it is shown: relative to the project, with forward slashes. */
  readonly file: string;
}

/** One migration: a file, or a file for each way. */
export interface Group<T extends Found> {
  readonly id: MigrationId;
  readonly key: string;
  readonly name: string;
  readonly language: Dialect | 'code';
  readonly kind?: string;
  readonly up: T;
  readonly down?: T;
}

/** What a user should know and need not mend: a text key with its parameters. */
export interface FileNote {
  readonly key: string;
  readonly params: Params;
}

export interface Grouped<T extends Found> {
  /** By id. Files that a problem names are in none. */
  readonly migrations: readonly Group<T>[];
  readonly problems: readonly MigrateError[];
  readonly notes: readonly FileNote[];
}

interface Named<T> {
  readonly found: T;
  readonly named: FileName;
}

/**
 * Puts files together into migrations, ordered by id. A file for the way down belongs to the one for the way up with an
 * equal id, the same name and the same ending. What is no migration by convention (`parseFileName`) is left out.
 * @returns problems: MIGRATION_NAME_INVALID, MIGRATION_DUPLICATE_ID, MIGRATION_DOWN_WITHOUT_UP; notes: gaps
 */
export function groupFiles<T extends Found>(files: readonly T[], extraEndings: readonly string[] = []): Grouped<T> {
  const problems: MigrateError[] = [];
  const byId = new Map<string, Named<T>[]>();
  for (const found of files) {
    const named = parseFileName(found.name, extraEndings);
    if (named === undefined) continue;
    if ('bad' in named) {
      problems.push(badName(found.file, named));
      continue;
    }
    const identity = idIdentity(named.id);
    const same = byId.get(identity);
    if (same) same.push({ found, named });
    else byId.set(identity, [{ found, named }]);
  }
  const migrations = [...byId.values()]
    .flatMap((same) => groupOf(same, problems))
    .sort((a, b) => compareIds(a.id, b.id));
  const ids = [...byId.values()].flatMap(([first]) => (first ? [first.named.id] : []));
  return { migrations, problems, notes: gaps(ids) };
}

/** @returns the error for a file with such a name */
export function badName(file: string, { bad }: BadName): MigrateError {
  return new MigrateError('MIGRATION_NAME_INVALID', { name: file, reason: bad }, { where: { file } });
}

/** The files of one id. */
function groupOf<T extends Found>(same: readonly Named<T>[], problems: MigrateError[]): Group<T>[] {
  const ups = same.filter(({ named }) => named.role !== 'down');
  const downs = same.filter((one) => {
    if (one.named.role !== 'down') return false;
    if (ups.some((other) => belongs(one.named, other.named))) return true;
    problems.push(downWithoutUp(one.found));
    return false;
  });
  const [up, ...otherUps] = ups;
  if (!up) return [];
  const [down, ...otherDowns] = downs;
  problems.push(...otherUps.map((other) => duplicate(up, other)));
  // Two ways up have two ways down by right: one error says enough of them.
  if (down && otherUps.length === 0) problems.push(...otherDowns.map((other) => duplicate(down, other)));
  if (otherUps.length > 0 || otherDowns.length > 0) return [];
  const { id, name, language, kind } = up.named;
  const group = { id, key: idKey(id), name, language, up: up.found };
  return [{ ...group, ...(kind === undefined ? {} : { kind }), ...(down ? { down: down.found } : {}) }];
}

/** macOS gives names in another normal form than they were typed in. */
function belongs(down: FileName, up: FileName): boolean {
  return down.language === up.language && down.name.normalize('NFC') === up.name.normalize('NFC');
}

function duplicate<T extends Found>({ found, named }: Named<T>, other: Named<T>): MigrateError {
  const params = { id: idKey(named.id), file: found.file, other: other.found.file };
  return new MigrateError('MIGRATION_DUPLICATE_ID', params, { where: { file: found.file } });
}

function downWithoutUp({ name, file }: Found): MigrateError {
  const expected = name
    .replace(/\.down(\.\w+)$/i, '.up$1')
    .replace(/_rollback(\.\w+)$/i, '$1')
    .replace(/^U(?=\d)/, 'V');
  return new MigrateError('MIGRATION_DOWN_WITHOUT_UP', { file, expected }, { where: { file } });
}

/** Numbers that are counted up one by one; times of day and steps of ten are no such numbers. */
const COUNTED = /^\d{1,6}$/;

/** A number left out where most follow one another: a file may be lost, or was never merged. */
function gaps(ids: readonly MigrationId[]): FileNote[] {
  const numbers = ids
    .flatMap((id) => (id.length === 1 && COUNTED.test(id[0] ?? '') ? [Number(id[0])] : []))
    .sort((a, b) => a - b);
  const pairs = numbers.slice(1).map((after, at) => ({ before: numbers[at] ?? 0, after }));
  const jumps = pairs.filter(({ before, after }) => after - before > 1);
  if (jumps.length * 2 > pairs.length) return [];
  return jumps.map(({ before, after }) => ({ key: 'migration.gap', params: { before, after } }));
}
