import * as vscode from 'vscode';
import { dialectOf } from '../../core/dialect/dialect';
import type { Rename } from '../../core/schema/change';
import type { EngineName, Schema } from '../../core/schema/model';
import { uriOf } from '../documents/schema-uri';
import type { LoadedProject } from '../services/project-state';
import type { Services } from '../services/services';

export interface TwoSchemas {
  readonly title: string;
  readonly before: Schema;
  readonly after: Schema;
  readonly engine: EngineName;
  readonly renames?: readonly Rename[];
}

/**
 * Two schemas that only this window knows in the multi-file diff, with an entry for each object that differs: `[label,
 * before, after]`. A side without it is left out, and shows as added or removed.
 */
export async function showKeptDiff(
  { kept, engines }: Services,
  { dir: project }: LoadedProject,
  { title, before, after, engine, renames = [] }: TwoSchemas,
): Promise<void> {
  const { changedObjects } = await engines.workflows();
  const changed = changedObjects(before, after, renames);
  if (changed.length === 0) return;
  const entries = changed.map(({ name: oldName, newName, before: old, after: now }) => {
    const side = (text: string, name: string) =>
      text === ''
        ? undefined
        : uriOf({ kind: 'kept', project, id: kept.keep(text), name: `${name}.${dialectOf(engine)}` });
    const [original, modified] = [side(old, oldName), side(now, newName ?? oldName)];
    return [modified ?? original, original, modified];
  });
  await vscode.commands.executeCommand('vscode.changes', title, entries);
}
