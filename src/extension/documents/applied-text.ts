import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Dialect, dialectOf } from '../../core/dialect/dialect';
import { MigrateError, systemCode } from '../../core/errors';
import { bothSections } from '../../core/migration/script-text';
import type { HistoryRow } from '../../core/migration/types';
import { parseScript } from '../../core/script/parse';
import { type Context, requireDatabase } from '../../workflow/context';
import { readHistoryOf } from '../../workflow/migrate/situation';
import { scriptToRun } from '../../workflow/migrate/stored-script';
import type { MadeDocument } from './schema-uri';

const NO_TRANSACTION = '-- transaction: none\n';

/**
 * What was applied, in the form of the file that it is compared with: a whole script with its sections where the file is
 * one. @throws MigrateError MIGRATION_UNKNOWN where the history has no such row, and the errors of opening
 */
export async function appliedText(
  context: Context,
  document: Extract<MadeDocument, { kind: 'applied' }>,
): Promise<string> {
  const { project } = context;
  const database = requireDatabase(project, document.database);
  const { history } = await readHistoryOf(context.driver(database.engine), project, database);
  const row = history?.rows.find(({ version }) => version === document.migration);
  if (!row) {
    const known = history?.rows.map(({ version }) => version).join(', ') || '-';
    throw new MigrateError('MIGRATION_UNKNOWN', { id: document.migration, known });
  }
  const dialect = dialectOf(database.engine);
  const up = scriptToRun(row.upScript, dialect, row.name);
  if (document.part === 'up' || up.role === 'single') return up.text;
  if (document.part === 'down')
    return row.downScript === null ? '' : scriptToRun(row.downScript, dialect, row.name).text;
  const present = await textOf(path.resolve(project.dir, document.file));
  return present === undefined
    ? bothSections({ up: row.upScript, down: row.downScript })
    : inPlaceOf(present, row, dialect);
}

/** The file as it is, with what was applied in place of its sections: a comparison then shows what was edited. */
function inPlaceOf(text: string, { upScript, downScript }: HistoryRow, dialect: Dialect): string {
  const { up, down } = parseScript(text, dialect, 'single');
  const first = replaced(text, up.text, storedAs(upScript, up.text), text.indexOf(up.text));
  if (down) return replaced(first, down.text, storedAs(downScript ?? '', down.text), first.lastIndexOf(down.text));
  return downScript === null ? first : `${ended(first)}\n-- DOWN\n${downScript}`;
}

function replaced(text: string, part: string, by: string, at: number): string {
  return at < 0 ? by : text.slice(0, at) + by + text.slice(at + part.length);
}

/** The history adds a directive that stands in the file's header. */
function storedAs(stored: string, section: string): string {
  const added = stored.startsWith(NO_TRANSACTION) && !section.startsWith(NO_TRANSACTION);
  return added ? stored.slice(NO_TRANSACTION.length) : stored;
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
