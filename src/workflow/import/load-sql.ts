import path from 'node:path';
import { catalogOf } from '../../core/version/sql/catalog';
import { parseSqlCopy } from '../../core/version/sql/load-statement';
import { tableName } from '../../core/version/sql/table-name';
import type { StoredVersion } from '../../project/versions';
import { notAllowed, type VersionStatements } from '../version-source';
import { locateData } from './files';
import type { LoadStatement } from './load';

/**
 * The COPY statements of a `load.sql`, with data files where they lie now.
 * @throws MigrateError STATEMENT_NOT_ALLOWED for anything else; PATH_OUTSIDE_PROJECT, VERSION_INCOMPLETE
 */
export async function sqlData(
  stored: StoredVersion,
  view: string,
  { copy: statements }: VersionStatements,
  wanted: ReadonlySet<string> | undefined,
): Promise<LoadStatement[]> {
  const found: LoadStatement[] = [];
  for (const statement of statements) {
    const copy = parseSqlCopy(statement.text);
    if (!copy) throw notAllowed(statement);
    const table = tableName(copy);
    if (wanted !== undefined && !wanted.has(table.toLowerCase())) continue;
    const file = await locateData(stored, copy.file);
    const located = { ...copy, file: path.join(view, file) };
    found.push({ ...statement, step: 'load', table, files: [file], sqlCopy: located });
  }
  return found;
}

/**
 * Whether a database of this file's name can't hold a schema of these statements by the names that stand in them: a name
 * means the database and the schema at once.
 */
export function isCatalogTaken(statements: readonly { readonly text: string }[], file: string): boolean {
  const catalog = catalogOf(path.basename(file)).toLowerCase();
  return statements.some(({ text }) => schemaMade(text)?.toLowerCase() === catalog);
}

/** The name of the schema that a statement makes; undefined for any other. */
export function schemaMade(text: string): string | undefined {
  const [, quoted, plain] = /^CREATE\s+SCHEMA\s+(?:"((?:[^"]|"")*)"|(\w+))\s*;?\s*$/i.exec(text) ?? [];
  return quoted?.replaceAll('""', '"') ?? plain;
}
