import { MigrateError } from '../core/errors';
import { formatCount } from '../core/text/format';
import type { ConfirmPlan, PlannedMigration, PlanQuestion } from '../workflow/migrate/types';
import { ask } from './ask';
import type { GlobalOptions, Shell } from './shell';

/** So many lines of statements are shown; a longer plan is told by its rest. */
const MOST_LINES = 40;

/** Shows what will run and asks on the terminal; without one it fails and says what to pass. */
export function confirmPlan(shell: Shell, options: GlobalOptions): ConfirmPlan {
  return async (question) => {
    const { action, database } = question;
    const named = !database.protected || options.confirm === database.name;
    if (options.yes && named) return;
    const what = `@cli.action.${action}:${database.path}`;
    if (process.stdin.isTTY !== true || shell.json) {
      const flags = database.protected ? `--yes --confirm ${database.name}` : '--yes';
      throw new MigrateError('CONFIRMATION_NEEDED', { action: what, flags });
    }
    shell.pauseProgress();
    for (const line of planLines(question, shell)) shell.writeError(`${line}\n`);
    const count = question.migrations.length;
    const params = { count, path: database.path, name: database.name };
    const answer = await ask(shell.text(database.protected ? 'cli.ask.planProtected' : `cli.ask.${action}`, params));
    const agreed = database.protected ? answer === database.name : /^(y|yes|はい)$/i.test(answer);
    if (!agreed) throw new MigrateError('NOT_CONFIRMED', { action: what });
  };
}

function planLines({ migrations }: PlanQuestion, shell: Shell): string[] {
  const lines = migrations.flatMap((one) => [
    headline(one, shell),
    ...one.statements.flatMap((text) => indented(text)),
  ]);
  if (lines.length <= MOST_LINES) return lines;
  return [
    ...lines.slice(0, MOST_LINES),
    shell.text('cli.plan.more', { count: formatCount(lines.length - MOST_LINES) }),
  ];
}

function headline({ id, name, direction, file, losesData }: PlannedMigration, shell: Shell): string {
  const loss = losesData ? `  ${shell.warn(shell.text('cli.plan.losesData'))}` : '';
  return `${direction} ${id} ${name}  ${shell.dim(file ?? shell.text('cli.plan.fromHistory'))}${loss}`;
}

function indented(text: string): string[] {
  return text.split(/\r?\n/).map((line) => `    ${line}`);
}
