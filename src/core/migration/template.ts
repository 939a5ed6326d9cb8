import type { Dialect } from '../dialect/dialect';
import { migrationSlug } from './slug';

/** One file with both ways, a file for each way, or code. */
export type NewKind = 'single' | 'pair' | 'ts';

/** A file to be made. */
export interface NewFile {
  readonly name: string;
  readonly text: string;
}

/** They stand in backquotes, so that what explains a directive is none. */
const DIRECTIVES: readonly (readonly [directive: string, meaning: string])[] = [
  ['transaction: none', 'each statement is committed by itself; some can’t run in a transaction'],
  ['requires: ID', 'that migration has to be applied before this one'],
  ['assert: QUERY', 'fail unless the query says true'],
  ['assume: QUERY', 'stay pending unless the query says true'],
  ['reopen', 'close the database and open it again before the next statement'],
  ['batch: 10000', 'run the next statement in slices of $batch rows until it changes nothing'],
  ['lint-ignore CODE', 'accept a finding in the next statement'],
];

/**
 * The files of a new migration, with the time as their id: `20240115_120000_x.cypher`, `20240115120000_x.up.sql` and
 * `.down.sql`, `20240115_120000_x.ts` (design, "Where a project keeps things").
 * @throws MigrateError MIGRATION_NAME_INVALID
 */
export function newMigration(kind: NewKind, dialect: Dialect, at: Date, name: string): readonly NewFile[] {
  const { stem, title } = fileStem(kind, at, name);
  if (kind === 'ts') return [{ name: `${stem}.ts`, text: code(title) }];
  const comment = dialect === 'sql' ? '--' : '//';
  const head = (lines: readonly string[]) => lines.map((line) => `${comment} ${line}`.trimEnd()).join('\n');
  if (kind === 'single') {
    const text = `${head([title, '', ...BOTH, ...explained()])}\n\n-- UP\n\n\n-- DOWN\n\n`;
    return [{ name: `${stem}.${dialect}`, text }];
  }
  return [
    { name: `${stem}.up.${dialect}`, text: `${head([title, '', ...explained()])}\n\n` },
    { name: `${stem}.down.${dialect}`, text: `${head([`The way back of ${stem}.up.${dialect}.`])}\n\n` },
  ];
}

/** The name of a new file without its ending, and the line that says what it is. @throws MigrateError MIGRATION_NAME_INVALID */
export function fileStem(kind: NewKind, at: Date, name: string): { readonly stem: string; readonly title: string } {
  const slug = migrationSlug(name);
  const [date = '', time = ''] = at
    .toISOString()
    .replace(/[-:]|\..*/g, '')
    .split('T');
  const id = kind === 'pair' ? `${date}${time}` : `${date}_${time}`;
  // Behind a colon the name can be neither a marker nor a directive.
  return { stem: `${id}_${slug}`, title: `Migration ${id}: ${name.trim()}` };
}

const BOTH = ['`kuzu-migrate up` runs what is below UP, `kuzu-migrate down` what is below DOWN.', ''];

function explained(): string[] {
  const width = Math.max(...DIRECTIVES.map(([directive]) => directive.length)) + 4;
  return [
    'Directives, each in a comment of its own:',
    ...DIRECTIVES.map(([directive, meaning]) => `  ${`\`${directive}\``.padEnd(width)}${meaning}`),
  ];
}

function code(title: string): string {
  return `import type { MigrationDatabase } from 'kuzu-migrate';

// ${title}
//
// Both ways run in one transaction with their row of the history; to commit each statement by itself instead:
// export const transaction = 'none';

export async function up(db: MigrationDatabase): Promise<void> {
  // await db.run('…', { name: value });
  // for (const row of await db.rows('…')) …
}

// Without this function there is no way back.
// export async function down(db: MigrationDatabase): Promise<void> {}
`;
}
