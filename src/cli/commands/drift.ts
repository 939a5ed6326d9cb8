import type { Command } from 'commander';
import { MigrateError } from '../../core/errors';
import { changeRows } from '../../core/report/changes';
import type { Context, Running } from '../../workflow/context';
import { requireDatabase } from '../../workflow/context';
import { adoptDrift } from '../../workflow/drift/adopt';
import { type Drift, driftJson, findDrift, hasDrifted } from '../../workflow/drift/drift';
import { revertDrift } from '../../workflow/drift/revert';
import type { Note } from '../../workflow/migrate/types';
import { confirmChanges, confirmPlan } from '../ask-plan';
import { changeTable } from '../change-table';
import { decideOnTerminal } from '../decide-renames';
import { withExamples } from '../help';
import { copyNote } from '../notes';
import { candidateLines } from '../renames';
import type { GlobalOptions, Shell } from '../shell';

interface DriftOptions {
  readonly adopt?: string;
  readonly revert?: boolean;
  readonly rename: readonly string[];
}

export function registerDrift(program: Command, shell: Shell): void {
  const command = program
    .command('drift')
    .description(shell.text('cli.drift'))
    .option('--adopt <name>', shell.text('cli.drift.adopt'))
    .option('--revert', shell.text('cli.drift.revert'))
    .option('--rename <old=new>', shell.text('cli.rename'), (value, all: readonly string[]) => [...all, value], [])
    .action(async (options: DriftOptions, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      if (options.adopt !== undefined && options.revert) {
        throw new MigrateError('USAGE', { detail: shell.text('cli.drift.oneWay'), help: 'drift --help' });
      }
      await shell.run(globals, (context, running) => act(context, running, options, globals, shell), 'engine');
    });
  withExamples(command, shell.text, ['drift', 'drift --adopt "index on email"', 'drift --revert']);
}

async function act(context: Context, running: Running, options: DriftOptions, globals: GlobalOptions, shell: Shell) {
  const request = {
    ...running,
    database: requireDatabase(context.project),
    renames: options.rename,
    decide: decideOnTerminal(shell, globals),
    onNote: (note: Note) => shell.note(shell.text(note.key, note.params)),
  };
  const tell = (notes: readonly Note[]) =>
    notes
      .map(({ key, params }) => shell.text(key, params))
      .filter((note) => !shell.hasSaid(note))
      .map((note) => `${shell.text('cli.note')}: ${note}`);
  if (options.adopt !== undefined) {
    const name = options.adopt;
    const { file, notes } = await adoptDrift(context, { ...request, name, confirm: confirmChanges(shell, globals) });
    const done = file === undefined ? shell.text('cli.drift.none') : shell.text('cli.done.adopt', { file });
    return { json: { files: file === undefined ? [] : [file] }, lines: [...tell(notes), done] };
  }
  if (options.revert) {
    const { changed, backup, notes } = await revertDrift(context, { ...request, confirm: confirmPlan(shell, globals) });
    const done = changed ? shell.text('cli.done.revert', { backup: backup ?? '-' }) : shell.text('cli.drift.none');
    return { json: { changed, ...(backup === undefined ? {} : { backup }) }, lines: [...tell(notes), done] };
  }
  const drift = await findDrift(context, request);
  return { json: driftJson(drift), lines: driftLines(drift, shell), exitCode: hasDrifted(drift) ? 3 : 0 };
}

function driftLines(drift: Drift, shell: Shell): string[] {
  const { database, changes, desired, pending, pendingExplains, historyExplains, notes, fromCopy } = drift;
  const lines = [...copyNote(fromCopy, shell)];
  for (const { key, params } of notes) lines.push(`${shell.text('cli.note')}: ${shell.text(key, params)}`);
  if (changes.length > 0) {
    lines.push(
      shell.text('cli.drift.history', { database: database.name }),
      ...changeTable(changeRows(changes), shell),
      ...candidateLines(drift.candidates, shell),
    );
    if (drift.unknown.length === 0) lines.push(shell.text('cli.drift.actions'));
  } else lines.push(shell.text('cli.drift.none'));
  if (desired === undefined) return lines;
  if (desired.length === 0) lines.push(shell.text('cli.drift.desiredSame'));
  else if (pendingExplains) lines.push(shell.text('cli.drift.pending', { count: pending.length }));
  else if (historyExplains)
    lines.push(shell.text(pending.length > 0 ? 'cli.drift.byHand' : 'cli.drift.byHandOnly', { count: pending.length }));
  else {
    lines.push(shell.text('cli.drift.desired', { database: database.name }));
    lines.push(...changeTable(changeRows(desired), shell), shell.text('cli.drift.generate'));
  }
  return lines;
}
