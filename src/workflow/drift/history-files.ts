import type { Dialect } from '../../core/dialect/dialect';
import { compareIds, parseId } from '../../core/migration/id';
import type { HistoryRow, MigrationFile } from '../../core/migration/types';
import { scriptToRun } from '../migrate/stored-script';

/** What was applied to a database, as its history keeps it: files may be gone or edited since. */
export interface AppliedFiles {
  readonly files: readonly MigrationFile[];
  /** Ids that were recorded without their text: by another tool, or by a baseline. */
  readonly unknown: readonly string[];
}

/** The applied migrations of a history, by id, in the shape of files. */
export function appliedFiles(rows: readonly HistoryRow[], dialect: Dialect): AppliedFiles {
  const applied = rows
    .filter(({ status }) => status === 'success')
    .map((row) => ({ row, id: parseId(row.version) ?? [] }))
    .sort((a, b) => compareIds(a.id, b.id));
  const files = applied.flatMap(({ row, id }) => {
    if (row.upScript === '') return [];
    const { file, text, role } = scriptToRun(row.upScript, dialect, `${row.version}_${row.name}`);
    const language = role === 'single' ? ('code' as const) : dialect;
    return [{ id, key: row.version, name: row.name, language, file, upText: text, checksum: row.checksum }];
  });
  return { files, unknown: applied.flatMap(({ row }) => (row.upScript === '' ? [row.version] : [])) };
}
