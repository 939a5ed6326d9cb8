import path from 'node:path';
import * as vscode from 'vscode';
import { dialectOf } from '../../core/dialect/dialect';
import { uriOf } from '../documents/schema-uri';
import { answered, type Choice } from '../services/dialogs';
import type { LoadedProject } from '../services/project-state';
import type { SchemaSource } from '../services/schemas';
import type { Services } from '../services/services';
import { t } from '../services/text';
import { withProgress } from '../services/work';
import type { Command } from './command';
import { pickProject, pickVersion } from './picking';
import type { Request } from './request';

/** The canonical schema of a version or a database; without trust, the file that a version keeps. */
export const openSchema: Command = {
  name: 'openSchema',
  needsEngine: false,
  async run(services, request) {
    const state = await pickProject(services, request);
    const source = await pickSource(services, state, request);
    if (source.kind === 'version' && !vscode.workspace.isTrusted) {
      const { dir, engine } = await pickVersion(services, state, { name: source.name, placeHolder: '' });
      const file = dialectOf(engine) === 'sql' ? 'schema.sql' : 'schema.cypher';
      await vscode.window.showTextDocument(vscode.Uri.file(path.join(dir, file)));
      return;
    }
    const title = t('ui.progress.schema', { name: source.name });
    const { fromCopy } = await withProgress(title, (running) => services.schemas.get(state.project, source, running));
    const engine =
      source.kind === 'database'
        ? state.project.databases.find(({ name }) => name === source.name)?.engine
        : state.list.versions.find(({ version }) => version === source.name)?.engine;
    const sql = engine && dialectOf(engine) === 'sql' ? ({ ending: '.sql' } as const) : {};
    const uri = uriOf({ kind: 'schema', project: state.dir, source, ...sql });
    await vscode.window.showTextDocument(uri, { preview: true });
    services.messages.noteCopy(fromCopy);
  },
};

async function pickSource(services: Services, state: LoadedProject, request: Request): Promise<SchemaSource> {
  if (request.version !== undefined) return { kind: 'version', name: request.version };
  if (request.database !== undefined) return { kind: 'database', name: request.database };
  const databases = state.project.databases.map(({ name }): Choice<SchemaSource> => {
    return { label: `$(database) ${name}`, value: { kind: 'database', name } };
  });
  const versions = state.list.versions.map(({ version }): Choice<SchemaSource> => {
    return { label: `$(tag) ${version}`, value: { kind: 'version', name: version } };
  });
  const choices = [...databases, ...versions.reverse()];
  return answered(services.messages.dialogs.pick(choices, { placeHolder: t('ui.pick.schema') }));
}
