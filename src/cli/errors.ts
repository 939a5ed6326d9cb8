import { MigrateError } from '../core/errors';
import { statementStart } from '../core/statement/failure';
import { usageErrors } from '../core/text/en-errors';
import { fileError } from '../project/file-error';
import { lossLines } from './notes';
import type { Shell } from './shell';

export function exitCodeOf(error: unknown): number {
  return MigrateError.is(error) && usageErrors.has(error.code) ? 2 : 1;
}

function pathOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'path' in error ? String(error.path) : '';
}

/** An error as scripts read it. */
export function errorJson(error: MigrateError, shell: Shell): Record<string, unknown> {
  const { file, line, column, statement } = error.where;
  return {
    code: error.code,
    message: shell.text(`error.${error.code}`, error.params),
    hint: shell.text(`hint.${error.code}`, error.params),
    file,
    line,
    column,
    statement,
    diff: error.params.diff,
  };
}

/** One clear message and the next step; the stack of anything unforeseen goes to the log. */
export function printError(error: unknown, shell: Shell): void {
  const told = fileError(error, pathOf(error));
  const known = MigrateError.is(told)
    ? told
    : new MigrateError(
        'INTERNAL',
        { detail: error instanceof Error ? error.message : String(error) },
        { cause: error },
      );
  logCauses(error, shell);
  if (shell.json) shell.write(`${JSON.stringify({ ok: false, error: errorJson(known, shell) })}\n`);
  else writeError(known, shell);
}

/** The whole story goes to the log. */
export function logCauses(error: unknown, shell: Shell): void {
  for (let each = error; each !== undefined; each = each instanceof Error ? each.cause : undefined) {
    shell.log(each instanceof Error ? (each.stack ?? each.message) : String(each));
  }
}

/** The message for people, on stderr. */
export function writeError(known: MigrateError, shell: Shell): void {
  const message = shell.text(`error.${known.code}`, known.params);
  const hint = shell.text(`hint.${known.code}`, known.params);
  const { file, line, column, statement } = known.where;
  const { diff } = known.params;
  if (typeof diff === 'string') shell.writeError(diff);
  for (const line of lossLines(known.losses, shell)) shell.writeError(`${line}\n`);
  const place = file === undefined ? '' : `  ${[file, line, column].filter((part) => part !== undefined).join(':')}\n`;
  const isShown = (text: string) =>
    statement === undefined || text.includes(statement) || text.includes(statementStart(statement));
  const source = isShown(message) || isShown(hint) ? '' : `  ${statement}\n`;
  // The engine's own drawing of the place stays below the code, and its lines below each other.
  const [first = '', ...rest] = message.split('\n');
  const more = rest.map((one) => `  ${one}\n`).join('');
  shell.writeError(`${shell.bad(shell.text('cli.error'))}: ${first} (${known.code})\n${more}${place}${source}`);
  shell.writeError(`${shell.dim(shell.text('cli.hint'))}: ${hint}\n`);
}
