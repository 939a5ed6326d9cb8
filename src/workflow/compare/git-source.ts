import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError, systemCode } from '../../core/errors';
import { temporaryFolder } from '../../engine/temporary';
import { writeTree } from '../../project/git';
import { isInside, shownPath } from '../../project/inside';
import { readMigrations } from '../../project/migrations';
import type { Context } from '../context';
import { requireDatabase } from '../context';
import type { Source } from './source';

/** What may be read by a script: no data of versions, which can be large. */
const SCRIPT = /\.(cypher|cql|ddl|sql|[cm]?[jt]s|json)$/i;
const DDL = /\.(cypher|cql|ddl|sql)$/i;

/**
 * Lays out the scripts of a project as a commit has them in a temporary folder, and says which source they are there.
 * @throws MigrateError GIT_REF_UNKNOWN, GIT_FAILED, SOURCE_NO_SCHEMA where the commit has no schema and no migrations
 */
export async function withGitTree<T>(
  context: Context,
  source: Extract<Source, { readonly kind: 'git' }>,
  work: (tree: Context, found: Source) => Promise<T>,
): Promise<T> {
  const { project } = context;
  const dir = await temporaryFolder('git');
  const relative = (place: string) => {
    const shown = shownPath(project.dir, place);
    return isInside(project.dir, place) ? shown : undefined;
  };
  const inTree = (place: string) => path.join(dir, path.relative(project.dir, place));
  const tree: Context = {
    ...context,
    project: {
      ...project,
      dir,
      ddlDir: inTree(project.ddlDir),
      migrationsDir: inTree(project.migrationsDir),
      versionsDir: inTree(project.versionsDir),
    },
  };
  try {
    const asked = source.path ?? '';
    const places = source.path === undefined ? [relative(project.ddlDir), relative(project.migrationsDir)] : [asked];
    const paths = places.filter((place) => place !== undefined);
    const count = await writeTree(project.dir, source.ref, paths, (file) => SCRIPT.test(file), dir);
    const shown = `git:${source.ref}${source.path === undefined ? '' : `:${source.path}`}`;
    const found = count === 0 ? undefined : await sourceIn(tree, source.path, paths);
    if (!found) throw new MigrateError('SOURCE_NO_SCHEMA', { path: shown });
    const { migrationsDir = tree.project.migrationsDir } = found;
    const inTreeNow = { ...tree, project: { ...tree.project, migrationsDir } };
    return await work(inTreeNow, found.source).catch((error: unknown) => {
      // A folder of DDL may hold the migrations alone.
      const isEmpty = source.path === undefined && MigrateError.is(error, 'DESIRED_SCHEMA_MISSING');
      if (!isEmpty || found.source.kind !== 'desired') throw error;
      return work(inTreeNow, { kind: 'migrations' });
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

interface Found {
  readonly source: Source;
  readonly migrationsDir?: string;
}

async function sourceIn(
  { project }: Context,
  asked: string | undefined,
  [ddl]: readonly string[],
): Promise<Found | undefined> {
  const hasScripts = (migrationsDir: string) =>
    readMigrations({ ...project, migrationsDir }, requireDatabase(project).engine).migrations.length > 0;
  if (asked === undefined) {
    if (ddl !== undefined && (await kindOf(project.ddlDir)) === 'dir') {
      return { source: { kind: 'desired' } };
    }
    return hasScripts(project.migrationsDir) ? { source: { kind: 'migrations' } } : undefined;
  }
  const place = path.resolve(project.dir, asked);
  const kind = await kindOf(place);
  if (kind === undefined) return undefined;
  if (kind === 'file') return DDL.test(asked) ? { source: { kind: 'file', path: place } } : undefined;
  if (hasScripts(place)) return { source: { kind: 'migrations' }, migrationsDir: place };
  return { source: { kind: 'dir', path: place } };
}

async function kindOf(place: string): Promise<'file' | 'dir' | undefined> {
  try {
    return (await stat(place)).isDirectory() ? 'dir' : 'file';
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
