import { type Command, Option } from 'commander';
import { MigrateError } from '../../core/errors';
import { OTHER_TABLES, type OtherTool } from '../../core/migration/other-tools';
import { requireDatabase } from '../../workflow/context';
import { type BaselineSource, baseline } from '../../workflow/migrate/baseline';
import { confirmChanges } from '../ask-plan';
import { withExamples } from '../help';
import { type LockOptions, lockTimeoutOf, lockTimeoutOption } from '../lock-timeout';
import type { GlobalOptions, Shell } from '../shell';

interface BaselineOptions extends LockOptions {
  readonly generate?: string | true;
  readonly from?: OtherTool;
}

const TOOLS = OTHER_TABLES.map(({ tool }) => tool);

export function registerBaseline(program: Command, shell: Shell): void {
  const command = program
    .command('baseline')
    .description(shell.text('cli.baseline'))
    .argument('[id]', shell.text('cli.baseline.id'))
    .addOption(new Option('--generate [name]', shell.text('cli.baseline.generate')).conflicts('from'))
    .addOption(new Option('--from <tool>', shell.text('cli.baseline.from')).choices(TOOLS))
    .addOption(lockTimeoutOption(shell))
    .action(async (id: string | undefined, options: BaselineOptions, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      const source = sourceOf(id, options, shell);
      await shell.run(
        globals,
        async (context, running) => {
          const { recorded, files, notes } = await baseline(context, {
            ...running,
            ...lockTimeoutOf(options),
            source,
            database: requireDatabase(context.project),
            confirm: confirmChanges(shell, globals),
            onNote: (note) => shell.note(shell.text(note.key, note.params)),
          });
          const told = notes.map(({ key, params }) => shell.text(key, params));
          return {
            json: { recorded, files, ...(told.length > 0 ? { notes: told } : {}) },
            lines: [
              ...told
                .filter((note) => !shell.hasSaid(note))
                .map((note) => `${shell.dim(shell.text('cli.note'))}: ${note}`),
              ...files.map((file) => shell.text('cli.done.init', { file })),
              ...recorded.map(({ id: version, name }) => `  ${version} ${name}`),
              shell.text('cli.done.baseline', { count: recorded.length }),
            ],
          };
        },
        'engine',
      );
    });
  withExamples(command, shell.text, [
    'baseline 20240115_120000',
    'baseline --generate',
    'baseline --from golang-migrate',
  ]);
}

/** @throws MigrateError USAGE unless exactly one is given */
function sourceOf(id: string | undefined, { generate, from }: BaselineOptions, shell: Shell): BaselineSource {
  const given = [id, generate, from].filter((one) => one !== undefined);
  if (given.length !== 1) {
    const detail = shell.text('cli.baseline.which', { tools: TOOLS.join(', ') });
    throw new MigrateError('USAGE', { detail, help: 'baseline --help' });
  }
  if (from !== undefined) return { kind: 'from', tool: from };
  if (id !== undefined) return { kind: 'id', id };
  return { kind: 'generate', ...(typeof generate === 'string' ? { name: generate } : {}) };
}
