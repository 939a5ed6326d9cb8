import type { Command } from 'commander';
import type { EngineName } from '../../core/schema/model';
import { initProject } from '../../workflow/init';
import { withExamples } from '../help';
import type { GlobalOptions, Shell } from '../shell';

export function registerInit(program: Command, shell: Shell): void {
  const command = program
    .command('init')
    .description(shell.text('cli.init'))
    .option('--path <file>', shell.text('cli.init.path'))
    .action(async (options: { path?: string }, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      await shell.run(globals, async ({ project }) => {
        const database = options.path ?? globals.db;
        const engine: EngineName | undefined = globals.engine;
        const file = await initProject(project, {
          ...(database === undefined ? {} : { database }),
          ...(engine === undefined ? {} : { engine }),
        });
        return { json: { file }, lines: [shell.text('cli.done.init', { file })] };
      });
    });
  withExamples(command, shell.text, ['init', 'init --path data/app.kuzu']);
}
