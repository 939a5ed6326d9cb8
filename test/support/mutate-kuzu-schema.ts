import fc from 'fast-check';
import { foldName, sameName } from '../../src/core/dialect/kuzu-names';
import type { Rename } from '../../src/core/schema/change';
import type { Column, NodeTable, RelTable, Schema, Table } from '../../src/core/schema/model';
import { applyRenames } from '../../src/core/schema/rename';
import {
  COMMENTS,
  columnOf,
  commentOf,
  distinctPairs,
  NODE_NAMES,
  nodeOf,
  nodeSeed,
  pairOf,
  REL_NAMES,
  randomSchema,
  relOf,
  relSeed,
  sequenceOf,
  withIndex,
} from './random-kuzu-schema';

/** Types whose values, as `insertRows` makes them, can be cast to each other and back, or are left out by both ways. */
const CASTS = [
  ['INT64', 'STRING', 'DOUBLE', 'DECIMAL(10, 2)', 'INT32', 'SERIAL'],
  ['DATE', 'TIMESTAMP'],
  ['INT64[]', 'STRING[]', 'DECIMAL(10, 2)[]', 'DECIMAL(14, 4)[]', 'INT64[2]', 'STRING'],
  ['DOUBLE[2]', 'DOUBLE[3]', 'DECIMAL(10, 2)[2]'],
  [
    'STRUCT(a INT64, b STRING)',
    'STRUCT(a STRING, c STRUCT(d STRING))',
    'STRUCT(b STRING, a DECIMAL(10, 2))',
    'STRUCT(c STRUCT(d INT64, e INT64), a DECIMAL(14, 4))',
  ],
  ['MAP(STRING, INT64)', 'MAP(STRING, DECIMAL(10, 2))', 'MAP(STRING, STRING)'],
];

export interface Mutated {
  readonly before: Schema;
  readonly after: Schema;
  readonly renames: readonly Rename[];
}

interface Draft {
  schema: Schema;
  /** The older schema under its new names. */
  renamed: Schema;
  /** The tables of the older schema, once one of them is gone: one of its name is no new table, and its values may have no cast. */
  gone: Schema['tables'];
  readonly renames: Rename[];
}

const step = fc.record({
  what: fc.nat(21),
  a: fc.nat(99),
  b: fc.nat(99),
  flag: fc.boolean(),
  node: nodeSeed,
  rel: relSeed,
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Two schemas of which the second was made from the first, and what was renamed on the way. */
export const relatedSchemas: fc.Arbitrary<Mutated> = fc
  .record({ before: randomSchema, steps: fc.array(step, { minLength: 1, maxLength: 6 }) })
  .map(({ before, steps }) => mutate(before, steps));

export function mutate(before: Schema, steps: readonly Step[]): Mutated {
  const draft: Draft = { schema: before, renamed: before, gone: [], renames: [] };
  // All renames of tables, then all of columns, as the migration's header has them.
  for (const one of steps) if (one.what < 2) renameTable(draft, one);
  for (const one of steps) if (one.what === 2 || one.what === 3) renameColumn(draft, one);
  draft.renamed = draft.schema;
  for (const one of steps) {
    if (one.what > 3) change(draft, one);
    if (one.what === 11) draft.gone = before.tables;
  }
  return { before, after: draft.schema, renames: draft.renames };
}

function renameTable(draft: Draft, { a, b, flag }: Step): void {
  const table = pick(draft.schema.tables, a);
  if (table === undefined) return;
  const isFree = (name: string) => !draft.schema.tables.some((other) => sameName(other.name, name));
  const to = flag && /[a-z]/.test(table.name) ? flipped(table.name) : `${table.name} ${b % 3}`;
  if (!flag && !isFree(to)) return;
  rename(draft, { kind: 'rename-table', from: table.name, to });
}

function renameColumn(draft: Draft, { a, b, flag }: Step): void {
  const table = pick(draft.schema.tables, a);
  const column = table && pick(table.columns, b);
  if (table === undefined || column === undefined) return;
  const to = flag ? flipped(column.name) : `${column.name}_${b % 3}`;
  if (to === column.name || (!flag && table.columns.some(({ name }) => sameName(name, to)))) return;
  rename(draft, { kind: 'rename-column', table: table.name, from: column.name, to });
}

function rename(draft: Draft, one: Rename): void {
  draft.renames.push(one);
  draft.schema = applyRenames(draft.schema, [one]);
}

function change(draft: Draft, one: Step): void {
  const { schema } = draft;
  const { a, b } = one;
  const nodes = schema.tables.filter((table) => table.kind === 'node');
  const rels = schema.tables.filter((table) => table.kind === 'rel');
  const table = pick([...nodes, ...rels], a);
  const node = pick(nodes, a);
  const rel = pick(rels, a);
  switch (one.what) {
    case 4:
    case 5:
      if (table) addColumn(draft, table, one);
      return;
    case 6:
      if (table) dropColumn(draft, table, b);
      return;
    case 7:
    case 8:
      if (table) changeType(draft, table, one);
      return;
    case 9:
      if (table) changeDefault(draft, table, b);
      return;
    case 10:
      if (node) changeKey(draft, node, one);
      return;
    case 11:
      if (table) dropTable(draft, table);
      return;
    case 12: {
      const name = NODE_NAMES.find(
        (free) => ![...schema.tables, ...draft.gone].some((other) => sameName(other.name, free)),
      );
      if (name !== undefined) draft.schema = withTable(schema, { ...nodeOf(one.node), name });
      return;
    }
    case 13: {
      const name = REL_NAMES.find(
        (free) => ![...schema.tables, ...draft.gone].some((other) => sameName(other.name, free)),
      );
      if (name !== undefined && nodes.length > 0) draft.schema = withTable(schema, { ...relOf(one.rel, nodes), name });
      return;
    }
    case 14:
      if (rel) replace(draft, { ...rel, connections: distinctPairs([...rel.connections, pairOf([a, b], nodes)]) });
      return;
    case 15:
      if (rel && rel.connections.length > 1) {
        replace(draft, { ...rel, connections: rel.connections.filter((_, at) => at !== b % rel.connections.length) });
      } else if (rel) replace(draft, { ...rel, connections: [pairOf([a, b], nodes)] });
      return;
    case 16:
      if (rel) replace(draft, { ...rel, multiplicity: one.rel.multiplicity });
      return;
    case 17:
      if (rel) replace(draft, { ...rel, storageDirection: one.rel.storageDirection });
      return;
    case 18:
      if (table) {
        const { comment: _gone, ...rest } = table;
        replace(draft, { ...rest, ...commentOf(b % COMMENTS.length) });
      }
      return;
    case 19:
      turnKind(draft, table, one);
      return;
    case 20:
      addMacroAndType(draft, one);
      return;
    default:
      changeObjects(draft, one);
  }
}

function changeObjects(draft: Draft, { a, b, flag }: Step): void {
  const { schema } = draft;
  const others = schema.sequences.filter(({ name }) => name !== 'more');
  if (a % 4 === 0)
    draft.schema = { ...schema, sequences: flag ? others : [...others, sequenceOf('more', `${1 + (b % 3)}`)] };
  else if (a % 4 === 1) draft.schema = withIndex(schema, b);
  else if (a % 4 === 2) draft.schema = { ...schema, indexes: [] };
  else {
    const numbers = sequenceOf('numbers', `${1 + (b % 2)}`);
    draft.schema = { ...schema, sequences: schema.sequences.map((one) => (one.name === 'numbers' ? numbers : one)) };
  }
}

/** They only come: that they go is a matter of the file, not of a statement. */
function addMacroAndType(draft: Draft, { b }: Step): void {
  const { schema } = draft;
  if (schema.macros.length > 0) return;
  const macros = [{ name: 'TWICE', parameters: 'x, y := 3', body: b % 2 === 0 ? '(x + y) * 2' : "concat(x, ';')" }];
  draft.schema = { ...schema, macros, types: [{ name: 'own', definition: b % 2 === 0 ? 'INT64' : 'STRING[]' }] };
}

function addColumn(draft: Draft, table: NodeTable | RelTable, { b, node, flag }: Step): void {
  // Now and then the name of a column that was renamed or dropped.
  const name = flag ? `new${b % 3}` : 'name';
  if (table.columns.some((column) => sameName(column.name, name))) return;
  const column = columnOf(name, node.columns[0] ?? { type: b % 3, withDefault: flag });
  const gone = draft.renamed.tables
    .find((other) => sameName(other.name, table.name))
    ?.columns.find((other) => sameName(other.name, name));
  // A column that goes and one of its name that comes are a change of type.
  if (gone && gone.type !== column.type && !castsOf(gone.type).includes(column.type)) return;
  replace(draft, { ...table, columns: [...table.columns, column] });
}

function dropColumn(draft: Draft, table: NodeTable | RelTable, b: number): void {
  const column = pick(table.columns, b);
  if (column === undefined || (table.kind === 'node' && column.name === table.primaryKey)) return;
  replace(draft, { ...table, columns: table.columns.filter((other) => other !== column) });
  dropIndexOf(draft, table.name, column.name);
}

function changeType(draft: Draft, table: NodeTable | RelTable, { b, flag, rel }: Step): void {
  const column = pick(table.columns, b);
  if (column === undefined) return;
  const group = castsOf(column.type);
  const isKey = table.kind === 'node' && column.name === table.primaryKey;
  const types = isKey
    ? ['INT64', 'STRING', 'SERIAL']
    : flag && column.type !== 'STRING'
      ? [...group, 'INT64[]']
      : group;
  const type = pick(types, rel.name + rel.pairs.length) ?? column.type;
  if (type === column.type) return;
  replace(draft, withColumn(table, column, { name: column.name, type }));
  dropIndexOf(draft, table.name, column.name);
}

/** To a list nothing else has a cast, but for texts, and ours are no lists. */
function castsOf(type: string): readonly string[] {
  return CASTS.find((types) => types.includes(type)) ?? [];
}

function changeDefault(draft: Draft, table: NodeTable | RelTable, b: number): void {
  const column = pick(table.columns, b);
  if (column === undefined) return;
  const defaults = new Map([
    ['INT64', ['7', '-3', "nextval('numbers')"]],
    ['STRING', ["'x'", "'it\\'s'"]],
    ['BOOL', ['false']],
  ]);
  const next = pick(defaults.get(column.type) ?? [], b);
  const { default: now, ...rest } = column;
  replace(draft, withColumn(table, column, next === undefined || next === now ? rest : { ...rest, default: next }));
}

/** To a column that is there, or to a new one that gives each row a key. */
function changeKey(draft: Draft, table: NodeTable, { b, flag }: Step): void {
  const others = table.columns.filter(
    ({ type, name }) => ['INT64', 'STRING', 'SERIAL'].includes(type) && name !== table.primaryKey,
  );
  const other = pick(others, b);
  if (flag && other) {
    replace(draft, { ...table, primaryKey: other.name });
    return;
  }
  const name = `key${b % 2}`;
  if (table.columns.some((column) => sameName(column.name, name))) return;
  const key: Column = b % 3 === 0 ? { name, type: 'SERIAL' } : { name, type: 'INT64', default: "nextval('numbers')" };
  replace(draft, { ...table, columns: [...table.columns, key], primaryKey: name });
}

function dropTable(draft: Draft, table: NodeTable | RelTable): void {
  const isIt = (name: string) => sameName(name, table.name);
  const tables = draft.schema.tables.flatMap((other): Table[] => {
    if (isIt(other.name)) return [];
    if (other.kind !== 'rel' || table.kind === 'rel') return [other];
    const connections = other.connections.filter(({ from, to }) => !isIt(from) && !isIt(to));
    return connections.length === 0 ? [] : [{ ...other, connections }];
  });
  draft.schema = { ...draft.schema, tables, indexes: draft.schema.indexes.filter((index) => !isIt(index.table)) };
}

/** A node table that becomes a rel table of the same name, or the other way round. */
function turnKind(draft: Draft, table: NodeTable | RelTable | undefined, { node, rel }: Step): void {
  if (table === undefined) return;
  // Turned back it would be a table that lost its columns and got others, some by their names.
  const first = draft.renamed.tables.find((other) => sameName(other.name, table.name));
  if (first !== undefined && first.kind !== table.kind) return;
  dropTable(draft, table);
  const nodes = draft.schema.tables.filter((other) => other.kind === 'node');
  if (table.kind === 'rel') draft.schema = withTable(draft.schema, { ...nodeOf(node), name: table.name });
  else if (nodes.length > 0) draft.schema = withTable(draft.schema, { ...relOf(rel, nodes), name: table.name });
}

function withTable(schema: Schema, table: Table): Schema {
  return { ...schema, tables: [...schema.tables, table] };
}

function replace(draft: Draft, table: NodeTable | RelTable): void {
  const tables = draft.schema.tables.map((other) => (foldName(other.name) === foldName(table.name) ? table : other));
  draft.schema = { ...draft.schema, tables };
}

function withColumn(table: NodeTable | RelTable, column: Column, next: Column): NodeTable | RelTable {
  return { ...table, columns: table.columns.map((other) => (other === column ? next : other)) };
}

function dropIndexOf(draft: Draft, table: string, column: string): void {
  const stands = draft.schema.indexes.filter(
    (index) => !sameName(index.table, table) || !index.columns.some((name) => sameName(name, column)),
  );
  draft.schema = { ...draft.schema, indexes: stands };
}

function pick<T>(items: readonly T[], at: number): T | undefined {
  return items[at % Math.max(items.length, 1)];
}

/** The same name in another case. */
function flipped(text: string): string {
  return text.replace(/[a-z]/gi, (c) => (c < 'a' ? c.toLowerCase() : c.toUpperCase()));
}
