import path from 'node:path';
import { MigrateError } from '../../../core/errors';
import { lossOf } from '../../../core/version/loss';
import { copyInto, copyOutOf, type DataFile, dataFiles } from '../../../core/version/sql/data-files';
import { sqlLosses } from '../../../core/version/sql/loss-codes';
import { sqlSchemaScript } from '../../../core/version/sql/sequences';
import { tableName } from '../../../core/version/sql/table-name';
import type { ExportOptions, Session, WrittenVersion } from '../../driver';
import { fullName, ownCatalog } from '../full-name';
import { introspect } from '../introspect';
import { dropPlaced, placeRows } from './levels';
import { nextValues } from './next-values';

/**
 * Writes the data of a database into a folder, a file a table, and tells the statement files that lead back.
 * @throws MigrateError EXPORT_BLOCKED naming the columns whose values no file holds
 */
export async function writeVersion(session: Session, dir: string, options: ExportOptions): Promise<WrittenVersion> {
  const signal = options.signal ? { signal: options.signal } : {};
  const schema = await introspect(session, signal);
  const script = sqlSchemaScript(schema, await nextValues(session, signal));
  if (options.schemaOnly) return { scripts: new Map([['schema.sql', script]]), beside: [] };
  const tables = schema.tables.flatMap((table) => (table.kind === 'table' ? [table] : []));
  const catalog = await ownCatalog(session, tables, signal);
  const levels = await placeRows(session, tables, (table) => fullName(table, catalog), signal);
  const files = dataFiles(schema, options.format, levels);
  const copy = (file: DataFile) => copyOutOf(file, fullName(file.table, catalog), path.join(dir, file.file));
  try {
    if (files.length > 0) {
      await session.run(
        files.map((file) => ({ text: copy(file) })),
        signal,
      );
    }
  } catch (error) {
    const failed = MigrateError.is(error, 'STATEMENT_FAILED') ? files[Number(error.params.index)] : undefined;
    throw failed ? await blocked(session, failed, copy, error) : error;
  }
  await dropPlaced(session, levels);
  const loadOf = (some: readonly DataFile[]) => some.map((file) => `${copyInto(file)};\n`).join('');
  const later = loadOf(files.filter(({ isLater }) => isLater));
  return {
    scripts: new Map([
      ['schema.sql', script],
      ['load.sql', loadOf(files.filter(({ isLater }) => !isLater))],
      ...(later === '' ? [] : [['load-2.sql', later] as const]),
    ]),
    beside: [],
  };
}

/** Each column by itself tells which one it is; what no column is to blame for, such as a full disk, stays as it is. */
async function blocked(
  session: Session,
  file: DataFile,
  copy: (file: DataFile) => string,
  error: unknown,
): Promise<unknown> {
  const refused: string[] = [];
  for (const column of file.columns) {
    try {
      await session.run([{ text: copy({ ...file, columns: [column] }) }]);
    } catch (second) {
      if (!MigrateError.is(second, 'STATEMENT_FAILED')) throw second;
      if (!/^IO Error: (?!Parquet)/.test(String(second.params.detail))) {
        refused.push(`${tableName(file.table)}.${column.name}`);
      }
    }
  }
  if (refused.length === 0) return error;
  const losses = refused.map((object) => lossOf(sqlLosses.unwritable, 'blocked', object));
  const reasons = refused.map((object) => `${object} (KX060)`).join(', ');
  return new MigrateError('EXPORT_BLOCKED', { database: path.basename(session.path ?? ''), reasons }, { losses });
}
