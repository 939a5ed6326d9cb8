import path from 'node:path';
import { dialectOf } from '../core/dialect/dialect';
import { isPair } from '../core/migration/pair';
import { placeIn } from '../core/schema/build/pieces';
import { findDefinition, type SchemaObject } from '../core/schema/definition';
import type { EngineName } from '../core/schema/model';
import { parseScript } from '../core/script/parse';
import { scan } from '../core/script/scan';
import { readMigrations } from '../project/migrations';
import type { Project } from '../project/project';
import { desiredFiles } from './desired';

/** Where an object is made or was changed last. */
export interface PlacedDefinition {
  readonly place: 'ddl' | 'migration';
  /** Absolute. */
  readonly path: string;
  /** As users call it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Of the name there. */
  readonly length: number;
}

/**
 * Where a project writes an object: in the DDL folder, and in the last migration that makes or changes it. Reads files only;
 * those that can't be read hold nothing.
 */
export function definitionsOf(project: Project, engine: EngineName, object: SchemaObject): PlacedDefinition[] {
  return [inDdl(project, engine, object), inMigrations(project, engine, object)].flatMap((one) => one ?? []);
}

function inDdl(project: Project, engine: EngineName, object: SchemaObject): PlacedDefinition | undefined {
  const dialect = dialectOf(engine);
  const statements = desiredFiles(project, engine)
    .filter(({ text }) => mayName(text, object))
    .flatMap(({ file, text }) => scan(text, dialect).map((one) => ({ ...one, file })));
  return placed('ddl', project, statements, findDefinition(textsOf(statements), dialect, object));
}

function inMigrations(project: Project, engine: EngineName, object: SchemaObject): PlacedDefinition | undefined {
  const dialect = dialectOf(engine);
  const { migrations } = readMigrations(project, engine);
  const statements = migrations
    .filter(({ language, upText }) => language === dialect && mayName(upText, object))
    .flatMap((migration) => {
      const { up } = parseScript(migration.upText, dialect, isPair(migration) ? 'up' : 'single');
      return up.statements.map((one) => ({ ...one, file: migration.file }));
    });
  return placed('migration', project, statements, findDefinition(textsOf(statements), dialect, object));
}

/** Of ten thousand scripts few are read to the end. A rename leads back to other names. */
function mayName(text: string, { name }: SchemaObject): boolean {
  const words = text.toLowerCase();
  // In quotes it may be written in another way.
  return /["'`\\]/.test(name) || words.includes(name.toLowerCase()) || words.includes('rename');
}

type Statement = Parameters<typeof placeIn>[0];

function textsOf(statements: readonly Statement[]): string[] {
  return statements.map(({ text }) => text);
}

function placed(
  place: PlacedDefinition['place'],
  project: Project,
  statements: readonly Statement[],
  found: ReturnType<typeof findDefinition>,
): PlacedDefinition | undefined {
  const statement = found && statements[found.index];
  if (!statement) return undefined;
  const { file, line, column } = placeIn(statement, found.at);
  return { place, path: path.resolve(project.dir, file), file, line, column, length: found.length };
}
