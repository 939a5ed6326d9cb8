import { MigrateError } from '../../../core/errors';
import { compareIds, idKey, parseId } from '../../../core/migration/id';
import { isApplied, OTHER_TABLES, type OtherHistory, type OtherTool } from '../../../core/migration/other-tools';
import type { MigrationFile, MigrationId } from '../../../core/migration/types';
import type { EngineName } from '../../../core/schema/model';
import type { Executor } from '../../../engine/driver';
import type { Adopted } from '../adopt';
import { findOther, readOther } from '../other-history';

/** What a baseline without a file is called. */
const NAME = 'baseline';

/**
 * Every migration up to an id; where no file has that id, a row for it by itself.
 * @throws MigrateError MIGRATION_UNKNOWN for what is no id
 */
export function upToId(files: readonly MigrationFile[], text: string): Adopted[] {
  const id = parseId(text);
  if (!id || compareIds(id, ['0']) === 0) {
    throw new MigrateError('MIGRATION_UNKNOWN', { id: text, known: files.map(({ key }) => key).join(', ') || '-' });
  }
  const below = files.filter((file) => compareIds(file.id, id) <= 0).map(withFile);
  return files.some((file) => compareIds(file.id, id) === 0) ? below : [...below, { key: idKey(id), name: NAME }];
}

/**
 * What another tool says is applied: its files, and a row by itself for each version that has none.
 * @throws MigrateError BASELINE_IMPOSSIBLE where there is no such history, nothing in it, or one that stands half way
 */
export async function ofOtherTool(
  session: Executor,
  engine: EngineName,
  files: readonly MigrationFile[],
  tool: OtherTool,
): Promise<Adopted[]> {
  const table = (await findOther(session, engine)).find((one) => one.tool === tool);
  const named = OTHER_TABLES.find((one) => one.tool === tool)?.table ?? tool;
  if (!table) throw new MigrateError('BASELINE_IMPOSSIBLE', { detail: `@baseline.noTable:${tool} (${named})` });
  const history = await readOther(session, engine, table);
  if (history.dirty !== undefined) {
    throw new MigrateError('BASELINE_IMPOSSIBLE', { detail: `@baseline.dirty:${history.dirty}` });
  }
  const adopted = [...files.filter(({ id }) => isApplied(history, id)).map(withFile), ...withoutFile(history, files)];
  if (adopted.length === 0) throw new MigrateError('BASELINE_IMPOSSIBLE', { detail: '@baseline.nothing' });
  return adopted.sort((a, b) => compareIds(idOf(a), idOf(b)));
}

function withoutFile({ applied }: OtherHistory, files: readonly MigrationFile[]): Adopted[] {
  return applied
    .filter(({ id }) => !files.some((file) => compareIds(file.id, id) === 0))
    .map(({ id, name }) => ({ key: idKey(id), name: name || NAME }));
}

function withFile(file: MigrationFile): Adopted {
  return { key: file.key, name: file.name, file };
}

function idOf({ key }: Adopted): MigrationId {
  return parseId(key) ?? [];
}
