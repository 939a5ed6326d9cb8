import * as vscode from 'vscode';
import type { PlacedDefinition } from '../../workflow/definitions';
import { answered, type Choice } from '../services/dialogs';
import { engineOf } from '../services/project-state';
import { Refusal } from '../services/refusal';
import type { Services } from '../services/services';
import { t } from '../services/text';
import type { Command } from './command';
import { pickProject } from './picking';

/** Opens the statement that makes an object: in the DDL, or in the last migration that made or changed it. */
export const goToDefinition: Command = {
  name: 'goToDefinition',
  needsEngine: true,
  async run(services, request) {
    const { object, source } = request;
    if (!object) return;
    const state = await pickProject(services, request);
    const { definitionsOf } = await services.engines.workflows();
    const found = definitionsOf(state.project, engineOf(state, source), object);
    const { path, line, column, length } = await pickOne(services, object.name, found);
    const at = new vscode.Position(line - 1, column - 1);
    const selection = new vscode.Range(at, at.translate(0, length));
    await vscode.window.showTextDocument(vscode.Uri.file(path), { selection });
  },
};

async function pickOne(
  { messages }: Services,
  name: string,
  found: readonly PlacedDefinition[],
): Promise<PlacedDefinition> {
  const [only, ...others] = found;
  if (!only) throw new Refusal('ui.schema.unknown', { name });
  if (others.length === 0) return only;
  const choices = found.map((value): Choice<PlacedDefinition> => {
    const label = t(value.place === 'ddl' ? 'ui.schema.inDdl' : 'ui.schema.inMigration');
    return { label, description: `${value.file}:${value.line}`, value };
  });
  return answered(messages.dialogs.pick(choices, { placeHolder: t('ui.schema.where', { name }) }));
}
