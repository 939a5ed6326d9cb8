import { sameName } from '../dialect/kuzu-names';
import { MigrateError } from '../errors';
import { newSchemaOf, type Rename } from './change';
import type { Schema, SqlTable, Table } from './model';
import { parseRenameText, type RenameText, splitRenameTexts } from './rename-text';
import { sqlLabel } from './sql-diff';

/**
 * The renames that were asked for: `User=Person` a table; `User.email=mail` or `User.email=User.mail` a column, of a table
 * by either of its names; with SQL schemas `app.User=app.Person`, `app.User.email=mail`, and `main.User=app.User` or
 * `User=app.User` for one that moves. Where `a.b=a.c` could be both, it is a table of the schema `a`. An old name is one that
 * only the older side has, a new one only the newer side.
 * @param texts one rename each, or several with commas between
 * @returns those of tables first, in the spelling of the schemas
 * @throws MigrateError RENAME_INVALID
 */
export function resolveRenames(texts: readonly string[], before: Schema, after: Schema): Rename[] {
  const asked = texts.flatMap((text) => {
    const list = splitRenameTexts(text);
    if (!list) throw invalid(text, 'form', text, [], []);
    return list.map((one) => ({ text: one, ...read(one) }));
  });
  const sides = { before, after };
  const tables: Rename[] = [];
  for (const one of asked) if (isOfTable(one, sides)) add(tables, tableRename(one, sides), one.text);
  const found = [...tables];
  for (const one of asked) if (!isOfTable(one, sides)) add(found, columnRename(one, tables, sides), one.text);
  return found;
}

interface Sides {
  readonly before: Schema;
  readonly after: Schema;
}

type Asked = RenameText & { readonly text: string };

type Wrong = 'form' | 'oldMissing' | 'newMissing' | 'oldStays' | 'newThere' | 'kinds' | 'otherTable' | 'twice';

/** The table of that name; in the Kùzu family there are no schemas. */
export function findTable(schema: Schema, sqlSchema: string | undefined, name: string): Table | undefined {
  return schema.tables.find((table) => {
    const own = table.kind === 'table' ? table.schema : undefined;
    return sameName(table.name, name) && (own === undefined || sameName(own, sqlSchema ?? 'main'));
  });
}

/** Whether a text names tables rather than columns; only what is there tells schemas from tables. */
export function isOfTable(asked: RenameText, { before, after }: Sides): boolean {
  const [first = '', second = ''] = asked.old;
  if (asked.old.length === 1) return true;
  if (asked.old.length === 3 || !isSql(before) || !findTable(before, first, second)) return false;
  return asked.new.length === 2 || (!findTable(before, 'main', first) && !findTable(after, 'main', first));
}

function tableRename(asked: Asked, { before, after }: Sides): Rename {
  const { text } = asked;
  const sqlSchema = isSql(before) ? (asked.old.length === 2 ? asked.old[0] : 'main') : undefined;
  const toSchema = asked.new.length === 2 ? asked.new[0] : sqlSchema;
  const from = asked.old.at(-1) ?? '';
  const to = asked.new.at(-1) ?? '';
  const older = findTable(before, sqlSchema, from);
  const newer = findTable(after, toSchema, to);
  const gone = before.tables.filter((table) => !findTable(after, schemaOf(table), table.name)).map(label);
  const came = after.tables.filter((table) => !findTable(before, schemaOf(table), table.name)).map(label);
  const refuse = (wrong: Wrong, argument: string) => invalid(text, wrong, argument, gone, came);
  if (asked.new.length === 3 || (asked.new.length === 2 && sqlSchema === undefined)) throw refuse('form', text);
  if (!older) throw refuse('oldMissing', from);
  if (!newer) throw refuse('newMissing', to);
  if (findTable(after, sqlSchema, from)) throw refuse('oldStays', from);
  if (findTable(before, toSchema, to)) throw refuse('newThere', to);
  if (older.kind !== newer.kind) throw refuse('kinds', text);
  return {
    kind: 'rename-table',
    from: older.name,
    to: newer.name,
    ...(older.kind === 'table' && newer.kind === 'table' ? schemasOf(older, newer) : {}),
  };
}

/** The schemas of one table before and after, as its rename has them. */
export function schemasOf(
  older: SqlTable,
  newer: SqlTable,
): { readonly sqlSchema: string; readonly toSchema?: string } {
  const moves = !sameName(older.schema, newer.schema);
  return { sqlSchema: older.schema, ...(moves ? { toSchema: newer.schema } : {}) };
}

function columnRename(asked: Asked, tables: readonly Rename[], { before, after }: Sides): Rename {
  const { text } = asked;
  const from = asked.old.at(-1) ?? '';
  const to = asked.new.at(-1) ?? '';
  const named = asked.old.at(-2) ?? '';
  const sqlSchema = isSql(before) ? (asked.old.length === 3 ? asked.old[0] : 'main') : undefined;
  const isIn = (schema: string | undefined) => sameName(schema ?? '', sqlSchema ?? '');
  const renamed = tables.find(
    (one) => (isIn(one.sqlSchema) && sameName(one.from, named)) || (isIn(newSchemaOf(one)) && sameName(one.to, named)),
  );
  const older = findTable(before, renamed ? renamed.sqlSchema : sqlSchema, renamed?.from ?? named);
  const newer = findTable(after, renamed ? newSchemaOf(renamed) : sqlSchema, renamed?.to ?? named);
  const gone = missing(older, newer);
  const came = missing(newer, older);
  const refuse = (wrong: Wrong, argument: string) => invalid(text, wrong, argument, gone, came);
  if (asked.old.length === 3 && sqlSchema === undefined) throw refuse('form', text);
  if (!older) throw refuse('oldMissing', named);
  if (!newer) throw refuse('newMissing', named);
  if (older.kind !== newer.kind) throw refuse('kinds', text);
  if (asked.new.length > asked.old.length) throw refuse('form', text);
  const other = asked.new.at(-2);
  if (other !== undefined && ![older.name, newer.name].some((name) => sameName(name, other))) {
    throw refuse('otherTable', text);
  }
  const schemas = [older, newer].map((table) => schemaOf(table) ?? '');
  if (asked.new.length === 3 && !schemas.some((schema) => sameName(asked.new[0] ?? '', schema)))
    throw refuse('otherTable', text);
  const oldColumn = older.columns.find(({ name }) => sameName(name, from));
  const newColumn = newer.columns.find(({ name }) => sameName(name, to));
  if (!oldColumn) throw refuse('oldMissing', from);
  if (!newColumn) throw refuse('newMissing', to);
  if (newer.columns.some(({ name }) => sameName(name, from))) throw refuse('oldStays', from);
  if (older.columns.some(({ name }) => sameName(name, to))) throw refuse('newThere', to);
  return {
    kind: 'rename-column',
    table: newer.name,
    from: oldColumn.name,
    to: newColumn.name,
    ...(newer.kind === 'table' ? { sqlSchema: newer.schema } : {}),
  };
}

/** One thing has one new name, and no two things get the same. */
function add(found: Rename[], rename: Rename, text: string): void {
  const place = (one: Rename, schema: string | undefined) =>
    [one.kind, schema, one.kind === 'rename-column' ? one.table : ''].join('\0');
  const twice = found.some(
    (one) =>
      (place(one, one.sqlSchema) === place(rename, rename.sqlSchema) && one.from === rename.from) ||
      (place(one, newSchemaOf(one)) === place(rename, newSchemaOf(rename)) && one.to === rename.to),
  );
  if (twice) throw invalid(text, 'twice', text, [], []);
  found.push(rename);
}

function missing(table: Table | undefined, other: Table | undefined): string[] {
  if (!table || !other) return [];
  const names = table.columns.filter(({ name }) => !other.columns.some((column) => sameName(column.name, name)));
  return names.map(({ name }) => `${label(table)}.${name}`);
}

function invalid(
  text: string,
  wrong: Wrong,
  argument: string,
  gone: readonly string[],
  came: readonly string[],
): MigrateError {
  const list = (names: readonly string[]) =>
    names.length === 0 ? '@word.nothing' : [...names.slice(0, 10), ...(names.length > 10 ? ['…'] : [])].join(', ');
  const detail = `@rename.wrong.${wrong}:${argument}`;
  return new MigrateError('RENAME_INVALID', { text, detail, gone: list(gone), came: list(came) });
}

function read(text: string): RenameText {
  return parseRenameText(text) ?? { old: [], new: [] };
}

function isSql(schema: Schema): boolean {
  return schema.schemas !== undefined || schema.tables.some(({ kind }) => kind === 'table');
}

function schemaOf(table: Table): string | undefined {
  return table.kind === 'table' ? table.schema : undefined;
}

function label(table: Table): string {
  return sqlLabel(schemaOf(table) ?? 'main', table.name);
}
