import type { Dialect } from '../../core/dialect/dialect';
import { MigrateError } from '../../core/errors';
import type { Edit } from '../../core/migration/check';
import { isPair } from '../../core/migration/pair';
import { bothSections, firstEdited } from '../../core/migration/script-text';
import { type Entry, isBare } from '../../core/migration/state';
import type { HistoryRow, MigrationFile } from '../../core/migration/types';
import { unifiedDiff } from '../../core/report/unified';
import { parseScript } from '../../core/script/parse';
import { isDialect } from './checksum';
import { type FileReader, readFileOf, recordOfFile } from './read-file';
import { scriptToRun } from './stored-script';

/**
 * What was applied against what the file says, as the history keeps both: each direction by itself, so that a change of a
 * pair into one file is none.
 * @throws MigrateError SCRIPT_INVALID and what reading a file of a plugin can throw
 */
export async function editOf(reader: FileReader, { key, file, row }: Entry): Promise<Edit> {
  if (!file || !row || isBare(row)) return { diff: '' };
  const { dialect } = reader;
  if (file.language === 'code') {
    const stored = scriptToRun(row.upScript, dialect, file.file).text;
    return { diff: unifiedDiff(label(key), file.file, stored, file.upText) };
  }
  const found = await readFileOf(reader, file);
  try {
    const { upScript, downScript } = recordOfFile(file, found);
    const line = isDialect(file.language) ? editedLine(row, file, dialect) : undefined;
    return { diff: diffOf(key, row, file, { upScript, downScript }), ...(line === undefined ? {} : { line }) };
  } finally {
    for (const one of found.parsed) await one.close();
  }
}

function diffOf(
  key: string,
  row: HistoryRow,
  file: MigrationFile,
  now: Pick<HistoryRow, 'upScript' | 'downScript'>,
): string {
  if (!file.down) {
    const before = bothSections({ up: row.upScript, down: row.downScript });
    return unifiedDiff(label(key), file.file, before, bothSections({ up: now.upScript, down: now.downScript }));
  }
  return [
    unifiedDiff(label(key, 'up'), file.file, row.upScript, now.upScript),
    unifiedDiff(label(key, 'down'), file.down.file, row.downScript ?? '', now.downScript ?? ''),
  ].join('');
}

/** What the old side of a diff is: no file, but what the database keeps. */
function label(key: string, way?: 'up' | 'down'): string {
  return ['history', key, ...(way ? [way] : [])].join('/');
}

/** In the file that stands for the way up; a file of the way down has its own lines. */
function editedLine(row: HistoryRow, file: MigrationFile, dialect: Dialect): number | undefined {
  const script = parseScript(file.upText, dialect, isPair(file) ? 'up' : 'single');
  const up = firstEdited(parseScript(row.upScript, dialect, 'up').up, script.up, dialect);
  if (up !== undefined || file.down) return up;
  return firstEdited(parseScript(row.downScript ?? '', dialect, 'down').down, script.down, dialect);
}

/** @returns what is wrong with a script, so that nobody has to run it to find out */
export async function scriptProblem(reader: FileReader, { file }: Entry): Promise<MigrateError | undefined> {
  if (!file || !isDialect(file.language)) return undefined;
  try {
    const found = await readFileOf(reader, file);
    for (const one of found.parsed) await one.close();
    return undefined;
  } catch (error) {
    if (MigrateError.is(error, 'SCRIPT_INVALID')) return error;
    throw error;
  }
}
