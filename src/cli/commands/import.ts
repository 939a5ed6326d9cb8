import path from 'node:path';
import { type Command, Option } from 'commander';
import { requireDatabase } from '../../workflow/context';
import { type ImportRequest, importVersion } from '../../workflow/import/import';
import { confirmOnTerminal } from '../ask';
import { withExamples } from '../help';
import { importJson, importLines } from '../import-report';
import type { GlobalOptions, Shell } from '../shell';

interface ImportOptions {
  readonly version: string;
  readonly into?: string;
  readonly merge?: boolean;
  readonly only?: 'schema' | 'data';
  readonly table?: readonly string[];
  readonly acceptEdits?: boolean;
}

export function registerImport(program: Command, shell: Shell): void {
  const command = program
    .command('import')
    .description(shell.text('cli.import'))
    .requiredOption('--version <name>', shell.text('cli.import.version'))
    .option('--into <path>', shell.text('cli.import.into'))
    .addOption(new Option('--merge', shell.text('cli.import.merge')).conflicts('only'))
    .addOption(new Option('--only <part>', shell.text('cli.import.only')).choices(['schema', 'data']))
    .option('--table <name>', shell.text('cli.import.table'), (name: string, all: readonly string[] = []) => [
      ...all,
      name,
    ])
    .option('--accept-edits', shell.text('cli.import.acceptEdits'))
    .action(async (options: ImportOptions, self: Command) => {
      if (options.table && options.only !== 'data') self.error("option '--table' needs '--only data'");
      const globals = self.optsWithGlobals<GlobalOptions>();
      await shell.run(
        globals,
        async (context, running) => {
          const request: ImportRequest = {
            ...running,
            action: 'import',
            version: options.version,
            database: requireDatabase(context.project),
            confirm: confirmOnTerminal(shell, globals),
            merge: options.merge === true,
            acceptEdits: options.acceptEdits === true,
            ...(options.into === undefined ? {} : { into: path.resolve(options.into) }),
            ...(options.only === undefined ? {} : { only: options.only }),
            ...(options.table === undefined ? {} : { tables: options.table }),
          };
          const result = await importVersion(context, request);
          return { json: importJson(result, shell), lines: importLines('import', result, shell) };
        },
        'engine',
      );
    });
  withExamples(command, shell.text, [
    'import --version v1.0.0 --into data/copy.kuzu',
    'import --version v1.0.0 --yes',
    'import --version v1.0.0 --only data --table User --yes',
  ]);
}
