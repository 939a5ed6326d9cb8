import type { Command } from 'commander';
import { formatMs, formatTime } from '../../core/text/format';
import { requireDatabase } from '../../workflow/context';
import { migrationStatus, type StatusResult } from '../../workflow/migrate/status';
import type { StatusEntry } from '../../workflow/migrate/types';
import { withExamples } from '../help';
import { copyNote, problemLines, problemsJson } from '../notes';
import type { GlobalOptions, Shell } from '../shell';
import { table } from '../table';

const OPEN: readonly StatusEntry['state'][] = ['pending', 'failed', 'out-of-order'];
/** What `check` has more to say about. */
const WRONG: readonly StatusEntry['state'][] = ['failed', 'out-of-order', 'changed', 'missing'];

export function registerStatus(program: Command, shell: Shell): void {
  const command = program
    .command('status')
    .description(shell.text('cli.status'))
    .option('--exit-code', shell.text('cli.status.exitCode'))
    .action(async (options: { readonly exitCode?: boolean }, self: Command) => {
      await shell.run(self.optsWithGlobals<GlobalOptions>(), async (context, running) => {
        const database = requireDatabase(context.project);
        const status = await migrationStatus(context, { ...running, database });
        const isOpen = status.migrations.some(({ state }) => OPEN.includes(state));
        return {
          json: toJson(status, shell),
          lines: toLines(status, context.project.migrationsDir, shell),
          ...(options.exitCode && isOpen ? { exitCode: 3 } : {}),
        };
      });
    });
  withExamples(command, shell.text, ['status', 'status --json', 'status --exit-code']);
}

function toJson({ database, current, dirty, migrations, situation, fromCopy }: StatusResult, shell: Shell) {
  return {
    database: database.name,
    engine: database.engine,
    current,
    dirty,
    migrations,
    ...(situation.problems.length > 0 ? { problems: problemsJson(situation.problems, shell) } : {}),
    ...(fromCopy ? { asOf: fromCopy.asOf } : {}),
  };
}

function toLines(status: StatusResult, dir: string, shell: Shell): string[] {
  const { database, migrations, situation, fromCopy, dirty } = status;
  const notes = [
    ...copyNote(fromCopy, shell),
    ...problemLines(situation.problems, shell),
    ...situation.notes.map(({ key, params }) => `${shell.dim(shell.text('cli.note'))}: ${shell.text(key, params)}`),
    ...(dirty ? [`${shell.warn(shell.text('cli.warning'))}: ${shell.text('cli.status.dirty')}`] : []),
  ];
  if (migrations.length === 0) return [...notes, shell.text('cli.status.none', { dir })];
  const headings = ['id', 'name', 'state', 'applied', 'time', 'file'].map((key) => shell.text(`cli.column.${key}`));
  const isWrong = situation.problems.length > 0 || migrations.some(({ state }) => WRONG.includes(state));
  return [
    ...notes,
    ...table(
      headings,
      migrations.map((entry) => row(entry, shell)),
      shell,
    ),
    shell.text('cli.status.summary', { database: database.name, counts: counts(migrations, shell) }),
    ...(isWrong ? [shell.text('cli.status.advice')] : []),
  ];
}

/** How many there are of each state; applied and pending ones are always told. */
function counts(migrations: StatusResult['migrations'], shell: Shell): string {
  const always: readonly StatusEntry['state'][] = ['applied', 'pending'];
  return [...always, ...WRONG]
    .map((state) => ({ state, count: migrations.filter((one) => one.state === state).length }))
    .filter(({ state, count }) => count > 0 || always.includes(state))
    .map(({ state, count }) => shell.text('cli.status.count', { state: `@state.migration.${state}`, count }))
    .reduce((told, more) => shell.text('cli.status.and', { counts: told, more }));
}

function row({ id, name, state, appliedAt, executionMs, file, ...half }: StatusEntry, shell: Shell): string[] {
  const progress = half.totalStatements === undefined ? '' : ` ${half.appliedStatements}/${half.totalStatements}`;
  return [
    id,
    name,
    `${shell.text(`state.migration.${state}`)}${progress}`,
    appliedAt === null ? '' : formatTime(appliedAt),
    executionMs === null ? '' : formatMs(executionMs),
    file ?? '',
  ];
}
