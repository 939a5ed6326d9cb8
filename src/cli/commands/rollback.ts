import type { Command } from 'commander';
import { requireDatabase } from '../../workflow/context';
import { importVersion } from '../../workflow/import/import';
import { confirmOnTerminal } from '../ask';
import { withExamples } from '../help';
import { importJson, importLines } from '../import-report';
import type { GlobalOptions, Shell } from '../shell';

export function registerRollback(program: Command, shell: Shell): void {
  const command = program
    .command('rollback')
    .description(shell.text('cli.rollback'))
    .argument('<version>', shell.text('cli.rollback.version'))
    .option('--accept-edits', shell.text('cli.import.acceptEdits'))
    .action(async (version: string, options: { acceptEdits?: boolean }, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      await shell.run(
        globals,
        async (context, running) => {
          const result = await importVersion(context, {
            ...running,
            action: 'rollback',
            version,
            database: requireDatabase(context.project),
            confirm: confirmOnTerminal(shell, globals),
            acceptEdits: options.acceptEdits === true,
          });
          return { json: importJson(result, shell), lines: importLines('rollback', result, shell) };
        },
        'engine',
      );
    });
  withExamples(command, shell.text, ['rollback v1.0.0', 'rollback v1.0.0 --yes --confirm production']);
}
