import path from 'node:path';
import { dialectOf } from '../core/dialect/dialect';
import { MigrateError } from '../core/errors';
import { buildSchema, ddlError, orderFolder } from '../core/schema/build/build';
import { piecesOf } from '../core/schema/build/pieces';
import type { EngineName } from '../core/schema/model';
import type { SourceStatement } from '../engine/shadow';
import { NO_DDL } from '../project/contents';
import { type ReadDdl, readDdl } from '../project/ddl-files';
import { shownPath } from '../project/inside';
import type { Project } from '../project/project';
import type { Context } from './context';
import { requireSchemaOnly } from './version-source';

export interface ModularDdl extends ReadDdl {
  readonly engine: EngineName;
  /** As users call it. */
  readonly folder: string;
}

/** What `ddl/core` holds for the engine of the project; see {@link schemaEngines}. */
export function readModularDdl(project: Project, engine?: EngineName): ModularDdl {
  const folder = path.join(project.ddlDir, 'core');
  const found = schemaEngines(project, engine).map((one) => ({ engine: one, ...readPlace(project, folder, one) }));
  const first = found.find(({ files, problems }) => files.length + problems.length > 0) ?? found[0];
  return { ...(first ?? { engine: 'kuzu', files: [], problems: [] }), folder: shownPath(project.dir, folder) };
}

/**
 * The schema that the project wants: from the files in `ddl/core`, whatever `schema.cypher` says; else from
 * `ddl/schema.cypher` (`.sql`); else from all other files in `ddl`, but for migrations, versions, checks and queries.
 * @param engine in place of that of the chosen or default database
 * @returns in an order in which they run; only statements that make a schema, with paths from the project's folder
 * @throws MigrateError DESIRED_SCHEMA_MISSING; for the files what `readDdl` and `buildSchema` find, several as DDL_INVALID;
 * STATEMENT_NOT_ALLOWED
 */
export async function desiredStatements(context: Context, engine?: EngineName): Promise<SourceStatement[]> {
  const { project } = context;
  const modular = readModularDdl(project, engine);
  if (modular.files.length + modular.problems.length > 0) {
    throwFirst(modular.problems);
    const { statements, findings } = buildSchema(modular.files, modular);
    throwFirst(findings);
    return [...statements];
  }
  const wanted = schemaEngines(project, engine);
  for (const one of wanted) {
    const { files, problems } = readPlace(project, project.ddlDir, one);
    throwFirst(problems);
    const name = schemaFileName(one);
    const whole = files.find(({ file }) => file === shownPath(project.dir, path.join(project.ddlDir, name)));
    // What was built, or written, as one file stands in its order already.
    if (files.length === 0) continue;
    const statements = whole ? piecesOf([whole]).map(({ statement }) => statement) : orderFolder(files);
    requireSchemaOnly(statements);
    return [...statements];
  }
  throw missing(project, project.ddlDir, wanted);
}

/** The files that the desired schema is written in, as they are; none where there is no such folder. */
export function desiredFiles(project: Project, engine: EngineName): ReadDdl['files'] {
  const modular = readModularDdl(project, engine).files;
  return modular.length > 0 ? modular : readPlace(project, project.ddlDir, engine).files;
}

export function schemaFileName(engine: EngineName): string {
  return `schema.${dialectOf(engine)}`;
}

export function missing(project: Project, folder: string, engines: readonly EngineName[]): MigrateError {
  const ending = engines.map((one) => `*.${dialectOf(one)}`).join(', ');
  return new MigrateError('DESIRED_SCHEMA_MISSING', { path: shownPath(project.dir, folder), ending });
}

/** The engine that was asked for, or that of the database; without one, whichever the files are for. */
export function schemaEngines(project: Project, engine?: EngineName): readonly EngineName[] {
  const known = engine ?? (project.chosenDatabase ?? project.defaultDatabase)?.engine;
  return known ? [known] : ['kuzu', 'duckdb'];
}

function readPlace(project: Project, folder: string, engine: EngineName): ReadDdl {
  const { dir, ddlDir, migrationsDir, versionsDir } = project;
  const except = [...NO_DDL.map((name) => path.join(ddlDir, name)), migrationsDir, versionsDir];
  return readDdl(folder, { dir, roots: [dir, ddlDir], dialect: dialectOf(engine), except });
}

function throwFirst(findings: readonly MigrateError[]): void {
  if (findings.length > 0) throw ddlError(findings);
}
