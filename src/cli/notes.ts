import { formatTime } from '../core/text/format';
import { lossSentence } from '../core/text/loss-sentence';
import type { Loss } from '../core/version/loss';
import type { ReadFromCopy } from '../workflow/reading';
import type { Shell } from './shell';

/** Said whenever a result was not read from the file itself. */
export function copyNote(fromCopy: ReadFromCopy | undefined, shell: Shell): string[] {
  if (!fromCopy) return [];
  const params = { asOf: formatTime(fromCopy.asOf), holder: fromCopy.holder };
  return [`${shell.dim(shell.text('cli.note'))}: ${shell.text('read.fromCopy', params)}`];
}

export function lossLines(losses: readonly Loss[], shell: Shell): string[] {
  return losses.map(
    (loss) => `${shell.warn(shell.text('cli.warning'))}: ${lossSentence(loss, shell.text)} (${loss.code})`,
  );
}
