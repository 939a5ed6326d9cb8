import { type Command, Option } from 'commander';
import type { NewKind } from '../../core/migration/template';
import { createMigration } from '../../workflow/create';
import { withExamples } from '../help';
import type { GlobalOptions, Shell } from '../shell';

export function registerCreate(program: Command, shell: Shell): void {
  const command = program
    .command('create')
    .description(shell.text('cli.create'))
    .argument('<name>', shell.text('cli.create.name'))
    .addOption(
      new Option('--kind <kind>', shell.text('cli.create.kind')).choices(['single', 'pair', 'ts']).default('single'),
    )
    .action(async (name: string, options: { kind: NewKind }, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      await shell.run(globals, async ({ project }) => {
        const engine = globals.engine === undefined ? {} : { engine: globals.engine };
        const { files, notes } = await createMigration(project, { name, kind: options.kind, ...engine });
        const noteLines = notes.map(({ key, params }) => `${shell.text('cli.note')}: ${shell.text(key, params)}`);
        if (shell.json) for (const line of noteLines) shell.writeError(`${line}\n`);
        return {
          json: { files },
          lines: [...files.map((file) => shell.text('cli.done.create', { file })), ...noteLines],
        };
      });
    });
  withExamples(command, shell.text, ['create "add user email"', 'create backfill --kind ts']);
}
