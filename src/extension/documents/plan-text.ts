import { dialectOf } from '../../core/dialect/dialect';
import type { EngineName } from '../../core/schema/model';
import { lostDataText } from '../../core/text/data-losses';
import { formatCount, formatMs, formatTime } from '../../core/text/format';
import type { MigrateOutcome, MigrationResult, PlannedMigration, PlanQuestion } from '../../workflow/migrate/types';
import { errorText, t, text } from '../services/text';

/** A plan as the script that it is: statements as they will run, everything else in comments. */
export function planText({ database, migrations }: Pick<PlanQuestion, 'database' | 'migrations'>): string {
  const sign = commentOf(database.engine);
  return migrations
    .map(
      (one) =>
        `${sign} ${headline(one)}\n${one.statements.map(ended).join('\n')}${one.statements.length > 0 ? '\n' : ''}`,
    )
    .join('\n');
}

/** What a dry run did: each statement with its time and the rows that it changed. */
export function dryRunText(
  outcome: MigrateOutcome,
  database: { readonly name: string; readonly engine: EngineName },
): string {
  const sign = commentOf(database.engine);
  const { results, notes, error, schema } = outcome;
  const what = schema ? lostDataText(schema.losses.lost, schema.losses.database, text) : '';
  const done = results.filter(({ status }) => status === 'success').length;
  const head = [
    t(error ? 'ui.dry.failed' : 'ui.dry.title', {
      database: database.name,
      count: done,
      time: formatTime(new Date().toISOString()),
    }),
    ...(what === '' ? [] : [t('gone.loses', { what })]),
    ...[...notes, ...(schema?.losses.notes ?? [])].map(({ key, params }) => text(key, params)),
  ];
  const comments = (lines: readonly string[]) =>
    lines.map((line) => `${sign} ${line.replace(/\s*\n\s*/g, ' ')}\n`).join('');
  return [comments(head), ...results.map((result) => resultText(result, comments))].join('\n');
}

function resultText(result: MigrationResult, comments: (lines: readonly string[]) => string): string {
  const { id, name, file, status, executionMs, statements, notes, error } = result;
  const state = t(`ui.dry.${status}`, { time: formatMs(executionMs) });
  const head = [
    `${[id, name].filter((part) => part !== '').join(' ')} · ${file ?? t('ui.plan.fromHistory')} · ${state}`,
  ];
  const parts = statements.map(({ text: statement, ms, touched }) => {
    const rows = touched === undefined ? [] : [t('ui.dry.rows', { count: formatCount(touched) })];
    return `${comments([[formatMs(ms), ...rows].join(' · ')])}${ended(statement)}\n`;
  });
  const failure = error
    ? [
        errorText(error).message,
        ...(error.where.line === undefined ? [] : [`${error.where.file ?? ''}:${error.where.line}`]),
      ]
    : [];
  const failed = error?.where.statement;
  const last = error ? [comments(failure) + (failed === undefined ? '' : `${ended(failed)}\n`)] : [];
  const told = notes.map(({ key, params }) => text(key, params));
  return [comments([...head, ...told]), ...parts, ...last].join('\n');
}

/** The same for a dialog, which knows no colours: a line for each migration, and its statements. */
export function planDetail({ migrations }: Pick<PlanQuestion, 'migrations'>): string {
  return migrations
    .map((one) => {
      const { id, name, statements, file } = one;
      const code = statements.length === 0 ? [t('ui.plan.code'), file ?? t('ui.plan.fromHistory')] : [];
      return [[name || id, ...code, ...marks(one)].join(' · '), ...statements.map(ended)].join('\n');
    })
    .join('\n\n');
}

function marks({ losesData, transactional }: PlannedMigration): string[] {
  return [...(losesData ? [t('ui.plan.losesDataMark')] : []), ...(transactional ? [] : [t('ui.plan.stepByStepMark')])];
}

function headline(one: PlannedMigration): string {
  const { id, name, file, direction, statements } = one;
  return [
    t(`ui.plan.way.${direction}`, { migration: [id, name].filter((part) => part !== '').join(' ') }),
    file ?? t('ui.plan.fromHistory'),
    ...(statements.length === 0 ? [t('ui.plan.code')] : []),
    ...marks(one),
  ].join(' · ');
}

function ended(statement: string): string {
  return `${statement};`;
}

function commentOf(engine: EngineName): string {
  return dialectOf(engine) === 'sql' ? '--' : '//';
}
