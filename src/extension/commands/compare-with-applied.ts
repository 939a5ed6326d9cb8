import * as vscode from 'vscode';
import { uriOf } from '../documents/schema-uri';
import { t } from '../services/text';
import type { Command } from './command';
import { pickMigration, pickPlace } from './pick-migration';

/** What was applied on the left, the file as it is now on the right, where it can be edited; both files of a pair. */
export const compareWithApplied: Command = {
  name: 'compareWithApplied',
  needsEngine: true,
  async run(services, request) {
    const place = await pickPlace(services, request);
    const { state, database } = place;
    const {
      id,
      name,
      file: up,
      downFile,
    } = await pickMigration(services, place, {
      request,
      fits: ({ shown, commentsOnly, appliedAt, file }) =>
        file !== null &&
        appliedAt !== null &&
        (request.migration !== undefined ||
          request.script !== undefined ||
          shown === 'changed' ||
          commentsOnly === true),
      placeHolder: t('ui.pick.changed'),
      none: 'ui.nothingChanged',
    });
    if (up === null) return;
    const title = t('ui.diff.applied', { name: name || id });
    const side = (file: string, part: 'up' | 'down' | 'whole') => {
      const present = vscode.Uri.joinPath(vscode.Uri.file(state.dir), file);
      const applied = { kind: 'applied', project: state.dir, database: database.name, migration: id } as const;
      return [uriOf({ ...applied, file, part }), present] as const;
    };
    if (downFile === undefined) {
      await vscode.commands.executeCommand('vscode.diff', ...side(up, 'whole'), title);
      return;
    }
    const entries = [side(up, 'up'), side(downFile, 'down')].map(([old, now]) => [now, old, now]);
    await vscode.commands.executeCommand('vscode.changes', title, entries);
  },
};
