import { MigrateError } from '../../core/errors';
import { formatBytes, formatCount } from '../../core/text/format';
import { parseVersionName } from '../../core/version/name';
import type { ExportResult } from '../../workflow/export/export';
import { answered, type Choice } from '../services/dialogs';
import { type Action, problemTexts } from '../services/messages';
import { hasVersions, type LoadedProject } from '../services/project-state';
import type { Services } from '../services/services';
import { errorText, t } from '../services/text';
import { withProgress } from '../services/work';
import type { Command } from './command';
import { compareVersions } from './compare-versions';
import { openChangelog } from './open-changelog';
import { pickDatabase, pickProject } from './picking';
import type { Request } from './request';
import { suggestVersion } from './suggest-version';

type Kind = Required<Pick<Request, 'format' | 'schemaOnly'>>;

export const exportVersionCommand: Command = {
  name: 'exportVersion',
  needsEngine: true,
  async run(services, request) {
    const state = await pickProject(services, request);
    const database = await pickDatabase(services, state, request.database, hasVersions);
    const version = request.version ?? (await askName(services, state));
    const kind = await askKind(services, request);
    const context = await services.engines.context(state.project);
    const { exportVersion } = await services.engines.workflows();
    const title = t('ui.progress.export', { database: database.name, version });
    const result = await withProgress(title, (running) => {
      return exportVersion(context, { ...running, ...kind, database, version });
    }).finally(() => services.projects.refresh());
    tell(services, state, result);
    return { version: result.version, dir: result.dir };
  },
};

async function askName({ messages }: Services, state: LoadedProject): Promise<string> {
  const taken = new Map(state.list.versions.map(({ version }) => [version.toLowerCase(), version]));
  const validateInput = (name: string) => {
    const other = taken.get(name.toLowerCase());
    return other === undefined ? nameProblem(name) : t('ui.export.taken', { version: other });
  };
  const value = suggestVersion([...taken.values()]);
  return answered(
    messages.dialogs.input({ title: t('ui.export.title'), prompt: t('ui.export.prompt'), value, validateInput }),
  );
}

function nameProblem(name: string): string | undefined {
  try {
    parseVersionName(name);
    return undefined;
  } catch (error) {
    if (!MigrateError.is(error, 'VERSION_NAME_INVALID')) throw error;
    return errorText(error).message;
  }
}

async function askKind({ messages }: Services, { version, format, schemaOnly }: Request): Promise<Kind> {
  // Who names the version in advance, a key binding or a test, wants no further question.
  if (version !== undefined || format !== undefined || schemaOnly !== undefined) {
    return { format: format ?? 'parquet', schemaOnly: schemaOnly ?? false };
  }
  const choices: Choice<Kind>[] = [
    { label: 'Parquet', detail: t('ui.export.parquet'), value: { format: 'parquet', schemaOnly: false } },
    { label: 'CSV', detail: t('ui.export.csv'), value: { format: 'csv', schemaOnly: false } },
    {
      label: t('ui.export.schema'),
      detail: t('ui.export.schemaDetail'),
      value: { format: 'parquet', schemaOnly: true },
    },
  ];
  return answered(messages.dialogs.pick(choices, { title: t('ui.export.title'), placeHolder: t('ui.export.kind') }));
}

function tell(
  services: Services,
  { dir }: LoadedProject,
  { version, manifest, previous, problems }: ExportResult,
): void {
  const { tables, rows, bytes, database, warnings } = manifest;
  const params = { database, version, tables: tables.length, rows: formatCount(rows ?? 0), bytes: formatBytes(bytes) };
  const done = t(rows === null ? 'ui.done.exportSchema' : 'ui.done.export', params);
  const lost = warnings.length === 0 ? [] : [t('ui.done.warnings', { count: warnings.length })];
  const notes = [...lost, ...problemTexts(problems)];
  const changelog: Action = {
    title: t('ui.action.openChangelog'),
    run: () => openChangelog.run(services, { project: dir, version }),
  };
  const compare: Action[] =
    previous === undefined
      ? []
      : [
          {
            title: t('ui.action.compareWithPrevious'),
            run: () => compareVersions.run(services, { project: dir, versions: [previous, version] }),
          },
        ];
  services.messages.show(notes.length === 0 ? 'info' : 'warning', [done, ...notes].join(' '), [changelog, ...compare]);
  services.messages.noteCopy(manifest.readFromCopy);
}
