import type { Finding, TextOf } from '../core/migration/check-types';
import type { Shell } from './shell';

/** A finding as scripts read it. `remedy` is the first command, or words where no command mends it. */
export function findingJson(finding: Finding, shell: Shell): Record<string, unknown> {
  const { severity, code, id, file, line, message, cause, commands, hint, diff } = finding;
  return {
    severity,
    code,
    id,
    file,
    ...(line === undefined ? {} : { line }),
    message: textOf(message, shell),
    cause: textOf(cause, shell),
    remedy: commands[0] ?? (hint ? textOf(hint, shell) : null),
    commands,
    ...(diff ? { diff } : {}),
  };
}

/** A finding for people: what, why, both texts, and what mends it. */
export function findingLines({ severity, code, file, line, message, cause, ...more }: Finding, shell: Shell): string[] {
  const word = severity === 'error' ? shell.bad(shell.text('cli.error')) : shell.dim(shell.text('cli.note'));
  const place = file === null || line === undefined ? [] : [`  ${file}:${line}`];
  const mends = [...more.commands.map((one) => `\`${one}\``), ...(more.hint ? [textOf(more.hint, shell)] : [])];
  return [
    `${word}: ${textOf(message, shell)} (${code})`,
    ...place,
    `  ${shell.dim(shell.text('cli.check.cause'))}: ${textOf(cause, shell)}`,
    ...mends.map((one) => `  ${shell.dim(shell.text('cli.check.mend'))}: ${one}`),
    ...(more.diff
      ? more.diff
          .trimEnd()
          .split('\n')
          .map((one) => `    ${one}`)
      : []),
  ];
}

function textOf({ key, params }: TextOf, shell: Shell): string {
  return shell.text(key, params);
}
