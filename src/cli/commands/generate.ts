import { type Command, Option } from 'commander';
import { lostDataText } from '../../core/text/data-losses';
import { requireDatabase } from '../../workflow/context';
import { type MadeMigration, makeMigration } from '../../workflow/generate/make';
import { type WrittenMigration, writeMigration } from '../../workflow/generate/write';
import type { Note } from '../../workflow/migrate/types';
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
          const { from, to, rename: renames, kind, dryRun = false } = options;
          const made = await makeMigration(context, {
            ...running,
            database: requireDatabase(context.project),
            name,
            renames,
            kind,
            ...(from === undefined ? {} : { from }),
            ...(to === undefined ? {} : { to }),
            decide: decideOnTerminal(shell, globals),
          });
          const written = dryRun ? undefined : await writeMigration(context, made, running);
          return { json: toJson(made, written), lines: toLines(made, written, shell) };
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

/** @param written undefined of a dry run, which has nothing but the texts */
function toJson(made: MadeMigration, written: WrittenMigration | undefined) {
  const { changes, renames, texts } = made;
  const notes = notesOf(made, written);
  return {
    files: written?.files ?? texts.map(({ name }) => name),
    changes,
    ...(renames.length > 0 ? { renames } : {}),
    ...(notes.length > 0 ? { notes } : {}),
    ...(written ? {} : { texts }),
  };
}

function notesOf({ notes, losses }: MadeMigration, written: WrittenMigration | undefined): readonly Note[] {
  return [...notes, ...losses.notes, ...(written?.notes ?? [])];
}

function toLines(made: MadeMigration, written: WrittenMigration | undefined, shell: Shell): string[] {
  const { changes, texts, losses, from, to } = made;
  for (const line of [...copyNote(from.fromCopy, shell), ...copyNote(to.fromCopy, shell)])
    shell.writeError(`${line}\n`);
  const gone = lostDataText(losses.lost, losses.database, shell.text);
  const said = [
    ...notesOf(made, written).map(({ key, params }) => shell.text(key, params)),
    ...(gone === '' ? [] : [shell.text('generate.lost', { what: gone })]),
  ].map((note) => `${shell.text('cli.note')}: ${note}`);
  if (changes.length === 0) return [shell.text('cli.generate.nothing', { from: from.label, to: to.label }), ...said];
  if (!written) {
    for (const line of said) shell.writeError(`${line}\n`);
    return texts.flatMap(({ name, text }) => (texts.length > 1 ? [`-- ${name}`, text] : [text]));
  }
  const done = written.files.map((file) => shell.text('cli.done.generate', { file }));
  return [...changeTable(changes, shell), ...said, ...done];
}
