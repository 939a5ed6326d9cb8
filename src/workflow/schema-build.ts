import { lstat, mkdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError, systemCode } from '../core/errors';
import { type BuiltObject, buildSchema, isMade, type SchemaBuild } from '../core/schema/build/build';
import type { EngineName } from '../core/schema/model';
import { createFileDurable, writeFileDurable } from '../project/durable';
import { fileError } from '../project/file-error';
import { isInside, shownPath } from '../project/inside';
import type { Project } from '../project/project';
import type { Context, Running } from './context';
import { missing, readModularDdl, schemaEngines, schemaFileName } from './desired';
import { proveBuild } from './schema-proof';

export interface BuildRequest extends Running {
  /** In place of that of the chosen or default database. */
  readonly engine?: EngineName;
  /** Left out: the file is written where it is not up to date. */
  readonly dry?: true;
  /** Left out: the schema is run in a shadow first. */
  readonly verify?: false;
}

export interface BuildResult {
  /** As users call it: `ddl/schema.cypher`. */
  readonly file: string;
  /** Whether the file is, or was, another one than was built. */
  readonly changed: boolean;
  readonly objects: readonly BuiltObject[];
  readonly text: string;
  /** Everything that is wrong with the files; then nothing was written. Paths are from the project's folder. */
  readonly findings: readonly MigrateError[];
  /** Where a file of somebody else that stood in the place of ours was kept. */
  readonly kept?: string;
}

/**
 * Makes `ddl/schema.cypher` (`.sql`) of the files in `ddl/core`, and writes it only where it differs.
 * @returns findings: those of `readDdl` and `buildSchema`, and what the engine says of a statement, at its place in its
 * own file
 * @throws MigrateError DESIRED_SCHEMA_MISSING, PATH_OUTSIDE_PROJECT for the file that is written, NO_PERMISSION,
 * FILE_FAILED, CANCELLED, and the errors of an engine that does not start
 */
export async function buildSchemaFile(context: Context, request: BuildRequest = {}): Promise<BuildResult> {
  const { project } = context;
  const { engine, files, problems, folder } = readModularDdl(project, request.engine);
  if (files.length + problems.length === 0) {
    throw missing(project, path.join(project.ddlDir, 'core'), schemaEngines(project, request.engine));
  }
  const built = buildSchema(files, { folder });
  const file = path.join(project.ddlDir, schemaFileName(engine));
  const shown = shownPath(project.dir, file);
  const failed = [...problems, ...built.findings];
  const findings =
    failed.length > 0 || request.verify === false ? failed : await proof(context, engine, built, request);
  const { objects, text } = built;
  try {
    const before = await readOrNothing(file);
    const changed = before === undefined || withLf(before) !== withLf(text);
    const result = { file: shown, changed, objects, text, findings };
    if (findings.length > 0 || request.dry || !changed) return result;
    const target = await targetOf(project, file);
    const kept =
      before === undefined || before.trim() === '' || isMade(before) ? undefined : await keep(target, before);
    await writeFileDurable(target, text);
    return { ...result, ...(kept === undefined ? {} : { kept: shownPath(project.dir, kept) }) };
  } catch (error) {
    throw fileError(error, shown);
  }
}

async function proof(
  context: Context,
  engine: EngineName,
  built: SchemaBuild,
  running: Running,
): Promise<readonly MigrateError[]> {
  running.onProgress?.({ step: 'schema' });
  return proveBuild(context.driver(engine), built, running);
}

async function readOrNothing(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Git may check files out with other line breaks, which says nothing about their content. */
function withLf(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** A link stays one: the file that it leads to is written. */
async function targetOf({ dir, ddlDir }: Project, file: string): Promise<string> {
  await mkdir(ddlDir, { recursive: true });
  const info = await lstat(file).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error;
    return undefined;
  });
  if (!info?.isSymbolicLink()) return file;
  const [real, ...roots] = await Promise.all([file, dir, ddlDir].map((one) => realpath(one)));
  if (real !== undefined && roots.some((root) => isInside(root, real))) return real;
  throw new MigrateError('PATH_OUTSIDE_PROJECT', { path: shownPath(dir, file) });
}

/** What somebody wrote by hand is not ours to throw away. */
async function keep(file: string, text: string): Promise<string> {
  for (let number = 1; ; number++) {
    const kept = `${file}.orig${number === 1 ? '' : number}`;
    try {
      await createFileDurable(kept, text);
      return kept;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
  }
}
