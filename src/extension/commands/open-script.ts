import * as vscode from 'vscode';
import { dialectOf } from '../../core/dialect/dialect';
import { uriOf } from '../documents/schema-uri';
import { t } from '../services/text';
import type { Command } from './command';
import { pickMigration, pickPlace } from './pick-migration';

/** Opens the file of a migration; where it is gone, what the history keeps of it, read-only. */
export const openScript: Command = {
  name: 'openScript',
  needsEngine: true,
  async run(services, request) {
    const place = await pickPlace(services, request);
    const { state, database } = place;
    const { id, name, path } = await pickMigration(services, place, {
      request,
      fits: () => true,
      placeHolder: t('ui.pick.script'),
      none: 'ui.noMigrations',
    });
    const file = `${[id, name].filter((part) => part !== '').join('_')}.${dialectOf(database.engine)}`;
    const uri =
      path === undefined
        ? uriOf({ kind: 'applied', project: state.dir, database: database.name, migration: id, file, part: 'whole' })
        : vscode.Uri.file(path);
    await vscode.window.showTextDocument(uri, { preview: true });
  },
};
