import { hazardsOf } from '../hazard/hazards';
import type { Change } from '../schema/change';
import { changeObject, changeText } from './changes';
import { codeCell, codeSpan, plainText } from './markdown-text';

export interface ChangelogInput {
  readonly version: string;
  /** ISO 8601; its first ten characters are the date in the heading. */
  readonly createdAt: string;
  /** The version that the changes count from; absent for the first one. */
  readonly previous?: string;
  readonly changes: readonly Change[];
  /** Rows of each table, in the order to list them; empty for a version without data. */
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
  /** All rows of the version. */
  readonly rows: number;
  /** Sentences about what the export could not keep. */
  readonly warnings: readonly string[];
}

const SECTIONS = ['Added', 'Changed', 'Removed'] as const;

/**
 * The start of a version's CHANGELOG.md, in the manner of keepachangelog.com: what was added, changed and removed since
 * the version before, how much data there is, what to beware of. People edit it afterwards. Ends with a line break.
 */
export function changelogEntry(input: ChangelogInput): string {
  const parts = [`# ${plainText(input.version)} (${input.createdAt.slice(0, 10)})\n`, `${opening(input)}\n`];
  for (const section of SECTIONS) {
    const own = input.changes.filter((change) => sectionOf(change) === section);
    if (own.length > 0) parts.push(`## ${section}\n`, own.map(changeLine).join(''));
  }
  if (input.tables.length > 0) parts.push('## Data\n', dataTable(input));
  if (input.warnings.length > 0) {
    parts.push('## Warnings\n', input.warnings.map((warning) => `- ${plainText(warning)}\n`).join(''));
  }
  return parts.join('\n');
}

function opening({ previous, changes }: ChangelogInput): string {
  if (previous === undefined) return 'The first version.';
  const since = `since ${plainText(previous)}`;
  return changes.length === 0 ? `The schema has not changed ${since}.` : `Changes of the schema ${since}:`;
}

function changeLine(change: Change): string {
  const hazards = hazardsOf(change);
  const codes = hazards.length === 0 ? '' : ` (${hazards.join(', ')})`;
  return `- ${subject(change)} ${codeSpan(changeObject(change))}: ${codeSpan(changeText(change))}${codes}\n`;
}

function dataTable({ tables, rows }: ChangelogInput): string {
  const lines = tables.map((table) => `| ${codeCell(table.name)} | ${table.rows} |\n`);
  const total = `| ${tables.length === 1 ? '1 table' : `${tables.length} tables`} | ${rows} |\n`;
  return `| Table | Rows |\n| --- | ---: |\n${lines.join('')}${total}`;
}

function sectionOf(change: Change): (typeof SECTIONS)[number] {
  if (change.kind.startsWith('add-')) return 'Added';
  return change.kind.startsWith('drop-') ? 'Removed' : 'Changed';
}

function subject(change: Change): string {
  switch (change.kind) {
    case 'add-table':
    case 'drop-table':
      return { node: 'Node table', rel: 'Rel table', table: 'Table' }[change.table.kind];
    case 'rename-table':
      return 'Table';
    case 'add-column':
    case 'drop-column':
    case 'rename-column':
      return 'Column';
    case 'change-column-type':
      return 'Type of';
    case 'change-default':
      return 'Default of';
    case 'change-primary-key':
      return 'Primary key of';
    case 'add-connection':
    case 'drop-connection':
      return 'Connection';
    case 'change-multiplicity':
      return 'Multiplicity of';
    case 'change-storage-direction':
      return 'Storage direction of';
    case 'change-comment':
    case 'change-object-comment':
      return 'Comment of';
    case 'change-not-null':
      return 'NOT NULL of';
    case 'change-generated':
      return 'Expression of';
    case 'add-constraint':
    case 'drop-constraint':
      return 'Constraint of';
    case 'add-schema':
    case 'drop-schema':
      return 'Schema';
    case 'add-view':
    case 'drop-view':
    case 'change-view':
      return 'View';
    case 'add-sequence':
    case 'drop-sequence':
    case 'change-sequence':
      return 'Sequence';
    case 'add-macro':
    case 'drop-macro':
    case 'change-macro':
      return 'Macro';
    case 'add-index':
    case 'drop-index':
    case 'change-index':
      return 'Index';
    case 'add-type':
    case 'drop-type':
    case 'change-type':
      return 'Type';
  }
}
