import { type Command, Option } from 'commander';
import { changeRows } from '../../core/report/changes';
import { markdownDiff } from '../../core/report/markdown';
import { unifiedDiff } from '../../core/report/unified';
import { printPair } from '../../core/schema/print';
import { type Comparison, compare } from '../../workflow/compare/compare';
import { changeTable } from '../change-table';
import { withExamples } from '../help';
import { copyNote } from '../notes';
import { requireOneFormat } from '../one-format';
import { candidateJson, candidateLines } from '../renames';
import type { GlobalOptions, Shell } from '../shell';

interface DiffOptions {
  readonly format: Format;
  readonly rename?: string[];
  readonly exitCode?: boolean;
}

type Format = 'changes' | 'unified' | 'json' | 'markdown';

export function registerDiff(program: Command, shell: Shell): void {
  const command = program
    .command('diff')
    .description(shell.text('cli.diff'))
    .argument('<from>', shell.text('cli.diff.from'))
    .argument('[to]', shell.text('cli.diff.to'), 'db')
    .addOption(
      new Option('--format <format>', shell.text('cli.diff.format'))
        .choices(['changes', 'unified', 'json', 'markdown'])
        .default('changes'),
    )
    .option('--rename <old=new>', shell.text('cli.rename'), (one: string, all: string[] = []) => [...all, one])
    .option('--exit-code', shell.text('cli.exitCode'))
    .action(async (from: string, to: string, options: DiffOptions, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      requireOneFormat(shell, globals, options.format, ['changes', 'json']);
      await shell.run(
        globals,
        async (context, running) => {
          const renames = options.rename ?? [];
          const result = await compare(context, { ...running, from, to, renames });
          return {
            json: toJson(result),
            lines: toLines(result, options.format, shell),
            exitCode: options.exitCode && result.changes.length > 0 ? 3 : 0,
          };
        },
        'engine',
      );
    });
  withExamples(command, shell.text, [
    'diff v1.0.0 v1.1.0',
    'diff v1.0.0 db --format unified',
    'diff v1.0.0 --rename User.email=mail',
    'diff v1.0.0 --exit-code',
  ]);
}

function toJson({ from, to, changes, candidates, notes }: Comparison) {
  const renames = candidates.map(candidateJson);
  return { from: from.label, to: to.label, changes: changeRows(changes), renames, notes };
}

function toLines(result: Comparison, format: Format, shell: Shell): string[] {
  const { from, to, changes, renames, candidates, notes } = result;
  const copied = [from, to].flatMap(({ fromCopy }) => copyNote(fromCopy, shell));
  if (format === 'json') return [JSON.stringify(toJson(result))];
  if (format === 'changes') {
    const order = notes.map(
      ({ table: name, what }) => `${shell.text('cli.note')}: ${shell.text(`order.${what}`, { table: name })}`,
    );
    return [...changeTable(changeRows(changes), shell), ...candidateLines(candidates, shell), ...order, ...copied];
  }
  // The text goes to a file or a tool as often as to a person: what is beside it goes to stderr.
  for (const line of [...candidateLines(candidates, shell), ...copied]) shell.writeError(`${line}\n`);
  const printed = printPair(from.schema, to.schema, renames);
  if (format === 'unified') return nonEmpty(unifiedDiff(from.label, to.label, printed.before, printed.after));
  return [
    markdownDiff({ from: from.label, to: to.label, changes, notes, before: printed.before, after: printed.after }),
  ];
}

function nonEmpty(text: string): string[] {
  return text === '' ? [] : [text];
}
