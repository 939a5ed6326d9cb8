import * as vscode from 'vscode';
import type { ChangedObject } from '../../core/schema/print';
import { type Ending, uriOf } from '../documents/schema-uri';
import type { LoadedProject } from '../services/project-state';
import type { SchemaSource } from '../services/schemas';
import type { Services } from '../services/services';
import { t } from '../services/text';
import { withProgress } from '../services/work';

interface Sides {
  readonly from: SchemaSource;
  readonly to: SchemaSource;
  /** One diff of the whole text, or one of each object that differs. */
  readonly layout: 'whole' | 'objects';
}

/** Opens VS Code's own diff of two schemas; equal ones are a message. */
export async function showComparison(services: Services, state: LoadedProject, sides: Sides): Promise<void> {
  const { from, to, layout } = sides;
  const names = { from: from.name, to: to.name };
  const { before, after, fromCopy } = await withProgress(t('ui.progress.compare', names), async (running) => {
    // One after the other: both may need the same file.
    const older = await services.schemas.get(state.project, from, running);
    const newer = await services.schemas.get(state.project, to, running);
    return { before: older.schema, after: newer.schema, fromCopy: older.fromCopy ?? newer.fromCopy };
  });
  services.messages.noteCopy(fromCopy);
  const { changedObjects, orderNotes } = await services.engines.workflows();
  const changed = changedObjects(before, after);
  if (changed.length === 0) {
    const notes = orderNotes(before, after).map(({ table, what }) => t(`order.${what}`, { table }));
    return services.messages.show('info', [t('ui.diff.equal', names), ...notes].join(' '));
  }
  const title = t('ui.diff.title', names);
  // Only SQL has views, and lists none where there are none.
  const ending = before.views === undefined ? '.cypher' : '.sql';
  if (layout === 'objects') {
    await vscode.commands.executeCommand(
      'vscode.changes',
      title,
      changed.map((one) => objectEntry(state, sides, one, ending)),
    );
    return;
  }
  const left = uriOf({ kind: 'schema', project: state.dir, source: from, ending });
  const right = uriOf({ kind: 'schema', project: state.dir, source: to, orderOf: from, ending });
  await vscode.commands.executeCommand('vscode.diff', left, right, title);
}

/** `[label, original?, modified?]`: a side that has no such object is left out, and shows as added or removed. */
function objectEntry(
  { dir: project }: LoadedProject,
  { from, to }: Sides,
  { kind, name, before, after }: ChangedObject,
  ending: Ending,
): [vscode.Uri, vscode.Uri | undefined, vscode.Uri | undefined] {
  const object = { kind, name };
  const original = uriOf({ kind: 'schema', project, source: from, object, ending });
  const modified = uriOf({ kind: 'schema', project, source: to, orderOf: from, object, ending });
  return [
    after === '' ? original : modified,
    before === '' ? undefined : original,
    after === '' ? undefined : modified,
  ];
}
