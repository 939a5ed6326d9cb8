import { foldName, quoteString, sameName } from '../dialect/kuzu-names';
import { engineSqlName } from '../dialect/sql-keywords';
import { newSchemaOf, type Rename } from './change';
import type { Column, Index, Schema, SqlColumn, SqlConstraint, Table } from './model';
import { type SqlToken, sqlTokens } from './sql-tokens';

/**
 * The schema as it is once its tables and columns have their new names: what refers to them by name follows, as it does
 * in the engines (measured on DuckDB 1.5.5: checks and generated columns do, views and macros keep the old names).
 */
export function applyRenames(schema: Schema, renames: readonly Rename[]): Schema {
  return renames.reduce(applyRename, schema);
}

/** The renames that take these back, for the same tables by their older names. */
export function invertRenames(renames: readonly Rename[]): Rename[] {
  const tables = renames.filter((one) => one.kind === 'rename-table');
  const back = ({ sqlSchema, table }: Extract<Rename, { readonly kind: 'rename-column' }>) => {
    const rename = tables.find((one) => sameName(one.to, table) && newSchemaOf(one) === sqlSchema);
    return rename === undefined ? {} : { table: rename.from, ...inSchema(rename.sqlSchema) };
  };
  return [
    ...[...tables].reverse().map(({ toSchema, ...one }) => ({
      ...one,
      from: one.to,
      to: one.from,
      ...(toSchema === undefined || one.sqlSchema === undefined
        ? {}
        : { sqlSchema: toSchema, toSchema: one.sqlSchema }),
    })),
    ...renames
      .filter((one) => one.kind === 'rename-column')
      .reverse()
      .map((one) => ({ ...one, ...back(one), from: one.to, to: one.from })),
  ];
}

function inSchema(sqlSchema: string | undefined): { readonly sqlSchema?: string } {
  return sqlSchema === undefined ? {} : { sqlSchema };
}

function applyRename(schema: Schema, rename: Rename): Schema {
  return {
    ...schema,
    tables: schema.tables.map((table) => renamedTable(table, rename)),
    indexes: schema.indexes.map((index) => renamedIndex(index, rename)),
  };
}

function renamedTable(table: Table, rename: Rename): Table {
  const isIt = isTable(rename, table.kind === 'table' ? table.schema : undefined, table.name);
  if (rename.kind === 'rename-table') {
    const name = (old: string) => (sameName(old, rename.from) ? rename.to : old);
    const own = isIt ? { ...table, name: rename.to } : table;
    if (own.kind === 'rel') {
      const connections = own.connections.map(({ from, to }) => ({ from: name(from), to: name(to) }));
      return { ...own, connections };
    }
    if (own.kind !== 'table') return own;
    const constraints = own.constraints.map((one) => {
      if (one.kind !== 'foreign-key' || !isTable(rename, one.schema, one.table)) return one;
      return { ...one, schema: newSchemaOf(rename) ?? one.schema, table: rename.to };
    });
    return { ...own, schema: isIt ? (newSchemaOf(rename) ?? own.schema) : own.schema, constraints };
  }
  const name = (old: string) => (sameName(old, rename.from) ? rename.to : old);
  const column = <T extends Column>(old: T): T => ({ ...old, name: name(old.name) });
  const sqlColumn = ({ generated, ...old }: SqlColumn): SqlColumn => ({
    ...column(old),
    ...(generated === undefined ? {} : { generated: renamedText(generated, [[rename.from, rename.to]]) }),
  });
  if (table.kind === 'table') {
    const constraints = table.constraints.map((one) => renamedConstraint(one, rename, isIt));
    return isIt ? { ...table, columns: table.columns.map(sqlColumn), constraints } : { ...table, constraints };
  }
  if (!isIt) return table;
  if (table.kind === 'rel') return { ...table, columns: table.columns.map(column) };
  return { ...table, columns: table.columns.map(column), primaryKey: name(table.primaryKey) };
}

function renamedConstraint(
  constraint: SqlConstraint,
  rename: Rename & { readonly kind: 'rename-column' },
  isOwn: boolean,
): SqlConstraint {
  if (constraint.kind === 'check') {
    if (!isOwn) return constraint;
    return { ...constraint, expression: renamedText(constraint.expression, [[rename.from, rename.to]]) };
  }
  const names = (columns: readonly string[]) =>
    columns.map((column) => (sameName(column, rename.from) ? rename.to : column));
  const own = isOwn ? { ...constraint, columns: names(constraint.columns) } : constraint;
  if (own.kind !== 'foreign-key' || !isTable(rename, own.schema, own.table)) return own;
  return { ...own, referenced: names(own.referenced) };
}

function renamedIndex(index: Index, rename: Rename): Index {
  if (!isTable(rename, index.schema, index.table)) return index;
  const table = rename.kind === 'rename-table' ? rename.to : index.table;
  const columns =
    rename.kind === 'rename-table'
      ? index.columns
      : index.columns.map((column) => (sameName(column, rename.from) ? rename.to : column));
  const renamed = { ...index, table, columns };
  if (index.schema === undefined) return { ...renamed, definition: callOf(renamed) };
  return { ...renamed, schema: newSchemaOf(rename) ?? index.schema, definition: sqlDefinition(index, rename) };
}

/** `CALL CREATE_FTS_INDEX('T', 'i', ['a', 'b'], …)`, `CALL CREATE_VECTOR_INDEX('T', 'i', 'a', …)`. */
function callOf({ definition, table, name, columns }: Index): string {
  const list = columns.map((column) => quoteString(column)).join(', ');
  const string = `'(?:[^'\\\\]|\\\\.)*'`;
  const head = new RegExp(`^(CALL \\w+\\()${string}, ${string}, (\\[[^\\]]*\\]|${string})`, 's');
  return definition.replace(head, (_all, call: string, of: string) => {
    return `${call}${quoteString(table)}, ${quoteString(name)}, ${of.startsWith('[') ? `[${list}]` : list}`;
  });
}

/** Only the name of the table behind ON, or names behind it that are those of columns. */
function sqlDefinition({ definition }: Index, rename: Rename): string {
  const tokens = sqlTokens(definition);
  const on = tokens.findIndex(({ start, end }) => definition.slice(start, end).toUpperCase() === 'ON');
  if (rename.kind === 'rename-column') {
    const from = tokens[on]?.end ?? definition.length;
    return definition.slice(0, from) + renamedText(definition.slice(from), [[rename.from, rename.to]], '(');
  }
  const isQualified = tokens[on + 2]?.text === '.';
  const target = tokens.slice(on + 1, isQualified ? on + 4 : on + 2);
  if (rename.toSchema === undefined) return replaced(definition, target.slice(-1), rename.to);
  const schema = rename.toSchema === 'main' ? '' : `${engineSqlName(rename.toSchema)}.`;
  const [start, end] = [target[0]?.start ?? 0, target.at(-1)?.end ?? 0];
  return `${definition.slice(0, start)}${schema}${engineSqlName(rename.to)}${definition.slice(end)}`;
}

/**
 * An expression in DuckDB's own words (a CHECK, a generated column, the columns of an index) with its columns' new names,
 * all at once. Fields, functions and types keep theirs.
 * @param behind a sign that has to come first
 */
export function renamedText(
  text: string,
  renames: readonly (readonly [from: string, to: string])[],
  behind?: string,
): string {
  const tokens = sqlTokens(text);
  const first = behind === undefined ? 0 : tokens.findIndex((token) => token.kind === 'other' && token.text === behind);
  return tokens.reduceRight((done, token, at) => {
    const to = renames.find(([from]) => token.kind === 'name' && sameName(from, token.text))?.[1];
    const last = tokens[at - 1];
    if (to === undefined || at < first || last?.text === '.' || tokens[at + 1]?.text === '(') return done;
    return isWord(text, last, 'AS') ? done : replaced(done, [token], to);
  }, text);
}

function isWord(text: string, token: SqlToken | undefined, word: string): boolean {
  return token !== undefined && text.slice(token.start, token.end).toUpperCase() === word;
}

function replaced(text: string, tokens: readonly SqlToken[], name: string): string {
  return tokens.reduceRight(
    (made, { start, end }) => made.slice(0, start) + engineSqlName(name) + made.slice(end),
    text,
  );
}

function isTable(rename: Rename, schema: string | undefined, name: string): boolean {
  if (schema !== undefined && foldName(rename.sqlSchema ?? 'main') !== foldName(schema)) return false;
  return sameName(rename.kind === 'rename-table' ? rename.from : rename.table, name);
}
