import { formatCount } from '../core/text/format';
import type { ImportResult } from '../workflow/import/import';
import { lossLines, problemLines, problemsJson } from './notes';
import type { Shell } from './shell';

export function importJson(result: ImportResult, shell: Shell) {
  const { version, path, tables, backup, removedBackups, recovered, problems, warnings } = result;
  return {
    version,
    path,
    tables,
    backup,
    removedBackups,
    recovered,
    warnings,
    problems: problemsJson(problems, shell),
  };
}

export function importLines(action: 'import' | 'rollback', result: ImportResult, shell: Shell): string[] {
  const { version, path, tables, backup, removedBackups, recovered, lockTakenFrom } = result;
  const rows = formatCount(tables.reduce((sum, table) => sum + table.rows, 0));
  return [
    ...(lockTakenFrom ? [shell.text('lock.takenOver', { pid: lockTakenFrom.pid })] : []),
    ...(recovered
      ? [
          shell.text(`recovered.${recovered.outcome}`, {
            action: `@word.${recovered.action}`,
            version: recovered.version,
          }),
        ]
      : []),
    shell.text(`cli.done.${action}`, { version, path, tables: tables.length, rows }),
    ...(backup === undefined ? [] : [shell.text('cli.done.backup', { backup })]),
    ...lossLines(result.warnings, shell),
    ...problemLines(result.problems, shell),
    ...removedBackups.map((removed) => shell.text('cli.done.removedBackup', { backup: removed })),
  ];
}
