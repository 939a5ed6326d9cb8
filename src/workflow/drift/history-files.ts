import type { Dialect } from '../../core/dialect/dialect';
import { compareIds, parseId } from '../../core/migration/id';
import type { HistoryRow, MigrationFile } from '../../core/migration/types';
import { isStoredCode, scriptToRun } from '../migrate/stored-script';

/** What was applied to a database, as its history keeps it: files may be gone or edited since. */
export interface AppliedFiles {
  readonly files: readonly MigrationFile[];
  /** Ids that were recorded without their text: by another tool, or by a baseline. */
  readonly unknown: readonly string[];
}

/**
 * The applied migrations of a history, by id, in the shape of files. Code runs only as the project has it: a database may
 * come from anywhere. @param own the files of the project
 */
export function appliedFiles(
  rows: readonly HistoryRow[],
  dialect: Dialect,
  own: readonly MigrationFile[],
): AppliedFiles {
  const applied = rows
    .filter(({ status }) => status === 'success')
    .map((row) => ({ row, id: parseId(row.version) ?? [] }))
    .sort((a, b) => compareIds(a.id, b.id));
  const unknown: string[] = [];
  const files = applied.flatMap(({ row, id }) => {
    const code = isStoredCode(row.upScript)
      ? own.find(
          ({ key, language, checksum }) => key === row.version && language === 'code' && checksum === row.checksum,
        )
      : undefined;
    if (code) return [code];
    if (row.upScript === '' || isStoredCode(row.upScript)) {
      unknown.push(row.version);
      return [];
    }
    const { file, text } = scriptToRun(row.upScript, dialect, `${row.version}_${row.name}`);
    return [{ id, key: row.version, name: row.name, language: dialect, file, upText: text, checksum: row.checksum }];
  });
  return { files, unknown };
}
