import type { Command } from 'commander';
import { requireDatabase } from '../../workflow/context';
import { checkMigrations } from '../../workflow/migrate/check';
import { findingJson, findingLines } from '../findings';
import { withExamples } from '../help';
import { copyNote } from '../notes';
import type { GlobalOptions, Shell } from '../shell';

export function registerCheck(program: Command, shell: Shell): void {
  const command = program
    .command('check')
    .alias('validate')
    .description(shell.text('cli.check'))
    .option('--no-pending', shell.text('cli.check.noPending'))
    .action(async (options: { readonly pending: boolean }, self: Command) => {
      await shell.run(
        self.optsWithGlobals<GlobalOptions>(),
        async (context, running) => {
          const database = requireDatabase(context.project);
          const request = { ...running, database, noPending: !options.pending };
          const { findings, fromCopy } = await checkMigrations(context, request);
          const errors = findings.filter(({ severity }) => severity === 'error').length;
          const params = { database: database.name, errors, notes: findings.length - errors };
          return {
            json: {
              findings: findings.map((one) => findingJson(one, shell)),
              ...(fromCopy ? { asOf: fromCopy.asOf } : {}),
            },
            lines: [
              ...copyNote(fromCopy, shell),
              ...findings.flatMap((one) => findingLines(one, shell)),
              shell.text(findings.length === 0 ? 'cli.check.none' : 'cli.check.summary', params),
            ],
            ...(errors > 0 ? { exitCode: 3 } : {}),
          };
        },
        'engine',
      );
    });
  withExamples(command, shell.text, ['check', 'check --no-pending', 'check --json']);
}
