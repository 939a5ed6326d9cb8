import type { Command } from 'commander';
import { formatBytes, formatCount, formatTime } from '../../core/text/format';
import type { StoredVersion } from '../../project/versions';
import { listProjectVersions, type VersionList } from '../../workflow/list';
import { withExamples } from '../help';
import type { GlobalOptions, Shell } from '../shell';
import { table } from '../table';

export function registerList(program: Command, shell: Shell): void {
  const command = program
    .command('list')
    .description(shell.text('cli.list'))
    .action(async (_options: object, self: Command) => {
      await shell.run(self.optsWithGlobals<GlobalOptions>(), async (context) => {
        const list = await listProjectVersions(context);
        return { json: toJson(list), lines: toLines(list, context.project.versionsDir, shell) };
      });
    });
  withExamples(command, shell.text, ['list', 'list --json']);
}

function toJson({ current, movedOn, versions }: VersionList) {
  return {
    current,
    movedOn,
    versions: versions.map(({ version, createdAt, manifest, broken }) => ({
      version,
      createdAt,
      engine: manifest?.engine ?? null,
      tables: manifest?.tables.length ?? null,
      rows: manifest?.rows ?? null,
      bytes: manifest?.bytes ?? null,
      verified: manifest?.verified ?? false,
      warnings: manifest?.warnings ?? [],
      ...(broken ? { broken: broken.code } : {}),
    })),
  };
}

function toLines({ current, movedOn, versions }: VersionList, dir: string, shell: Shell): string[] {
  if (versions.length === 0) return [shell.text('cli.list.empty', { dir })];
  const headings = ['version', 'created', 'engine', 'tables', 'rows', 'size', 'notes'].map((key) =>
    shell.text(`cli.column.${key}`),
  );
  const rows = versions.map((stored) => row(stored, stored.version === current, shell));
  const moved =
    movedOn && current !== null
      ? [`${shell.text('cli.note')}: ${shell.text('version.movedOn', { version: current })}`]
      : [];
  return [...table(headings, rows, shell), ...moved];
}

function row({ version, createdAt, manifest, broken }: StoredVersion, isCurrent: boolean, shell: Shell): string[] {
  const notes = [
    isCurrent ? shell.text('cli.list.current') : '',
    broken ? shell.text('cli.list.broken') : manifest ? '' : shell.text('cli.list.engineOnly'),
    manifest?.dataFormat === null ? shell.text('cli.list.schemaOnly') : '',
    manifest?.verified ? shell.text('cli.list.proven') : '',
    manifest && manifest.warnings.length > 0
      ? shell.text('cli.list.warnings', { count: manifest.warnings.length })
      : '',
    manifest?.warnings.some(({ severity }) => severity === 'error') ? shell.text('cli.list.unrestorable') : '',
    manifest?.readFromCopy ? shell.text('cli.list.copy') : '',
  ];
  return [
    version,
    formatTime(createdAt),
    manifest ? `${manifest.engine} ${manifest.engineVersion}` : '',
    manifest ? String(manifest.tables.length) : '',
    manifest?.rows === undefined || manifest.rows === null ? '' : formatCount(manifest.rows),
    manifest ? formatBytes(manifest.bytes) : '',
    notes.filter((note) => note !== '').join(', '),
  ];
}
