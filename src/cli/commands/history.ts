import type { Command } from 'commander';
import type { HistoryEvent } from '../../core/migration/types';
import { oneLine } from '../../core/report/one-line';
import { formatMs, formatTime } from '../../core/text/format';
import { requireDatabase } from '../../workflow/context';
import { listHistory } from '../../workflow/migrate/history-list';
import { withExamples } from '../help';
import { copyNote } from '../notes';
import type { GlobalOptions, Shell } from '../shell';
import { table } from '../table';
import { wholeNumber } from '../whole-number';

const COLUMNS = ['seq', 'at', 'action', 'id', 'status', 'time', 'error'];

export function registerHistory(program: Command, shell: Shell): void {
  const command = program
    .command('history')
    .description(shell.text('cli.history'))
    .option('--limit <n>', shell.text('cli.history.limit'), wholeNumber(1, shell))
    .action(async (options: { readonly limit?: number }, self: Command) => {
      await shell.run(
        self.optsWithGlobals<GlobalOptions>(),
        async (context, running) => {
          const database = requireDatabase(context.project);
          const request = { ...running, ...options, database };
          const { events, fromCopy } = await listHistory(context, request);
          const headings = COLUMNS.map((key) => shell.text(`cli.column.${key}`));
          return {
            json: { events, ...(fromCopy ? { asOf: fromCopy.asOf } : {}) },
            lines: [
              ...copyNote(fromCopy, shell),
              ...(events.length === 0
                ? [shell.text('cli.history.none')]
                : table(headings, rowsOf(events, shell), shell)),
            ],
          };
        },
        'engine',
      );
    });
  withExamples(command, shell.text, ['history', 'history --limit 10 --json']);
}

/** For people; `--json` has the outcome as the database holds it. An action is the name of its command. */
function rowsOf(events: readonly HistoryEvent[], shell: Shell): string[][] {
  return events.map(({ seq, at, action, version, status, executionMs, error }) => [
    String(seq),
    formatTime(at),
    action,
    version,
    shell.text(`history.status.${status}`),
    formatMs(executionMs),
    oneLine(error ?? ''),
  ]);
}
