import { detectFile } from '../../engine/detect';
import type { Database, Project } from '../../project/project';
import { afterwards } from '../afterwards';
import { makeBackup, pruneBackups } from '../backup';
import type { Prepared } from './prepared';
import type { Run } from './run';
import type { Note } from './types';

/**
 * Copies the database before a migration that can leave it half way, or that takes rows away, as the setting wants it.
 * The database is closed for it, so that the copy is whole.
 * @returns the backup's folder, or undefined where none was wanted or there is nothing to keep yet
 */
export async function backupFor(run: Run, prepared: Prepared): Promise<string | undefined> {
  const { backup } = run;
  if (!backup || !needsBackup(run, prepared)) return undefined;
  await run.target.close();
  if ((await detectFile(run.target.path)) === undefined) return undefined;
  const reason = `${prepared.step.direction} ${prepared.key}`;
  const dir = await makeBackup(backup.dir, { path: run.target.path, reason, migration: prepared.key });
  backup.taken = true;
  return dir;
}

/** Whether a copy is wanted before a migration. */
export function needsBackup({ backup }: Run, { step, body, losesData }: Prepared): boolean {
  if (!backup || backup.when === 'never') return false;
  // Half way on, the copy from before it began is the one worth keeping.
  if (step.done > 0 || step.entry.halfDone) return false;
  if (backup.when === 'always' || !body.transactional) return true;
  // What a run removes is in the copy from before its first loss; one for each would crowd out the older ones.
  return losesData && !backup.taken;
}

/** Removes the oldest backups of a database beyond the number to keep, after a run that made some. */
export async function pruneAfterwards(project: Project, database: Database, made: readonly string[]): Promise<Note[]> {
  if (made.length === 0) return [];
  const notes: Note[] = [];
  const problems = await afterwards([
    async () => {
      for (const backup of await pruneBackups(project.backupsDir, database.path, project.keepBackups)) {
        notes.push({ key: 'migration.backupRemoved', params: { backup } });
      }
    },
  ]);
  return [...notes, ...problems.map(({ code, params }) => ({ key: `error.${code}`, params }))];
}
