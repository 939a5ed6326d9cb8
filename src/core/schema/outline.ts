import { foldName } from '../dialect/kuzu-names';
import type { SchemaObject } from './definition';
import type { Column, Index, InSqlSchema, Schema, SqlTable, Table, View } from './model';
import { normaliseSchema } from './normalise';
import { sqlLabel } from './sql-diff';
import { constraintText } from './sql-statements';

/** The four last are groups of what is no table. */
export type OutlineKind =
  | Table['kind']
  | 'column'
  | 'key'
  | 'connection'
  | 'constraint'
  | 'index'
  | 'view'
  | 'sequence'
  | 'macro'
  | 'type'
  | 'views'
  | 'sequences'
  | 'macros'
  | 'types';

/** A row of a schema as a tree. */
export interface OutlineRow {
  readonly kind: OutlineKind;
  /** Unquoted; of a group its kind. */
  readonly name: string;
  /** DDL-like, the same in every language; may be empty. */
  readonly detail: string;
  readonly comment?: string;
  /** Absent for groups and constraints. */
  readonly object?: SchemaObject;
  readonly children: readonly OutlineRow[];
}

/** More connections would be longer than a row. */
const MOST_CONNECTIONS = 2;

/** A schema as a tree: tables by name, those of nodes before those of rels, then groups of everything else. */
export function outline(schema: Schema): OutlineRow[] {
  const { tables, views = [], sequences, macros, types, indexes } = normaliseSchema(schema);
  const byTable = new Map<string, Index[]>();
  for (const index of indexes) {
    const key = foldName(sqlLabel(index.schema ?? 'main', index.table));
    byTable.set(key, [...(byTable.get(key) ?? []), index]);
  }
  return [
    ...tables.map((table) => tableRow(table, byTable.get(foldName(labelOf(table))) ?? [])),
    ...group('views', 'view', views, () => '', viewColumns),
    ...group('sequences', 'sequence', sequences, ({ start, increment, cycle }) =>
      [`START ${start}`, `INCREMENT ${increment}`, ...(cycle ? ['CYCLE'] : [])].join(' · '),
    ),
    ...group('macros', 'macro', macros, ({ parameters }) => `(${parameters})`),
    ...group('types', 'type', types, ({ definition }) => definition),
  ];
}

function tableRow(table: Table, indexes: readonly Index[]): OutlineRow {
  const own = { table: table.name, ...(table.kind === 'table' ? { sqlSchema: table.schema } : {}) };
  const keys = keyColumns(table);
  const columns = table.columns.map((column): OutlineRow => {
    const { name } = column;
    const comment = 'comment' in column && typeof column.comment === 'string' ? { comment: column.comment } : {};
    const object: SchemaObject = { kind: 'column', ...own, name };
    return {
      kind: keys.includes(name) ? 'key' : 'column',
      name,
      detail: columnText(column),
      ...comment,
      object,
      children: [],
    };
  });
  const connections = (table.kind === 'rel' ? table.connections : []).map(({ from, to }): OutlineRow => {
    const object: SchemaObject = { kind: 'connection', ...own, name: table.name, from, to };
    return { kind: 'connection', name: `${from} → ${to}`, detail: '', object, children: [] };
  });
  const constraints = (table.kind === 'table' ? table.constraints : [])
    .filter(({ kind }) => kind !== 'primary-key')
    .map((one): OutlineRow => ({ kind: 'constraint', name: constraintText(one), detail: '', children: [] }));
  const found = indexes.map(({ name, type, columns: of }): OutlineRow => {
    const detail = [type, of.join(', ')].filter((part) => part !== '').join(' · ');
    return { kind: 'index', name, detail, object: { kind: 'index', ...own, name }, children: [] };
  });
  return {
    kind: table.kind,
    name: labelOf(table),
    detail: tableText(table),
    ...(table.comment ? { comment: table.comment } : {}),
    object: { kind: 'table', ...(own.sqlSchema === undefined ? {} : { sqlSchema: own.sqlSchema }), name: table.name },
    children: [...connections, ...columns, ...constraints, ...found],
  };
}

function labelOf(table: Table): string {
  return table.kind === 'table' ? sqlLabel(table.schema, table.name) : table.name;
}

function keyColumns(table: Table): readonly string[] {
  if (table.kind === 'node') return [table.primaryKey];
  return table.kind === 'rel' ? [] : primaryKey(table);
}

function primaryKey({ constraints }: SqlTable): readonly string[] {
  return constraints.flatMap((one) => (one.kind === 'primary-key' ? one.columns : []));
}

function columnText(column: Column & { readonly notNull?: true; readonly generated?: string }): string {
  return [
    column.type,
    ...(column.notNull ? ['NOT NULL'] : []),
    ...(column.generated === undefined ? [] : [`AS ${column.generated}`]),
    ...(column.default === undefined ? [] : [`DEFAULT ${column.default}`]),
  ].join(' · ');
}

function tableText(table: Table): string {
  if (table.kind !== 'rel') return '';
  const pairs = table.connections.slice(0, MOST_CONNECTIONS).map(({ from, to }) => `${from} → ${to}`);
  const more = table.connections.length > MOST_CONNECTIONS ? ['…'] : [];
  const multiplicity = table.multiplicity === 'MANY_MANY' ? [] : [table.multiplicity];
  return [[...pairs, ...more].join(', '), ...multiplicity].join(' · ');
}

/** Those with a comment: of the others only the engine knows, once it has run the view's query. */
function viewColumns({ columnComments = [] }: View, object: SchemaObject): OutlineRow[] {
  return columnComments.map(({ name, comment }) => {
    return { kind: 'column', name, detail: '', ...(comment ? { comment } : {}), object, children: [] };
  });
}

function group<T extends InSqlSchema & { readonly name: string }>(
  kind: 'views' | 'sequences' | 'macros' | 'types',
  one: 'view' | 'sequence' | 'macro' | 'type',
  items: readonly T[],
  detail: (item: T) => string,
  below: (item: T, object: SchemaObject) => OutlineRow[] = () => [],
): OutlineRow[] {
  if (items.length === 0) return [];
  const children = items.map((item): OutlineRow => {
    const { schema, name, comment } = item;
    const object: SchemaObject = { kind: one, name, ...(schema === undefined ? {} : { sqlSchema: schema }) };
    const row = { kind: one, name: sqlLabel(schema ?? 'main', name), detail: detail(item), object };
    return { ...row, ...(comment ? { comment } : {}), children: below(item, object) };
  });
  return [{ kind, name: kind, detail: String(children.length), children }];
}
