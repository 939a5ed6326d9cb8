import { dialectOf } from '../../core/dialect/dialect';
import { generatedMigration } from '../../core/migration/generated';
import type { NewFile } from '../../core/migration/template';
import type { MigrationId } from '../../core/migration/types';
import type { CountedRow } from '../../core/report/counted-rows';
import type { Database } from '../../project/project';
import { parseSource, type Source, type SourceSchema, sourceSchema } from '../compare/source';
import type { Context, Running } from '../context';
import { behind, knownIds } from '../create';
import { type DataLosses, lossesOfChanges } from '../losses';
import type { Note } from '../migrate/types';
import { type Deciding, plan } from './plan';
import { prove } from './prove';

export interface MakeRequest extends Running, Deciding {
  readonly database: Database;
  readonly name: string;
  /** Left out: the state after all migrations. */
  readonly from?: Source | string;
  /** Left out: the desired schema. */
  readonly to?: Source | string;
  readonly kind?: 'single' | 'pair';
  readonly now?: Date;
}

/** A migration as it will be written, to the letter; `writeMigration` takes it. */
export interface MadeMigration {
  /** Names, without a folder, and texts; none where nothing differs. */
  readonly texts: readonly NewFile[];
  /** Each with what it takes, where that was counted. */
  readonly changes: readonly CountedRow[];
  /** What the way up destroys, counted in the database that the migration starts from, or in that of the request. */
  readonly losses: DataLosses;
  readonly renames: readonly string[];
  readonly from: SourceSchema;
  readonly to: SourceSchema;
  readonly notes: readonly Note[];
  /** What it was made for: once that is no more, it is not written. */
  readonly basis: MigrationBasis;
}

export interface MigrationBasis {
  readonly from: Source;
  readonly to: Source;
  /** Of the migrations that there were. */
  readonly ids: readonly MigrationId[];
  /** What the new one's id says. */
  readonly at: Date;
}

/**
 * Makes the migration that leads from one schema to another, and proves it on a throw-away database. Writes nothing.
 * @throws MigrateError GENERATE_DIFFERS, RENAME_UNDECIDED, RENAME_INVALID, MIGRATION_NAME_INVALID, and what reading the sources throws
 */
export async function makeMigration(context: Context, request: MakeRequest): Promise<MadeMigration> {
  const { database, name, kind = 'single' } = request;
  const source = await asSource(context, request.from ?? { kind: 'migrations' });
  const target = await asSource(context, request.to ?? { kind: 'desired' });
  const ids = await knownIds(context.project);
  const read = (one: Source) => {
    request.onProgress?.({ step: 'schema' });
    return sourceSchema(context, one, request);
  };
  const from = await read(source);
  const to = await read(target);
  const planned = await plan(context, request, from, to);
  const { changes, content } = planned;
  const at = new Date(behind(request.now ?? new Date(), ids));
  const texts = changes.length === 0 ? [] : generatedMigration(kind, dialectOf(database.engine), at, name, content);
  if (texts.length > 0) {
    request.onProgress?.({ step: 'prove' });
    const oneWay = content.down.left.length > 0;
    const sides = { before: from.schema, after: to.schema };
    await prove(context, { database, ...sides, files: texts, oneWay }, request);
  }
  // Where it leads from a database, the data of that one is meant.
  const counted = await lossesOfChanges(context, from.database ?? database, planned, { ...request, state: from });
  return {
    texts,
    ...counted,
    renames: content.renames,
    from,
    to,
    notes: [...content.up.left, ...content.down.left, ...planned.notes],
    basis: { from: source, to: target, ids, at },
  };
}

async function asSource(context: Context, source: Source | string): Promise<Source> {
  return typeof source === 'string' ? parseSource(context, source) : source;
}
