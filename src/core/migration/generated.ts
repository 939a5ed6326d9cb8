import type { Dialect } from '../dialect/dialect';
import { oneLine } from '../report/one-line';
import type { Left, PlannedStatement, Way } from '../schema/plan/types';
import { english } from '../text/english';
import { fileStem, type NewFile } from './template';

/** What a generated migration consists of. */
export interface GeneratedContent {
  readonly up: Way;
  readonly down: Way;
  /** What it leads from and to, as sources are written. */
  readonly from: string;
  readonly to: string;
  /** As `--rename` takes them. */
  readonly renames: readonly string[];
  /** One a hazard of the changes: its code and what it is about. */
  readonly hazards: readonly { readonly code: string; readonly object: string; readonly summary: string }[];
  /** What the way up destroys, so that the way down can't bring it back. */
  readonly lost: readonly Left[];
}

/**
 * The files of a generated migration, as `create` names them. All that it says beside its statements stands in comments
 * which are no directives, whatever the names in it.
 * @throws MigrateError MIGRATION_NAME_INVALID
 */
export function generatedMigration(
  kind: 'single' | 'pair',
  dialect: Dialect,
  at: Date,
  name: string,
  content: GeneratedContent,
): readonly NewFile[] {
  const { stem, title } = fileStem(kind, at, name);
  const head = [
    `-- ${title}`,
    `-- Generated: from ${quoted(content.from)} to ${quoted(content.to)}.`,
    ...content.renames.map((rename) => `-- rename: ${rename}`),
    ...content.hazards.map(({ code, object, summary }) => `-- Hazard ${code} ${quoted(object)}: ${summary}`),
  ];
  const up = [...section(content.up), ''];
  const notBack = content.lost.map((one) => `-- Not brought back: ${leftText(one)}`);
  const down = [...notBack, ...section(content.down), ''];
  if (kind === 'single') {
    const text = [...head, '', '-- UP', ...up, '-- DOWN', ...down].join('\n');
    return [{ name: `${stem}.${dialect}`, text }];
  }
  return [
    { name: `${stem}.up.${dialect}`, text: [...head, '', ...up].join('\n') },
    { name: `${stem}.down.${dialect}`, text: [`-- The way back of ${stem}.up.${dialect}.`, '', ...down].join('\n') },
  ];
}

function section({ statements, transactional, left, assertions = [] }: Way): string[] {
  return [
    ...(transactional ? [] : ['-- transaction: none']),
    ...assertions.map((query) => `-- assert: ${query}`),
    ...left.map((one) => `-- Not done: ${leftText(one)}`),
    ...statements.map(statementText),
  ];
}

function statementText({ text, directives = [] }: PlannedStatement): string {
  return [...directives.map((directive) => `-- ${directive}`), `${text};`].join('\n');
}

/** Names stand in the text as they are; on one line they can't end the comment. */
function leftText({ key, params }: Left): string {
  return oneLine(english(key, params));
}

/** In backquotes, so that no name is read as a directive. */
function quoted(text: string): string {
  return `\`${oneLine(text).replaceAll('`', "'")}\``;
}
