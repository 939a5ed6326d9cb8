import type { CountedRow } from '../core/report/counted-rows';
import { formatMs } from '../core/text/format';
import type { MigrateOutcome, MigrationResult, StatementReport } from '../workflow/migrate/types';
import { changeTable } from './change-table';
import { errorJson } from './errors';
import type { Outcome, Shell } from './shell';

const STATES = {
  success: 'cli.result.success',
  error: 'cli.result.error',
  'not-executed': 'cli.result.notExecuted',
} as const;

/** What a run of migrations has to say. A failed one keeps its results and ends with 1. */
export function outcomeOf(
  action: 'up' | 'down' | 'redo',
  outcome: MigrateOutcome,
  isDry: boolean,
  shell: Shell,
): Outcome {
  const { results, error, backups, schema } = outcome;
  const changes = schema?.changes;
  const notes = [...outcome.notes, ...(schema?.losses.notes ?? [])].map(({ key, params }) => shell.text(key, params));
  return {
    json: {
      ...(error ? { ok: false, error: errorJson(error, shell) } : {}),
      results: results.map((result) => resultJson(result, isDry, shell)),
      ...(isDry ? { dryRun: true } : {}),
      ...(changes ? { changes } : {}),
      ...(backups.length > 0 ? { backups } : {}),
      ...(notes.length > 0 ? { notes } : {}),
    },
    lines: [
      ...notes.filter((note) => !shell.hasSaid(note)).map((note) => `${shell.dim(shell.text('cli.note'))}: ${note}`),
      ...results.flatMap((result) => resultLines(result, isDry, shell)),
      ...(changes ? changeLines(changes, shell) : []),
      ...(error ? [] : [summary(action, results, isDry, shell)]),
    ],
    ...(error ? { error } : {}),
  };
}

function resultJson(result: MigrationResult, isDry: boolean, shell: Shell): Record<string, unknown> {
  const { id, name, file, status, executionMs, error, notes, statements } = result;
  return {
    id,
    name,
    file,
    status,
    executionMs,
    ...(error ? { error: errorJson(error, shell) } : {}),
    ...(notes.length > 0 ? { notes: notes.map(({ key, params }) => shell.text(key, params)) } : {}),
    ...(isDry ? { statements } : {}),
  };
}

function resultLines(result: MigrationResult, isDry: boolean, shell: Shell): string[] {
  const { id, name, status, executionMs, notes, statements } = result;
  const word = shell.text(STATES[status]);
  const width = Math.max(...Object.values(STATES).map((key) => widthOf(shell.text(key))));
  const mark = { success: word, error: shell.bad(word), 'not-executed': shell.dim(word) }[status];
  const state = `${mark}${' '.repeat(width - widthOf(word))}`;
  const time = status === 'not-executed' ? '' : `  ${shell.dim(formatMs(executionMs))}`;
  return [
    `${state}  ${id} ${name}${time}`,
    ...(isDry ? statements.map((statement) => `    ${statementLine(statement, shell)}`) : []),
    ...notes.map(({ key, params }) => `    ${shell.text(key, params)}`),
  ];
}

/** Columns that a word of ours takes: a Japanese letter takes two. */
function widthOf(word: string): number {
  return [...word].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 2 : 1), 0);
}

function statementLine({ text, ms, touched }: StatementReport, shell: Shell): string {
  const rows = touched === undefined ? '' : `, ${shell.text('cli.rowsTouched', { count: touched })}`;
  return `${text.replace(/\s+/g, ' ')}  ${shell.dim(`${formatMs(ms)}${rows}`)}`;
}

function changeLines(changes: readonly CountedRow[], shell: Shell): string[] {
  if (changes.length === 0) return [shell.text('cli.dryRun.noChange')];
  return [shell.text('cli.dryRun.changes'), ...changeTable(changes, shell)];
}

function summary(
  action: 'up' | 'down' | 'redo',
  results: readonly MigrationResult[],
  isDry: boolean,
  shell: Shell,
): string {
  const count = results.filter(({ status }) => status === 'success').length;
  if (results.length === 0) return shell.text(action === 'up' ? 'cli.up.nothing' : 'cli.down.nothing');
  return shell.text(isDry ? 'cli.done.dryRun' : `cli.done.${action}`, { count });
}
