import * as vscode from 'vscode';
import { VIEWS } from '../constants/views';
import type { SchemaSource } from '../services/schemas';
import { t } from '../services/text';
import type { Command } from './command';
import { pickSource, sourceOf } from './pick-source';
import { pickProject } from './picking';
import type { Request } from './request';

/** Chooses whose schema the Schema view shows. */
export const showSchema: Command = {
  name: 'showSchema',
  needsEngine: true,
  async run(services, request) {
    const state = await pickProject(services, request);
    const named = namedSource(request);
    const source =
      named ??
      (request.from === undefined
        ? await pickSource(services, state, { placeHolder: t('ui.source.show') })
        : sourceOf(state, request.from));
    await services.schemaChoice.choose(state, source);
    await vscode.commands.executeCommand(`${VIEWS.schema}.focus`);
  },
};

function namedSource({ version, database }: Request): SchemaSource | undefined {
  if (version !== undefined) return { kind: 'version', name: version };
  return database === undefined ? undefined : { kind: 'database', name: database };
}
