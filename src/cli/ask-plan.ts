import { MigrateError } from '../core/errors';
import { formatCount } from '../core/text/format';
import type {
  ChangeQuestion,
  ConfirmChanges,
  ConfirmPlan,
  PlannedMigration,
  PlanQuestion,
} from '../workflow/migrate/types';
import { ask } from './ask';
import { dataLossLines } from './notes';
import type { GlobalOptions, Shell } from './shell';

/** So many lines of statements are shown; a longer plan is told by its rest. */
const MOST_LINES = 40;

/** Shows what will run and asks on the terminal; without one it fails and says what to pass. */
export function confirmPlan(shell: Shell, options: GlobalOptions): ConfirmPlan {
  return async (question) => {
    const count = question.migrations.length;
    await confirm(shell, options, question, () => planLines(question, shell), { count, key: 'cli.ask.planProtected' });
  };
}

/** The same for what changes beside the running of migrations: the history, and files of the project. */
export function confirmChanges(shell: Shell, options: GlobalOptions): ConfirmChanges {
  return async (question) => {
    const count = question.changes.length;
    await confirm(shell, options, question, () => changeLines(question, shell), {
      count,
      key: 'cli.ask.changesProtected',
    });
  };
}

async function confirm(
  shell: Shell,
  options: GlobalOptions,
  { action, database }: Pick<PlanQuestion | ChangeQuestion, 'action' | 'database'>,
  lines: () => readonly string[] | Promise<readonly string[]>,
  guarded: { readonly count: number; readonly key: string },
): Promise<void> {
  const named = !database.protected || options.confirm === database.name;
  if (options.yes && named) return;
  shell.pauseProgress();
  const what = `@cli.action.${action}:${database.path}`;
  if (!shell.json) for (const line of await lines()) shell.writeError(`${line}\n`);
  if (process.stdin.isTTY !== true || shell.json) {
    const flags = database.protected ? `--yes --confirm ${database.name}` : '--yes';
    throw new MigrateError('CONFIRMATION_NEEDED', { action: what, flags });
  }
  const params = { count: guarded.count, path: database.path, name: database.name };
  const answer = await ask(shell.text(database.protected ? guarded.key : `cli.ask.${action}`, params));
  const agreed = database.protected ? answer === database.name : /^(y|yes|はい)$/i.test(answer);
  if (!agreed) throw new MigrateError('NOT_CONFIRMED', { action: what });
}

function changeLines({ changes }: ChangeQuestion, shell: Shell): string[] {
  const lines = changes.flatMap(({ text, diff }) => [
    shell.text(text.key, text.params),
    ...(diff ? indented(diff.trimEnd()) : []),
  ]);
  return shortened(lines, shell);
}

async function planLines({ migrations, losses }: PlanQuestion, shell: Shell): Promise<string[]> {
  const lines = migrations.flatMap((one) => [
    headline(one, shell),
    ...one.statements.flatMap((text) => indented(text)),
  ]);
  return [...shortened(lines, shell), ...dataLossLines(await losses(), shell)];
}

function shortened(lines: readonly string[], shell: Shell): string[] {
  if (lines.length <= MOST_LINES) return [...lines];
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
