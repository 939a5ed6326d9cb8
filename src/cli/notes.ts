import type { MigrateError } from '../core/errors';
import { lostDataText } from '../core/text/data-losses';
import { formatTime } from '../core/text/format';
import { lossSentence } from '../core/text/loss-sentence';
import type { Loss } from '../core/version/loss';
import type { DataLosses } from '../workflow/losses';
import type { ReadFromCopy } from '../workflow/reading';
import type { Shell } from './shell';

/** Said whenever a result was not read from the file itself. */
export function copyNote(fromCopy: ReadFromCopy | undefined, shell: Shell): string[] {
  if (!fromCopy) return [];
  const params = { asOf: formatTime(fromCopy.asOf), holder: fromCopy.holder };
  return [`${shell.dim(shell.text('cli.note'))}: ${shell.text('read.fromCopy', params)}`];
}

/** What went wrong beside an operation that is done. */
export function problemLines(problems: readonly MigrateError[], shell: Shell): string[] {
  return problems.map(
    ({ code, params }) => `${shell.warn(shell.text('cli.warning'))}: ${shell.text(`error.${code}`, params)} (${code})`,
  );
}

export function problemsJson(problems: readonly MigrateError[], shell: Shell): { code: string; message: string }[] {
  return problems.map(({ code, params }) => ({ code, message: shell.text(`error.${code}`, params) }));
}

/** Data that will be gone, and what is to be said of how it was counted. */
export function dataLossLines({ database, lost, notes }: DataLosses, shell: Shell): string[] {
  const what = lostDataText(lost, database, shell.text);
  return [
    ...(what === '' ? [] : [`${shell.warn(shell.text('cli.warning'))}: ${shell.text('gone.loses', { what })}`]),
    ...notes.map(({ key, params }) => `${shell.dim(shell.text('cli.note'))}: ${shell.text(key, params)}`),
  ];
}

export function lossLines(losses: readonly Loss[], shell: Shell): string[] {
  return losses.map(
    (loss) => `${shell.warn(shell.text('cli.warning'))}: ${lossSentence(loss, shell.text)} (${loss.code})`,
  );
}
