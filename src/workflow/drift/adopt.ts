import path from 'node:path';
import { MigrateError } from '../../core/errors';
import { generatedMigration } from '../../core/migration/generated';
import { parseId } from '../../core/migration/id';
import { unifiedDiff } from '../../core/report/unified';
import { shownPath } from '../../project/inside';
import type { Context } from '../context';
import { behind } from '../create';
import type { MakeRequest } from '../generate/make';
import { plan } from '../generate/plan';
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
  extends Pick<MakeRequest, 'database' | 'name' | 'renames' | 'decide' | 'now' | 'signal' | 'onProgress'> {
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
    const { content, notes: planned } = await plan(context, request, from, to);
    const driver = context.driver(database.engine);
    const kinds = await openKinds(context, driver.dialect);
    try {
      const ids = readFiles(context, database, kinds.extraEndings).files.map(({ id }) => id);
      const applied = (drift.history?.rows ?? []).flatMap(({ version }) => {
        const id = parseId(version);
        return id ? [id] : [];
      });
      // Behind all of them: whoever makes a database of the files has to come to it last.
      const at = new Date(behind(request.now ?? new Date(), [...ids, ...applied]));
      const [made] = generatedMigration('single', driver.dialect, at, request.name, content);
      if (!made) throw new TypeError('no file was generated');
      const oneWay = content.down.left.length > 0;
      const sides = { before: from.schema, after: to.schema };
      await prove(context, { database, ...sides, files: [made], oneWay }, request);
      const absolute = path.join(context.project.migrationsDir, made.name);
      const file = { ...fileOfScripts([made]), file: shownPath(context.project.dir, absolute) };
      if (database.protected) {
        const diff = unifiedDiff('/dev/null', file.file, '', made.text);
        const text = { key: 'baseline.write', params: { file: file.file } };
        await request.confirm({ action: 'baseline', database, changes: [{ text, diff }] });
      }
      const reader = { projectDir: context.project.dir, dialect: driver.dialect, kinds: kinds.all };
      const adopted = [{ key: file.key, name: file.name, file }];
      const changes = await adoptions(reader, adopted, driver.engineVersion);
      const recording = { history: drift.history, changes, ...(signal ? { signal } : {}) };
      await writeAround(file, absolute, () => recordChanges(context, database, recording));
      return { file: file.file, notes: [...notes, ...drift.notes, ...planned] };
    } finally {
      await kinds.close();
    }
  });
}
