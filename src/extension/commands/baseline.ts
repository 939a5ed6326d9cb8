import path from 'node:path';
import * as vscode from 'vscode';
import type { OtherTool } from '../../core/migration/other-tools';
import type { Running } from '../../workflow/context';
import type { BaselineSource } from '../../workflow/migrate/baseline';
import { answered, type Choice } from '../services/dialogs';
import type { Services } from '../services/services';
import { t } from '../services/text';
import { withProgress } from '../services/work';
import type { Command } from './command';
import { confirmChanges } from './confirm-changes';
import { noteText, refreshAll } from './migration-notes';
import { type Place, pickMigration, pickPlace, refuseReadOnly } from './pick-migration';
import type { Request } from './request';

type Kind = BaselineSource['kind'];
const TOOLS: readonly OtherTool[] = ['golang-migrate', 'dbmate', 'goose', 'flyway'];

/** Adopts an existing database: says which migrations it has already, without running them. */
export const baselineCommand: Command = {
  name: 'baseline',
  needsEngine: true,
  async run(services, request) {
    const place = await pickPlace(services, request);
    const { state, database } = place;
    refuseReadOnly(database);
    const source = request.baseline ?? (await askSource(services, place, request));
    const context = await services.engines.context(state.project);
    const { baseline } = await services.engines.workflows();
    const work = (running: Running) =>
      baseline(context, {
        ...running,
        database,
        source,
        confirm: confirmChanges(services, state),
        onNote: (note) => services.log.info(noteText(state, note)),
      });
    const title = t('ui.progress.baseline', { database: database.name });
    const result = await withProgress(title, work, { asks: true }).finally(() => refreshAll(services));
    const notes = result.notes.map((note) => noteText(state, note));
    const done = t('ui.baselined', { database: database.name, count: result.recorded.length });
    services.messages.show('info', [done, ...notes].join(' '));
    const [written] = result.files;
    if (written !== undefined) await vscode.window.showTextDocument(vscode.Uri.file(path.resolve(state.dir, written)));
    return result;
  },
};

async function askSource(services: Services, place: Place, request: Request): Promise<BaselineSource> {
  const { messages } = services;
  const { name: database } = place.database;
  const choices: Choice<Kind>[] = [
    ...(place.state.scripts.length > 0
      ? [{ label: t('ui.baseline.id'), detail: t('ui.baseline.idDetail'), value: 'id' as const }]
      : []),
    { label: t('ui.baseline.generate'), detail: t('ui.baseline.generateDetail'), value: 'generate' },
    { label: t('ui.baseline.from'), detail: t('ui.baseline.fromDetail'), value: 'from' },
  ];
  const placeHolder = t('ui.baseline.how', { database });
  const named = request.migration !== undefined || request.script !== undefined;
  const kind = !named ? await answered(messages.dialogs.pick(choices, { placeHolder })) : 'id';
  if (kind === 'generate') return { kind };
  if (kind === 'from') {
    const tools = TOOLS.map((tool): Choice<OtherTool> => ({ label: tool, value: tool }));
    return { kind, tool: await answered(messages.dialogs.pick(tools, { placeHolder: t('ui.baseline.tool') })) };
  }
  const row = await pickMigration(services, place, {
    request,
    fits: ({ isApplied, file }) => !isApplied && file !== null,
    placeHolder: t('ui.baseline.upTo', { database }),
    none: 'ui.nothingPending',
  });
  return { kind: 'id', id: row.id };
}
