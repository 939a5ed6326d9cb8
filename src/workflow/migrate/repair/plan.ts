import { MigrateError } from '../../../core/errors';
import type { Entry } from '../../../core/migration/state';
import type { HistoryRow } from '../../../core/migration/types';
import type { Project } from '../../../project/project';
import type { Change } from '../ledger';
import type { FileReader } from '../read-file';
import type { RepairKind } from '../repair-types';
import type { PlannedChange } from '../types';

/** A file to be written, or with `null` removed. */
export interface FileEdit {
  /** Relative to the project, as it is shown. */
  readonly file: string;
  readonly absolute: string;
  readonly text: string | null;
}

/** One repair as a value: what is shown is what is done. The history is written first, then the files. */
export interface RepairPlan {
  readonly changes: readonly PlannedChange[];
  readonly files: readonly FileEdit[];
  readonly history: readonly Change[];
}

export interface RepairScope extends FileReader {
  readonly project: Project;
}

/** The row of a migration as a repair leaves it, and the event that tells of it. */
export function repairChange(row: HistoryRow): Change {
  const at = new Date().toISOString();
  return { action: 'repair', row, event: { at, executionMs: 0, status: row.status, error: null } };
}

/** @param detail a nested text key: why it can't be done */
export function impossible(kind: RepairKind, { key, file }: Entry, detail: string): MigrateError {
  const where = file ? { where: { file: file.file } } : {};
  return new MigrateError('REPAIR_IMPOSSIBLE', { option: `--${kind}`, id: key, detail }, where);
}
