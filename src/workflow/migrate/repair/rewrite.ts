import { createHash } from 'node:crypto';
import path from 'node:path';
import { systemCode } from '../../../core/errors';
import { compareIds } from '../../../core/migration/id';
import { parseFileName } from '../../../core/migration/name';
import { isPair } from '../../../core/migration/pair';
import { restoredFile, type StoredScripts } from '../../../core/migration/script-text';
import { type Entry, isBare } from '../../../core/migration/state';
import type { HistoryRow, MigrationFile } from '../../../core/migration/types';
import { unifiedDiff } from '../../../core/report/unified';
import { shownPath } from '../../../project/inside';
import { decodeScript, readScriptBytes } from '../../../project/script-file';
import { isDialect, semanticChecksum } from '../checksum';
import { EMBEDDED_PREFIX } from '../embedded';
import { scriptToRun } from '../stored-script';
import type { PlannedChange } from '../types';
import { type FileEdit, impossible, type RepairPlan, type RepairScope, repairChange } from './plan';

/**
 * Writes the file of a migration back as it was applied, from what the history keeps of it.
 * @throws MigrateError REPAIR_IMPOSSIBLE where file and history agree, or the history has no text that makes this file
 */
export async function planRewrite(scope: RepairScope, entry: Entry): Promise<RepairPlan> {
  const { row, state, commentsOnly, halfDone, key } = entry;
  const differs = state === 'missing' || state === 'changed' || commentsOnly || halfDone !== undefined;
  if (!row || !differs) throw impossible('rewrite', entry, '@repair.notChanged');
  if (isBare(row) || entry.file?.kind !== undefined || entry.file?.file.startsWith(EMBEDDED_PREFIX)) {
    throw impossible('rewrite', entry, '@repair.noText');
  }
  const made = restored(scope, entry, row);
  const edits = made.edits.filter(({ absolute, text }) => presentText(absolute) !== text);
  const changes = edits.map((edit) => changeOf(edit, key));
  const { checksum, semanticChecksum: semantic } = made.sums;
  return { changes, files: edits, history: [repairChange({ ...row, checksum, semanticChecksum: semantic })] };
}

function changeOf({ file, absolute, text }: FileEdit, id: string): PlannedChange {
  const before = presentText(absolute);
  const diff = unifiedDiff(
    before === null ? '/dev/null' : file,
    text === null ? '/dev/null' : file,
    before ?? '',
    text ?? '',
  );
  return { text: { key: text === null ? 'repair.removeFile' : 'repair.rewrite', params: { file, id } }, diff };
}

interface Restored {
  readonly edits: readonly FileEdit[];
  /** Of the files as they will be. */
  readonly sums: { readonly checksum: string; readonly semanticChecksum: string };
}

function restored(scope: RepairScope, entry: Entry, row: HistoryRow): Restored {
  const { dialect } = scope;
  const own = entry.file;
  const ending = dialect === 'sql' ? '.sql' : '.cypher';
  const stored = scriptToRun(
    row.upScript,
    dialect,
    own?.file ?? `${row.version}${row.name && '_'}${row.name}${ending}`,
  );
  if (stored.role === 'single')
    return withFiles(scope, entry, 'code', { up: own?.file ?? stored.file, text: stored.text });
  if (own && !isDialect(own.language)) throw impossible('rewrite', entry, '@repair.noText');
  const scripts: StoredScripts = { up: row.upScript, down: row.downScript };
  if (own && isPair(own)) {
    const down = own.down?.file ?? downName(own.file);
    return withFiles(scope, entry, dialect, {
      up: own.file,
      text: scripts.up,
      down: { file: down, text: scripts.down },
    });
  }
  const text = restoredFile(scripts, own?.upText, dialect);
  if (text === undefined) throw impossible('rewrite', entry, '@repair.noText');
  return withFiles(scope, entry, dialect, { up: stored.file, text });
}

interface Texts {
  readonly up: string;
  readonly text: string;
  readonly down?: { readonly file: string; readonly text: string | null };
}

function withFiles(scope: RepairScope, entry: Entry, language: MigrationFile['language'], texts: Texts): Restored {
  const up = place(scope, entry, texts.up, 'up');
  const down = texts.down && place(scope, entry, texts.down.file, 'down');
  const downText = texts.down?.text ?? null;
  const hash = createHash('sha256').update(texts.text);
  // As `readMigrations` takes it.
  if (downText !== null) hash.update('\0').update(downText);
  const checksum = hash.digest('hex');
  const file: MigrationFile = {
    id: entry.id,
    key: entry.key,
    name: entry.name,
    language,
    file: up.file,
    upText: texts.text,
    checksum,
    ...(down && downText !== null ? { down: { file: down.file, text: downText } } : {}),
  };
  const edits = [{ ...up, text: texts.text }, ...(down ? [{ ...down, text: downText }] : [])];
  return { edits, sums: { checksum, semanticChecksum: semanticChecksum(file) } };
}

/** A history can come from anywhere: what it names is written among the migrations only, and only as this migration. */
function place(
  { project }: RepairScope,
  entry: Entry,
  name: string,
  way: 'up' | 'down',
): Pick<FileEdit, 'file' | 'absolute'> {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  const found = parseFileName(base);
  const fits = found && !('bad' in found) && compareIds(found.id, entry.id) === 0;
  if (!fits || base.includes('\0') || (found.role === 'down') !== (way === 'down')) {
    throw impossible('rewrite', entry, '@repair.noName');
  }
  const absolute = path.join(project.migrationsDir, base);
  return { file: shownPath(project.dir, absolute), absolute };
}

function downName(up: string): string {
  return up.replace(/\.up(\.\w+)$/i, '.down$1');
}

function presentText(absolute: string): string | null {
  try {
    return decodeScript(readScriptBytes(absolute, absolute), absolute);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}
