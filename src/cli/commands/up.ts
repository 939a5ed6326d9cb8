import { type Command, Option } from 'commander';
import { requireDatabase } from '../../workflow/context';
import { migrate } from '../../workflow/migrate/migrate';
import type { BackupBefore, MigrateRequest } from '../../workflow/migrate/types';
import { confirmPlan } from '../ask-plan';
import { withExamples } from '../help';
import { type LockOptions, lockTimeoutOf, lockTimeoutOption } from '../lock-timeout';
import { outcomeOf } from '../migrate-report';
import type { GlobalOptions, Shell } from '../shell';
import { wholeNumber } from '../whole-number';

interface RunOptions extends LockOptions {
  readonly to?: string;
  readonly steps?: number;
  readonly dryRun?: boolean;
  readonly rehearse?: boolean;
  readonly allowOutOfOrder?: boolean;
  readonly backupBefore?: BackupBefore;
}

export function registerUp(program: Command, shell: Shell): void {
  const command = runCommand(program.command('up'), shell, 'up')
    .alias('apply')
    .option('--allow-out-of-order', shell.text('cli.up.allowOutOfOrder'))
    .option('--rehearse', shell.text('cli.up.rehearse'));
  withExamples(command, shell.text, ['up', 'up --to 20240115_120000', 'up --dry-run']);
}

export function registerDown(program: Command, shell: Shell): void {
  const command = runCommand(program.command('down'), shell, 'down');
  withExamples(command, shell.text, ['down', 'down --to 0 --yes', 'down --steps 2 --dry-run']);
}

export function registerRedo(program: Command, shell: Shell): void {
  const command = program.command('redo').description(shell.text('cli.redo'));
  addRunning(command, shell, 'redo');
  withExamples(command, shell.text, ['redo', 'redo --yes']);
}

function runCommand(command: Command, shell: Shell, action: 'up' | 'down'): Command {
  command.description(shell.text(`cli.${action}`)).option('--to <id>', shell.text(`cli.${action}.to`));
  command.addOption(
    new Option('--steps <n>', shell.text(`cli.${action}.steps`)).argParser(wholeNumber(1, shell)).conflicts('to'),
  );
  return addRunning(command, shell, action);
}

function addRunning(command: Command, shell: Shell, action: MigrateRequest['action']): Command {
  return command
    .option('--dry-run', shell.text('cli.run.dryRun'))
    .addOption(lockTimeoutOption(shell))
    .addOption(
      new Option('--backup-before <when>', shell.text('cli.run.backupBefore')).choices(['always', 'risky', 'never']),
    )
    .action(async (options: RunOptions, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      await shell.run(
        globals,
        async (context, running) => {
          const outcome = await migrate(context, {
            ...running,
            action,
            database: requireDatabase(context.project),
            confirm: confirmPlan(shell, globals),
            onNote: (note) => shell.note(shell.text(note.key, note.params)),
            onStatement: ({ id, index }) => shell.log(`${id}: statement ${index + 1}`),
            ...requestOf(options),
          });
          return outcomeOf(action, outcome, options.dryRun === true, shell);
        },
        'engine',
      );
    });
}

function requestOf(options: RunOptions): Partial<MigrateRequest> {
  const { to, steps, dryRun, rehearse, allowOutOfOrder, backupBefore } = options;
  return {
    ...(to === undefined ? {} : { to }),
    ...(steps === undefined ? {} : { steps }),
    ...(dryRun ? { dryRun } : {}),
    ...(rehearse ? { rehearse } : {}),
    ...(allowOutOfOrder ? { allowOutOfOrder } : {}),
    ...lockTimeoutOf(options),
    ...(backupBefore === undefined ? {} : { backupBefore }),
  };
}
