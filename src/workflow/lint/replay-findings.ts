import path from 'node:path';
import type { MigrateError } from '../../core/errors';
import { breakingStatement, brokenView } from '../../core/lint/broken-view';
import { type LintFinding, sortLint } from '../../core/lint/finding';
import { noWayDown } from '../../core/lint/no-way-down';
import { notBack } from '../../core/lint/not-back';
import { notReplayed, stoppedText } from '../../core/lint/not-replayed';
import { Places } from '../../core/lint/places';
import { isPair } from '../../core/migration/pair';
import type { MigrationFile } from '../../core/migration/types';
import { parseScript } from '../../core/script/parse';
import { isDialect } from '../migrate/checksum';
import type { Replayed } from './replay';

/** How many differences a message names. */
const MOST = 3;

/**
 * What running a migration has shown, besides what its text says.
 * @param own what its text says: the engine's words for the same are left out
 * @param behind the files that could not be run after the one that failed
 */
export function replayFindings(
  replayed: Replayed,
  own: readonly LintFinding[],
  behind: readonly string[],
): LintFinding[] {
  const { file, failures } = replayed;
  const found = failures.flatMap(({ way, error }) => {
    const shown = way === 'down' ? (file.down?.file ?? file.file) : file.file;
    if (error.code === 'MIGRATION_IRREVERSIBLE') {
      const isKnown = own.some(({ code }) => code === noWayDown.code) || isDialect(file.language);
      return isKnown ? [] : [finding(noWayDown, file.file, {})];
    }
    const one = errorFinding(error, shown);
    return own.some((other) => saysTheSame(other, one, error)) ? [] : [one];
  });
  return [
    ...found,
    ...viewFindings(replayed),
    ...backFindings(replayed),
    ...notReplayedFindings(replayed, behind, [...own, ...found]),
  ];
}

/** An error of a file or of an engine. What can't be tried is none of the script's faults. */
export function errorFinding(error: MigrateError, fallback: string): LintFinding {
  const { file = fallback, line = 1, column = 1, statement } = error.where;
  const danger = error.code === 'STATEMENT_DANGEROUS' ? /^@([\w.]+):(.*)$/s.exec(String(error.params.detail)) : null;
  const [, dangerKey, argument = ''] = danger ?? [];
  const first = statement?.split(/\r?\n/)[0] ?? '';
  return {
    severity: error.code === 'DRY_RUN_OUTSIDE' ? 'note' : 'error',
    ...(dangerKey === undefined
      ? {
          code: error.code,
          message: { key: `error.${error.code}`, params: error.params },
          hint: { key: `hint.${error.code}`, params: error.params },
        }
      : { code: String(error.params.code), message: { key: dangerKey, params: { argument } } }),
    file: file.split(path.sep).join('/'),
    ...{ line, column, endLine: line, endColumn: column + Math.max(1, column === 1 ? first.length : 1) },
  };
}

function saysTheSame(own: LintFinding, { file, line }: LintFinding, error: MigrateError): boolean {
  if (own.severity !== 'error' || own.file !== file) return false;
  if (error.code === 'SCRIPT_INVALID') return own.code === 'SCRIPT_INVALID';
  if (error.code === 'STATEMENT_DANGEROUS') return own.code === error.params.code;
  const statement = error.where.statement?.split('\n').length ?? 1;
  return own.line >= line - statement + 1 && own.line <= line + statement - 1;
}

function viewFindings({ file, broken = [] }: Replayed): LintFinding[] {
  const { language, upText } = file;
  if (!isDialect(language))
    return broken.map(({ view, detail }) => finding(brokenView, file.file, { argument: view.name, detail }));
  const { up, ignores } = parseScript(upText, language, isPair(file) ? 'up' : 'single');
  return broken.flatMap(({ view, detail }) => {
    const statement = up.statements[breakingStatement(up.statements, view)];
    if (ignores.includes(brokenView.code) || statement?.ignores.includes(brokenView.code)) return [];
    const range = new Places(upText).range(statement?.start ?? 0, statement?.end ?? 0);
    return [{ ...finding(brokenView, file.file, { argument: view.name, detail }), ...range }];
  });
}

function backFindings({ file, notBack: differences = [] }: Replayed): LintFinding[] {
  if (differences.length === 0) return [];
  const listed = differences.slice(0, MOST).join('; ');
  const more = differences.length > MOST ? `; +${differences.length - MOST}` : '';
  const params = { argument: `${listed}${more}` };
  const { down, language, upText } = file;
  if (!isDialect(language)) return [finding(notBack, file.file, params)];
  const text = down?.text ?? upText;
  const script = parseScript(text, language, down ? 'down' : isPair(file) ? 'up' : 'single');
  const [first] = script.down?.statements ?? script.up.statements;
  if (script.ignores.includes(notBack.code) || first?.ignores.includes(notBack.code)) return [];
  const range = new Places(text).range(first?.start ?? 0, first?.end ?? 0);
  return [{ ...finding(notBack, down?.file ?? file.file, params), ...range }];
}

/** What was not looked at is told, too: behind the first error of the migration, and without one where it begins. */
function notReplayedFindings(
  { file, failures, mended, downNotTried }: Replayed,
  behind: readonly string[],
  told: readonly LintFinding[],
): LintFinding[] {
  const stopped = failures.some(({ way }) => way === 'up') ? [stoppedText(behind)] : [];
  const asMended = mended ? [{ key: 'lint.KM435.mended', params: {} }] : [];
  const down = downNotTried === undefined ? [] : [{ key: 'lint.KM435.down', params: { detail: downNotTried } }];
  const isError = (one: LintFinding) => one.file === file.file && one.severity === 'error';
  const { line, column } = sortLint(told).find(isError) ?? beginning(file);
  return [...stopped, ...asMended, ...down].map((message) => ({
    ...finding(notReplayed, file.file, {}),
    ...{ message, line, column, endLine: line, endColumn: column },
  }));
}

function beginning({ language, upText, ...file }: MigrationFile): { readonly line: number; readonly column: number } {
  if (!isDialect(language)) return { line: 1, column: 1 };
  const [first] = parseScript(upText, language, isPair(file) ? 'up' : 'single').up.statements;
  return { line: first?.line ?? 1, column: first?.column ?? 1 };
}

function finding(
  { code, severity }: Pick<LintFinding, 'code' | 'severity'>,
  file: string,
  params: LintFinding['message']['params'],
): LintFinding {
  const place = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  return { code, severity, message: { key: `lint.${code}`, params }, file, ...place };
}
