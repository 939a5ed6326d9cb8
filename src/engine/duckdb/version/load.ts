import { foldName } from '../../../core/dialect/kuzu-names';
import { quoteSqlString } from '../../../core/dialect/sql-names';
import type { SqlTable } from '../../../core/schema/model';
import { keyOf } from '../../../core/schema/order';
import { holdsInCsv } from '../../../core/version/sql/carrier';
import { storedColumns } from '../../../core/version/sql/data-files';
import { selfReferences } from '../../../core/version/sql/levels';
import { printSqlCopy, type SqlCopy } from '../../../core/version/sql/load-statement';
import { sortedInsert } from '../../../core/version/sql/sorted-insert';
import type { RunOptions, Session } from '../../driver';
import { fullName, ownCatalog } from '../full-name';
import { introspect } from '../introspect';

/** From here on the session reads a version's folder and no other file; nothing but closing it takes that back. */
export async function enclose(session: Session, dir: string): Promise<void> {
  await session.run([
    { text: `SET allowed_directories = [${quoteSqlString(dir)}]` },
    { text: 'SET enable_external_access = false' },
  ]);
}

/**
 * A statement for each file that brings its rows in, now that the tables are there. Rows that refer to rows of their own
 * table come level by level: a COPY takes none of them.
 */
export async function loadTexts(
  session: Session,
  copies: readonly SqlCopy[],
  options: RunOptions = {},
): Promise<string[]> {
  const { tables } = await introspect(session, options);
  const known = new Map(tables.flatMap((table) => (table.kind === 'table' ? [[key(table), table] as const] : [])));
  const catalog = await ownCatalog(session, copies, options);
  return copies.map((copy) => {
    const table = known.get(key(copy));
    const name = fullName(copy, catalog);
    if (table === undefined || !needsInsert(table, copy)) return printSqlCopy(copy, name, copy.file);
    return sortedInsert(table, name, named(copy, table));
  });
}

/** A COPY can't bring arrays inside of lists and structs back from parquet; a CAST can (measured). */
function needsInsert(table: SqlTable, { file }: SqlCopy): boolean {
  const isNested = ({ type }: { readonly type: string }) => !holdsInCsv(type);
  return selfReferences(table).length > 0 || (file.endsWith('.parquet') && storedColumns(table).some(isNested));
}

function named(copy: SqlCopy, table: SqlTable): SqlCopy {
  return copy.columns.length > 0 ? copy : { ...copy, columns: storedColumns(table).map(({ name }) => name) };
}

function key({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return foldName(keyOf({ schema, name }));
}
