import { type Command, Option } from 'commander';
import { requireDatabase } from '../../workflow/context';
import { repair } from '../../workflow/migrate/repair';
import type { Repaired, RepairKind, RepairResult } from '../../workflow/migrate/repair-types';
import { confirmChanges } from '../ask-plan';
import { findingJson, findingLines } from '../findings';
import { withExamples } from '../help';
import { type LockOptions, lockTimeoutOf, lockTimeoutOption } from '../lock-timeout';
import type { GlobalOptions, Outcome, Shell } from '../shell';

/** In the order of the help. */
const FLAGS = {
  accept: '--accept <id>',
  rewrite: '--rewrite <id>',
  forget: '--forget <id>',
  done: '--done <id>',
  retry: '--retry <id>',
  restore: '--restore <id>',
} as const satisfies Record<RepairKind, string>;
const KINDS = Object.keys(FLAGS) as readonly RepairKind[];

export function registerRepair(program: Command, shell: Shell): void {
  const command = program.command('repair').description(shell.text('cli.repair'));
  for (const kind of KINDS) {
    const others = KINDS.filter((other) => other !== kind);
    command.addOption(new Option(FLAGS[kind], shell.text(`cli.repair.${kind}`)).conflicts(others));
  }
  command.addOption(lockTimeoutOption(shell));
  command.action(async (options: Partial<Record<RepairKind, string>> & LockOptions, self: Command) => {
    const globals = self.optsWithGlobals<GlobalOptions>();
    await shell.run(
      globals,
      async (context, running) => {
        const kind = KINDS.find((one) => options[one] !== undefined);
        const id = kind && options[kind];
        const result = await repair(context, {
          ...running,
          ...lockTimeoutOf(options),
          database: requireDatabase(context.project),
          ...(kind && id !== undefined ? { repair: { kind, id } } : {}),
          confirm: confirmChanges(shell, globals),
          onNote: (note) => shell.note(shell.text(note.key, note.params)),
        });
        return outcomeOf(result, shell);
      },
      'engine',
    );
  });
  withExamples(command, shell.text, ['repair', 'repair --accept 20240115_120000', 'repair --restore 20240115_120000']);
}

function outcomeOf({ repaired, findings, notes, backup }: RepairResult, shell: Shell): Outcome {
  const told = notes.map(({ key, params }) => shell.text(key, params));
  return {
    json: {
      repaired,
      findings: findings.map((one) => findingJson(one, shell)),
      ...(backup === undefined ? {} : { backup }),
      ...(told.length > 0 ? { notes: told } : {}),
    },
    lines: [
      ...repaired.map((one) => doneLine(one, backup, shell)),
      ...findings.flatMap((one) => findingLines(one, shell)),
      ...(repaired.length + findings.length === 0 ? [shell.text('cli.repair.nothing')] : []),
    ],
  };
}

function doneLine({ kind, id, files }: Repaired, backup: string | undefined, shell: Shell): string {
  return shell.text(`cli.done.repair.${kind}`, { id, backup: backup ?? '-', files: files.join(', ') });
}
