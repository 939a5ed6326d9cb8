import { type Command, Option } from 'commander';
import { requireDatabase } from '../../workflow/context';
import { type GenerateResult, generate } from '../../workflow/generate/generate';
import { changeTable } from '../change-table';
import { decideOnTerminal } from '../decide-renames';
import { withExamples } from '../help';
import { copyNote } from '../notes';
import type { GlobalOptions, Shell } from '../shell';

interface GenerateOptions {
  readonly from?: string;
  readonly to?: string;
  readonly rename: readonly string[];
  readonly kind: 'single' | 'pair';
  readonly dryRun?: boolean;
}

export function registerGenerate(program: Command, shell: Shell): void {
  const command = program
    .command('generate')
    .description(shell.text('cli.generate'))
    .argument('<name>', shell.text('cli.create.name'))
    .option('--from <source>', shell.text('cli.generate.from'))
    .option('--to <source>', shell.text('cli.generate.to'))
    .option('--rename <old=new>', shell.text('cli.rename'), (value, all: readonly string[]) => [...all, value], [])
    .addOption(
      new Option('--kind <kind>', shell.text('cli.generate.kind')).choices(['single', 'pair']).default('single'),
    )
    .option('--dry-run', shell.text('cli.generate.dryRun'))
    .action(async (name: string, options: GenerateOptions, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      await shell.run(
        globals,
        async (context, running) => {
          const { from, to, rename: renames, kind, dryRun: preview = false } = options;
          const result = await generate(context, {
            ...running,
            database: requireDatabase(context.project),
            name,
            renames,
            kind,
            preview,
            ...(from === undefined ? {} : { from }),
            ...(to === undefined ? {} : { to }),
            decide: decideOnTerminal(shell, globals),
          });
          return { json: toJson(result, preview), lines: toLines(result, preview, shell) };
        },
        'engine',
      );
    });
  withExamples(command, shell.text, [
    'generate add_email',
    'generate rename_mail --rename User.email=User.mail',
    'generate catch_up --from v1.0.0 --to db',
  ]);
}

function toJson({ files, changes, renames, texts, notes }: GenerateResult, preview: boolean) {
  return {
    files,
    changes,
    ...(renames.length > 0 ? { renames } : {}),
    ...(notes.length > 0 ? { notes } : {}),
    ...(preview ? { texts } : {}),
  };
}

function toLines(result: GenerateResult, preview: boolean, shell: Shell): string[] {
  const { changes, texts, files, notes, lost, from, to } = result;
  for (const line of [...copyNote(from.fromCopy, shell), ...copyNote(to.fromCopy, shell)])
    shell.writeError(`${line}\n`);
  const gone = lost.map(({ key, params }) => shell.text(key, params)).join(', ');
  const said = [
    ...notes.map(({ key, params }) => shell.text(key, params)),
    ...(lost.length > 0 ? [shell.text('generate.lost', { what: gone })] : []),
  ].map((note) => `${shell.text('cli.note')}: ${note}`);
  if (changes.length === 0) return [shell.text('cli.generate.nothing', { from: from.label, to: to.label }), ...said];
  if (preview) {
    for (const line of said) shell.writeError(`${line}\n`);
    return texts.flatMap(({ name, text }) => (texts.length > 1 ? [`-- ${name}`, text] : [text]));
  }
  return [...changeTable(changes, shell), ...said, ...files.map((file) => shell.text('cli.done.generate', { file }))];
}
