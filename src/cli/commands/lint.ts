import path from 'node:path';
import { type Command, Option } from 'commander';
import type { LintSeverity } from '../../core/lint/finding';
import { lintCounts } from '../../core/report/lint-counts';
import { type LintRow, lintMarkdown, lintRows } from '../../core/report/lint-text';
import { sarifReport } from '../../core/report/sarif';
import { requireDatabase } from '../../workflow/context';
import { type LintResult, lint } from '../../workflow/lint/lint';
import { withExamples } from '../help';
import { copyNote } from '../notes';
import { requireOneFormat } from '../one-format';
import type { GlobalOptions, Shell } from '../shell';

type Format = 'text' | 'json' | 'sarif' | 'markdown';

export function registerLint(program: Command, shell: Shell): void {
  const command = program
    .command('lint')
    .description(shell.text('cli.lint'))
    .argument('[files...]', shell.text('cli.lint.files'))
    .addOption(
      new Option('--format <format>', shell.text('cli.lint.format'))
        .choices(['text', 'json', 'sarif', 'markdown'])
        .default('text'),
    )
    .action(async (files: readonly string[], { format }: { readonly format: Format }, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      requireOneFormat(shell, globals, format, ['text', 'json']);
      await shell.run(
        globals,
        async (context, running) => {
          const database = requireDatabase(context.project);
          const named = files.length > 0 ? { files: files.map((file) => path.resolve(file)) } : {};
          const result = await lint(context, { ...running, database, ...named });
          const rows = lintRows(result.findings, shell.text);
          const json = { findings: rows, ...(result.fromCopy ? { asOf: result.fromCopy.asOf } : {}) };
          return {
            json: { ...json, notReplayed: result.notReplayed },
            lines: linesOf(rows, result, format, shell),
            ...(result.findings.some(({ severity }) => severity === 'error') ? { exitCode: 3 } : {}),
          };
        },
        'engine',
      );
    });
  withExamples(command, shell.text, [
    'lint',
    'lint migrations/20250801_120000_add_person.cypher',
    'lint --format sarif',
  ]);
}

function linesOf(rows: readonly LintRow[], result: LintResult, format: Format, shell: Shell): string[] {
  const { fromCopy, notReplayed } = result;
  if (format === 'json') return [JSON.stringify({ ok: true, findings: rows, notReplayed }, undefined, 2)];
  if (format === 'sarif') return [JSON.stringify(sarifReport(rows), undefined, 2)];
  const params = { ...lintCounts(rows), linted: result.linted };
  const summary = shell.text(rows.length === 0 ? 'cli.lint.none' : 'cli.lint.summary', params);
  if (format === 'markdown') return [lintMarkdown(rows, summary)];
  return [...copyNote(fromCopy, shell), ...rows.flatMap((row) => rowLines(row, shell)), summary];
}

function rowLines({ code, severity, message, hint, file, line, column, fix }: LintRow, shell: Shell): string[] {
  const [first = '', ...more] = message.split('\n');
  return [
    `${file}:${line}:${column}: ${severityWord(severity, shell)}: ${first} (${code})`,
    ...more.map((one) => `  ${one}`),
    ...(hint === undefined ? [] : [`  ${shell.dim(shell.text('cli.hint'))}: ${hint}`]),
    ...(fix ? [`  ${shell.dim(shell.text('cli.lint.fix'))}: ${fix.title}`] : []),
  ];
}

function severityWord(severity: LintSeverity, shell: Shell): string {
  if (severity === 'error') return shell.bad(shell.text('cli.error'));
  return severity === 'warning' ? shell.warn(shell.text('cli.warning')) : shell.dim(shell.text('cli.note'));
}
