import type { Entry } from '../../../core/migration/state';
import { editOf } from '../check-edits';
import { readFileOf, recordOfFile } from '../read-file';
import { impossible, type RepairPlan, type RepairScope, repairChange } from './plan';

/**
 * What the file says now counts as what was applied.
 * @throws MigrateError REPAIR_IMPOSSIBLE where file and history agree; SCRIPT_INVALID and what loading code can throw
 */
export async function planAccept(scope: RepairScope, entry: Entry): Promise<RepairPlan> {
  const { file, row, state, commentsOnly, key } = entry;
  if (!file || row?.status !== 'success' || !(state === 'changed' || commentsOnly)) {
    throw impossible('accept', entry, '@repair.notChanged');
  }
  const found = await readFileOf(scope, file);
  try {
    const text = { key: 'repair.accept', params: { id: key, file: file.file } };
    const { diff } = await editOf(scope, entry);
    return {
      changes: [{ text, ...(diff ? { diff } : {}) }],
      files: [],
      history: [repairChange({ ...row, name: file.name, ...recordOfFile(file, found) })],
    };
  } finally {
    for (const one of found.parsed) await one.close();
  }
}
