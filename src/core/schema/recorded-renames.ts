import { sameName } from '../dialect/kuzu-names';
import { newSchemaOf, type Rename } from './change';
import type { Schema, Table } from './model';
import { applyRenames } from './rename';
import { findTable, isOfTable, schemasOf } from './rename-answer';
import { parseRenameText, type RenameText } from './rename-text';

/**
 * Which recorded renames lie between two schemas. `before` may stand anywhere on the way: a rename whose old name it doesn't
 * have is over, and several of one thing are one. What `after` doesn't have under its last name is left out.
 */
export function renamesBetween(texts: readonly string[], before: Schema, after: Schema): Rename[] {
  let now = before;
  for (const text of texts) {
    const asked = parseRenameText(text);
    const rename = asked && stepOf(asked, { before, now, after });
    if (rename) now = applyRenames(now, [rename]);
  }
  const found: Rename[] = [];
  // A rename keeps every table and column in its place.
  const pairs = before.tables.map((older, at) => ({ older, renamed: now.tables[at] ?? older }));
  for (const { older, renamed } of pairs) {
    const rename: Rename = { kind: 'rename-table', from: older.name, to: renamed.name, ...bothSchemas(older, renamed) };
    const isSame = sameName(older.name, renamed.name) && newSchemaOf(rename) === rename.sqlSchema;
    if (!isSame && isBetween(rename, before, after)) found.push(rename);
  }
  for (const { older, renamed } of pairs) {
    const newer = findTable(after, schemaOf(renamed).sqlSchema, renamed.name);
    if (!newer || newer.kind !== older.kind) continue;
    const has = (table: Table, name: string) => table.columns.some((column) => sameName(column.name, name));
    older.columns.forEach(({ name: from }, at) => {
      const to = renamed.columns[at]?.name ?? from;
      if (sameName(from, to) || has(newer, from) || !has(newer, to) || has(older, to)) return;
      found.push({ kind: 'rename-column', table: newer.name, from, to, ...schemaOf(newer) });
    });
  }
  return found;
}

function stepOf(
  asked: RenameText,
  { before, now, after }: { readonly before: Schema; readonly now: Schema; readonly after: Schema },
): Rename | undefined {
  const from = asked.old.at(-1) ?? '';
  const to = asked.new.at(-1) ?? '';
  const isSql = now.tables.some(({ kind }) => kind === 'table');
  const schema = (length: number) => (isSql ? (asked.old.length === length ? asked.old[0] : 'main') : undefined);
  if (isOfTable(asked, { before: now, after })) {
    const table = findTable(now, schema(2), from);
    const toSchema = asked.new.length === 2 ? asked.new[0] : schema(2);
    if (!table || findTable(now, toSchema, to)) return undefined;
    const moves = table.kind === 'table' && toSchema !== undefined && !sameName(table.schema, toSchema);
    return { kind: 'rename-table', from: table.name, to, ...schemaOf(table), ...(moves ? { toSchema } : {}) };
  }
  const named = asked.old.at(-2) ?? '';
  // It may be called as it was before its own rename.
  const older = findTable(before, schema(3), named);
  const table = findTable(now, schema(3), named) ?? (older && now.tables[before.tables.indexOf(older)]);
  const column = table?.columns.find(({ name }) => sameName(name, from));
  if (!table || !column || table.columns.some(({ name }) => sameName(name, to))) return undefined;
  return { kind: 'rename-column', table: table.name, from: column.name, to, ...schemaOf(table) };
}

function isBetween(rename: Rename, before: Schema, after: Schema): boolean {
  const { from, to, sqlSchema } = rename;
  const toSchema = newSchemaOf(rename);
  if (findTable(after, sqlSchema, from) || findTable(before, toSchema, to)) return false;
  return findTable(after, toSchema, to)?.kind === findTable(before, sqlSchema, from)?.kind;
}

function bothSchemas(older: Table, renamed: Table): ReturnType<typeof schemaOf> & { readonly toSchema?: string } {
  return older.kind === 'table' && renamed.kind === 'table' ? schemasOf(older, renamed) : {};
}

function schemaOf(table: Table): { readonly sqlSchema?: string } {
  return table.kind === 'table' ? { sqlSchema: table.schema } : {};
}
