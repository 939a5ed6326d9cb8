import path from 'node:path';
import { dialectOf } from '../../core/dialect/dialect';
import { MigrateError } from '../../core/errors';
import { generatedMigration } from '../../core/migration/generated';
import { compareIds } from '../../core/migration/id';
import { unifiedDiff } from '../../core/report/unified';
import { shownPath } from '../../project/inside';
import type { Context } from '../context';
import { type GenerateRequest, plan } from '../generate/generate';
import { fileOfScripts, prove } from '../generate/prove';
import { adoptions } from '../migrate/adopt';
import { openKinds } from '../migrate/kinds';
import { withLock } from '../migrate/migrate';
import { recordChanges } from '../migrate/record-changes';
import { readFiles } from '../migrate/situation';
import type { ConfirmChanges, Note } from '../migrate/types';
import { writeAround } from '../migrate/write-around';
import { findDrift } from './drift';

export interface AdoptRequest
  extends Pick<GenerateRequest, 'database' | 'name' | 'renames' | 'decide' | 'now' | 'signal' | 'onProgress'> {
  /** Asked for a protected database only. */
  readonly confirm: ConfirmChanges;
  readonly onNote?: (note: Note) => void;
}

export interface Adopted {
  /** Relative to the project; none where nothing has drifted. */
  readonly file: string | undefined;
  readonly notes: readonly Note[];
}

/**
 * Writes what was changed by hand as a migration, and records it as applied in this database, which has it already: other
 * databases get it with `up`.
 * @throws MigrateError DRIFT_PENDING while migrations are pending, which would come before it; GENERATE_DIFFERS, and
 *   what `findDrift` throws
 */
export async function adoptDrift(context: Context, request: AdoptRequest): Promise<Adopted> {
  const { database, signal } = request;
  if (database.readOnly) throw new MigrateError('DATABASE_READ_ONLY', { name: database.name });
  return withLock(context, { ...request, action: 'drift' }, async (notes) => {
    const drift = await findDrift(context, request);
    if (drift.changes.length === 0) return { file: undefined, notes };
    if (drift.pending.length > 0) throw new MigrateError('DRIFT_PENDING', { ids: drift.pending.join(', ') });
    const from = { label: 'history', schema: drift.expected };
    const to = { label: `db:${database.name}`, schema: drift.schema };
    const { content } = await plan(context, request, from, to);
    const dialect = dialectOf(database.engine);
    const at = free(request.now ?? new Date(), context, request);
    const [made] = generatedMigration('single', dialect, at, request.name, content);
    if (!made) throw new TypeError('no file was generated');
    const memory = database.memoryMB === undefined ? {} : { memoryMB: database.memoryMB };
    const oneWay = content.down.left.length > 0;
    const sides = { before: from.schema, after: to.schema };
    await prove(context, { engine: database.engine, ...memory, ...sides, files: [made], oneWay }, request);
    const absolute = path.join(context.project.migrationsDir, made.name);
    const file = { ...fileOfScripts([made]), file: shownPath(context.project.dir, absolute) };
    if (database.protected) {
      const diff = unifiedDiff('/dev/null', file.file, '', made.text);
      const text = { key: 'baseline.write', params: { file: file.file } };
      await request.confirm({ action: 'baseline', database, changes: [{ text, diff }] });
    }
    const driver = context.driver(database.engine);
    const kinds = await openKinds(context, driver.dialect);
    try {
      const reader = { projectDir: context.project.dir, dialect: driver.dialect, kinds: kinds.all };
      const adopted = [{ key: file.key, name: file.name, file }];
      const changes = await adoptions(reader, adopted, driver.engineVersion);
      const recording = { history: drift.history, changes, ...(signal ? { signal } : {}) };
      await writeAround(file, absolute, () => recordChanges(context, database, recording));
    } finally {
      await kinds.close();
    }
    return { file: file.file, notes: [...notes, ...drift.notes] };
  });
}

/** The next second that is behind all ids that there are, so that the new one is the last. */
function free(now: Date, context: Context, { database }: AdoptRequest): Date {
  const ids = readFiles(context, database).files.map(({ id }) => id);
  const stamp = (at: number) => [new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)];
  let at = Math.floor(now.getTime() / 1000) * 1000;
  while (ids.some((id) => compareIds(id, stamp(at)) === 0)) at += 1000;
  return new Date(at);
}
