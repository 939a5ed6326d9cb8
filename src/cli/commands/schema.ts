import type { Command } from 'commander';
import { printSchema } from '../../core/schema/print';
import { parseSource, sourceSchema } from '../../workflow/compare/source';
import { withExamples } from '../help';
import { copyNote } from '../notes';
import type { GlobalOptions, Shell } from '../shell';
import { registerSchemaBuild } from './schema-build';

export function registerSchema(program: Command, shell: Shell): void {
  const schema = program.command('schema').description(shell.text('cli.schema'));
  withExamples(schema, shell.text, ['schema show v1.0.0', 'schema build']);
  schema.action(() => schema.help());
  registerSchemaBuild(schema, shell);
  const show = schema
    .command('show')
    .description(shell.text('cli.show'))
    .argument('[source]', shell.text('cli.show.source'), 'db')
    .action(async (source: string, _options: object, self: Command) => {
      await shell.run(
        self.optsWithGlobals<GlobalOptions>(),
        async (context, running) => {
          const found = await sourceSchema(context, await parseSource(context, source), running);
          for (const line of copyNote(found.fromCopy, shell)) shell.writeError(`${line}\n`);
          return { json: { source: found.label, schema: found.schema }, lines: [printSchema(found.schema)] };
        },
        'engine',
      );
    });
  withExamples(show, shell.text, ['schema show', 'schema show v1.0.0']);
}
