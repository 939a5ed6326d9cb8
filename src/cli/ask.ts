import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { MigrateError } from '../core/errors';
import type { Confirm, Question } from '../workflow/context';
import { lossLines } from './notes';
import type { GlobalOptions, Shell } from './shell';

/** Asks on the terminal; without one it fails and says what to pass. `--yes` answers, a protected database also wants its name. */
export function confirmOnTerminal(shell: Shell, options: GlobalOptions): Confirm {
  return async (question) => {
    const { database } = question;
    const named = !database.protected || options.confirm === database.name;
    if (options.yes && named) return;
    if (process.stdin.isTTY !== true || shell.json) {
      const flags = database.protected ? `--yes --confirm ${database.name}` : '--yes';
      throw new MigrateError('CONFIRMATION_NEEDED', { action: actionOf(question), flags });
    }
    shell.pauseProgress();
    for (const line of lossLines(question.warnings, shell)) shell.writeError(`${line}\n`);
    const { version, backup } = question;
    const text = database.protected
      ? shell.text('cli.ask.protected', { name: database.name, version, path: database.path, backup })
      : shell.text(`cli.ask.${question.action}`, { version, path: database.path, backup });
    const answer = await ask(text);
    const agreed = database.protected ? answer === database.name : /^(y|yes|はい)$/i.test(answer);
    if (!agreed) throw refusal(question);
  };
}

function refusal(question: Question): MigrateError {
  return new MigrateError('NOT_CONFIRMED', { action: actionOf(question) });
}

function actionOf({ action, database }: Question): string {
  return `@cli.action.${action}:${database.path}`;
}

/** @throws MigrateError CANCELLED at Ctrl+C and at the end of the input */
export async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Ctrl+C and the end of the input are answers, too.
    const closed = once(terminal, 'close').then(() => undefined);
    const answer = await Promise.race([terminal.question(question), closed]).catch((error: unknown) => {
      if (error instanceof Error && error.name === 'AbortError') return undefined;
      throw error;
    });
    if (answer === undefined) throw new MigrateError('CANCELLED');
    return answer.trim();
  } finally {
    terminal.close();
  }
}
