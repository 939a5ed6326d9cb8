import path from 'node:path';
import type { Running } from '../../workflow/context';
import type { MigrateRequest, Note } from '../../workflow/migrate/types';
import type { LoadedProject } from '../services/project-state';
import type { Services } from '../services/services';
import { text } from '../services/text';

/** What a command has changed shows in the tree before it tells that it is done. */
export async function refreshAll({ projects, statuses }: Pick<Services, 'projects' | 'statuses'>): Promise<void> {
  await projects.refresh();
  await statuses.refresh();
}

/** Which statement runs, for the message that shows when it takes a while. */
export function statementReporter({ onProgress }: Running): NonNullable<MigrateRequest['onStatement']> {
  return ({ id, index, total }) => onProgress?.({ step: 'migrate', object: `${id}, ${index + 1}/${total}` });
}

/** A note of a workflow; a backup inside the project is told by its short path. */
export function noteText(state: LoadedProject, { key, params }: Note): string {
  const { backup } = params;
  return text(key, typeof backup === 'string' ? { ...params, backup: shownPath(state, backup) } : params);
}

/** Short inside the project, whole outside. */
export function shownPath({ dir }: LoadedProject, file: string): string {
  const relative = path.relative(dir, file);
  return relative.startsWith('..') ? file : relative;
}
