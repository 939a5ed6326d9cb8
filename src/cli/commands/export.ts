import { type Command, Option } from 'commander';
import { formatBytes, formatCount } from '../../core/text/format';
import type { DataFormat } from '../../core/version/loss';
import { requireDatabase } from '../../workflow/context';
import { type ExportResult, exportVersion } from '../../workflow/export/export';
import { withExamples } from '../help';
import { copyNote, lossLines, problemLines, problemsJson } from '../notes';
import type { GlobalOptions, Shell } from '../shell';

interface ExportOptions {
  readonly version: string;
  readonly format: DataFormat;
  readonly schemaOnly?: boolean;
  /** False for `--no-verify`. */
  readonly verify: boolean;
}

export function registerExport(program: Command, shell: Shell): void {
  const command = program
    .command('export')
    .alias('snapshot')
    .description(shell.text('cli.export'))
    .requiredOption('--version <name>', shell.text('cli.export.version'))
    .addOption(
      new Option('--format <format>', shell.text('cli.export.format')).choices(['parquet', 'csv']).default('parquet'),
    )
    .option('--schema-only', shell.text('cli.export.schemaOnly'))
    .option('--no-verify', shell.text('cli.export.noVerify'))
    .action(async (options: ExportOptions, self: Command) => {
      await shell.run(
        self.optsWithGlobals<GlobalOptions>(),
        async (context, running) => {
          const database = requireDatabase(context.project);
          const { version, format, verify } = options;
          const request = { ...running, database, version, format, verify, schemaOnly: options.schemaOnly === true };
          const result = await exportVersion(context, request);
          return { json: toJson(result, shell), lines: toLines(result, shell) };
        },
        'engine',
      );
    });
  withExamples(command, shell.text, ['export --version v1.0.0', 'snapshot --version pre-migration --format csv']);
}

function toJson({ version, dir, manifest, changes, previous, problems }: ExportResult, shell: Shell) {
  const { tables, rows, bytes, warnings, verified, readFromCopy } = manifest;
  return {
    version,
    path: dir,
    tables,
    rows,
    bytes,
    warnings,
    verified,
    previous,
    changes,
    readFromCopy,
    problems: problemsJson(problems, shell),
  };
}

function toLines({ version, manifest, changes, previous, problems }: ExportResult, shell: Shell): string[] {
  const { tables, rows, bytes, database } = manifest;
  const counts = { version, database, tables: tables.length, rows: formatCount(rows ?? 0), bytes: formatBytes(bytes) };
  const count = changes.length;
  const key = previous === undefined ? 'first' : count === 0 ? 'none' : 'since';
  return [
    shell.text(rows === null ? 'cli.done.exportSchema' : 'cli.done.export', counts),
    ...(manifest.verified ? [shell.text('cli.done.proved')] : []),
    shell.text(`cli.changes.${key}`, { version: previous ?? '', count }),
    ...(previous === undefined ? [] : changes.map(({ text }) => `  ${text}`)),
    ...copyNote(manifest.readFromCopy, shell),
    ...lossLines(manifest.warnings, shell),
    ...problemLines(problems, shell),
  ];
}
