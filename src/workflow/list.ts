import { stat } from 'node:fs/promises';
import { systemCode } from '../core/errors';
import { readCurrent } from '../project/current';
import { listVersions, type StoredVersion } from '../project/versions';
import type { Context } from './context';

export interface VersionList {
  readonly current: string | null;
  /** The default database was written after `current` was set, so it may hold more than that version. */
  readonly movedOn: boolean;
  readonly versions: readonly StoredVersion[];
}

/** Lists versions without opening an engine; writes nothing. */
export async function listProjectVersions({ project }: Pick<Context, 'project'>): Promise<VersionList> {
  const versions = await listVersions(project.versionsDir);
  const current = await readCurrent(project.versionsDir);
  const known = current && versions.some(({ version }) => version === current.version) ? current : undefined;
  const written = project.defaultDatabase ? await lastWrite(project.defaultDatabase.path) : undefined;
  return {
    current: known?.version ?? null,
    movedOn: known !== undefined && written !== undefined && written > known.setAt,
    versions,
  };
}

/** When the file or its WAL last changed, in milliseconds since the epoch. */
async function lastWrite(database: string): Promise<number | undefined> {
  const times = await Promise.all(
    [database, `${database}.wal`].map(async (file) => {
      try {
        return (await stat(file)).mtimeMs;
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return undefined;
        throw error;
      }
    }),
  );
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
