import path from 'node:path';
import { MigrateError } from '../../core/errors';
import { type LintFinding, sortLint } from '../../core/lint/finding';
import type { MigrationFile } from '../../core/migration/types';
import type { Database } from '../../project/project';
import type { Context, Running } from '../context';
import { openKinds } from '../migrate/kinds';
import { readFiles } from '../migrate/situation';
import type { ReadFromCopy } from '../reading';
import { withCounts } from './count';
import { type Replayed, replayEach } from './replay';
import { errorFinding, replayFindings } from './replay-findings';
import { scriptFindings } from './script-findings';

export interface LintRequest extends Running {
  readonly database: Database;
  /** Files of migrations, absolute or relative to the project's folder; left out: all of them. */
  readonly files?: readonly string[];
}

export interface LintResult {
  /** By file and place. */
  readonly findings: readonly LintFinding[];
  /** How many migrations were looked at. */
  readonly linted: number;
  /** Files that were not run, since a migration before them failed. */
  readonly notReplayed: readonly string[];
  readonly fromCopy?: ReadFromCopy;
}

/**
 * Looks at the migrations of a project: their text, and what they do on a throw-away database in their place, up and
 * down. Writes nothing; the database itself is only read, to count what would be lost.
 * @throws MigrateError MIGRATION_UNKNOWN for a file that is no migration, PLUGIN_FAILED, CANCELLED and the errors of opening
 */
export async function lint(context: Context, request: LintRequest): Promise<LintResult> {
  const { project } = context;
  const { database } = request;
  const { dialect } = context.driver(database.engine);
  const kinds = await openKinds(context, dialect);
  try {
    const { files, problems } = readFiles(context, database, kinds.extraEndings);
    const isWanted = wanted(project.dir, files, problems, request.files);
    const unreadable = problems.filter(({ where }) => where.file === undefined || isWanted.path(where.file));
    const reader = { projectDir: project.dir, dialect, kinds: kinds.all };
    const { replayed, notReplayed } = await replayEach(context, database, reader, files, isWanted.file, request);
    const findings = unreadable.map((error) => errorFinding(error, project.migrationsDir));
    const asked = files.filter(isWanted.file);
    const behind = notReplayed.map(({ file }) => file);
    for (const file of files) {
      const one = replayed.find((result) => result.file === file);
      const own = isWanted.file(file) ? scriptFindings(file, toldOf(one)) : [];
      findings.push(...own, ...(one ? replayFindings(one, own, behind) : []));
    }
    const versionOf = (name: string) => files.find(({ file, down }) => file === name || down?.file === name)?.key;
    const { findings: counted, fromCopy } = await withCounts(context, database, findings, versionOf, request);
    return {
      findings: sortLint(counted),
      linted: asked.length,
      notReplayed: behind,
      ...(fromCopy ? { fromCopy } : {}),
    };
  } finally {
    await kinds.close();
  }
}

function toldOf({ before, after, instead }: Partial<Replayed> = {}) {
  return { ...(before ? { before } : {}), ...(after ? { after } : {}), ...(instead ? { instead } : {}) };
}

/** Which migrations the files asked for are. */
function wanted(
  dir: string,
  files: readonly MigrationFile[],
  problems: readonly MigrateError[],
  asked: readonly string[] | undefined,
): { readonly file: (file: MigrationFile) => boolean; readonly path: (file: string) => boolean } {
  if (asked === undefined || asked.length === 0) return { file: () => true, path: () => true };
  const places = new Set(asked.map((one) => path.resolve(dir, one)));
  const isAsked = (file: string) => places.has(path.resolve(dir, file));
  const known = new Set([
    ...files.flatMap(({ file, down }) => [file, ...(down ? [down.file] : [])]),
    ...problems.flatMap(({ where }) => (where.file === undefined ? [] : [where.file])),
  ]);
  const unknown = asked.find((one) => ![...known].some((file) => path.resolve(dir, file) === path.resolve(dir, one)));
  if (unknown !== undefined) {
    throw new MigrateError('MIGRATION_UNKNOWN', { id: unknown, known: [...known].join(', ') || '-' });
  }
  return { file: ({ file, down }) => isAsked(file) || (down !== undefined && isAsked(down.file)), path: isAsked };
}
