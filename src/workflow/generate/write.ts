import { MigrateError } from '../../core/errors';
import { diffSchemas } from '../../core/schema/diff';
import { type Source, type SourceSchema, sourceSchema } from '../compare/source';
import type { Context, Running } from '../context';
import { createMade } from '../create';
import type { Note } from '../migrate/types';
import type { MadeMigration } from './make';

export interface WrittenMigration {
  /** Relative to the project; none where there was nothing to write. */
  readonly files: readonly string[];
  /** The same files, absolute. */
  readonly paths: readonly string[];
  readonly notes: readonly Note[];
}

/**
 * Writes a migration as it was made and shown. What it leads from has to be as it was, or it would not do what was proven;
 * where the target has moved on it is still a step on the way, and a note says so.
 * @throws MigrateError GENERATE_OUTDATED, and what reading the source and writing throw
 */
export async function writeMigration(
  context: Context,
  made: MadeMigration,
  running: Running = {},
): Promise<WrittenMigration> {
  const { texts, from, to, basis } = made;
  if (texts.length === 0) return { files: [], paths: [], notes: [] };
  if (!(await isStill(context, basis.from, from, running))) {
    throw new MigrateError('GENERATE_OUTDATED', { detail: `@generate.otherSource:${from.label}` });
  }
  const isSameTarget = await isStill(context, basis.to, to, running).catch((error: unknown) => {
    // Half way through an edit, say: what was agreed to doesn't need it any more.
    if (!MigrateError.is(error) || error.code === 'CANCELLED') throw error;
    return false;
  });
  const created = await createMade(context.project, texts, basis);
  const moved = isSameTarget ? [] : [{ key: 'generate.otherTarget', params: { to: to.label } }];
  return { ...created, notes: [...moved, ...created.notes] };
}

async function isStill(context: Context, source: Source, { schema }: SourceSchema, running: Running): Promise<boolean> {
  running.onProgress?.({ step: 'schema' });
  return diffSchemas(schema, (await sourceSchema(context, source, running)).schema).length === 0;
}
