import fc from 'fast-check';
import { foldName, needsQuotes, quoteString, sameName } from '../../src/core/dialect/kuzu-names';
import type { Column, Connection, Index, NodeTable, RelTable, Schema, Sequence } from '../../src/core/schema/model';

/** What columns are made of; a default goes with its type. */
const TYPES: readonly (Omit<Column, 'name'> & { readonly or: string })[] = [
  { type: 'INT64', or: '7' },
  { type: 'STRING', or: "'x'" },
  { type: 'DOUBLE', or: '1.5' },
  { type: 'DECIMAL(10, 2)', or: '' },
  { type: 'BOOL', or: 'true' },
  { type: 'DATE', or: '' },
  { type: 'INT64[]', or: '[1, 2]' },
  { type: 'STRUCT(a INT64, b STRING)', or: '' },
  { type: 'MAP(STRING, INT64)', or: '' },
  { type: 'INT64', or: "nextval('numbers')" },
  { type: 'SERIAL', or: '' },
  { type: 'TIMESTAMP', or: '' },
  // Defaults that the engine has to cast, and those that are another value in each row.
  { type: 'INT32', or: '7' },
  { type: 'DECIMAL(9, 2)', or: '1.5' },
  { type: 'UUID', or: 'gen_random_uuid()' },
  { type: 'INT32', or: "nextval('numbers')" },
  { type: 'DECIMAL(10, 2)[]', or: '' },
  { type: 'INT64[2]', or: '' },
  { type: 'DOUBLE[2]', or: '' },
  { type: 'STRUCT(a STRING, c STRUCT(d STRING))', or: '' },
  { type: 'MAP(STRING, DECIMAL(10, 2))', or: '' },
];
export const NODE_NAMES = ['User', 'City', 'order', 'with space', '名前', 'Post', 'tag', 'Über'];
export const REL_NAMES = ['Follows', 'in', 'likes it', 'Near', 'END'];
export const COLUMN_NAMES = ['name', 'Age', 'when', 'a b', '値', 'x1', 'x2', 'note'];
/** A COPY confuses the first two with the ends of a relationship. */
const REL_COLUMN_NAMES = ['from', 'to', 'Age'];
export const COMMENTS = [undefined, 'a comment', "it's; // two"];

export interface ColumnSeed {
  readonly type: number;
  readonly withDefault: boolean;
}

const columnSeed = fc.record({ type: fc.nat(TYPES.length - 1), withDefault: fc.boolean() });
const columnSeeds = fc.array(columnSeed, { maxLength: 4 });

export interface NodeSeed {
  readonly name: number;
  readonly key: number;
  readonly columns: readonly ColumnSeed[];
  readonly comment: number;
}
export interface RelSeed {
  readonly name: number;
  readonly columns: readonly ColumnSeed[];
  readonly pairs: readonly (readonly [number, number])[];
  readonly multiplicity: RelTable['multiplicity'];
  readonly storageDirection: RelTable['storageDirection'];
  readonly comment: number;
}

export const nodeSeed: fc.Arbitrary<NodeSeed> = fc.record({
  name: fc.nat(NODE_NAMES.length - 1),
  key: fc.nat(3),
  columns: columnSeeds,
  comment: fc.nat(COMMENTS.length - 1),
});
export const relSeed: fc.Arbitrary<RelSeed> = fc.record({
  name: fc.nat(REL_NAMES.length - 1),
  columns: fc.array(columnSeed, { maxLength: 3 }),
  pairs: fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 3 }),
  multiplicity: fc.constantFrom('MANY_MANY', 'MANY_ONE', 'ONE_MANY', 'ONE_ONE'),
  // Nothing can be read from a `bwd` table, so that one now and then is enough.
  storageDirection: fc.constantFrom('both', 'both', 'both', 'fwd', 'bwd'),
  comment: fc.nat(COMMENTS.length - 1),
});

/** A sequence that columns may use is always there; others come and go. */
export const NUMBERS = sequenceOf('numbers', '1');

export function sequenceOf(name: string, increment: string): Sequence {
  return { name, start: '5', increment, min: '1', max: '9223372036854775807', cycle: false };
}

/** A realistic schema of the Kùzu family, in the engine's own spelling, with something in each of its lists. */
export const randomSchema: fc.Arbitrary<Schema> = fc
  .record({
    nodes: fc.uniqueArray(nodeSeed, { maxLength: 5, selector: ({ name }) => name }),
    rels: fc.uniqueArray(relSeed, { maxLength: 4, selector: ({ name }) => name }),
    sequence: fc.boolean(),
    index: fc.option(fc.nat(9), { nil: undefined, freq: 6 }),
  })
  .map(({ nodes, rels, sequence, index }) => {
    const nodeTables = nodes.map(nodeOf);
    const relTables = nodes.length === 0 ? [] : rels.map((seed) => relOf(seed, nodeTables));
    const schema: Schema = {
      tables: [...nodeTables, ...relTables],
      sequences: [NUMBERS, ...(sequence ? [sequenceOf('more', '2')] : [])],
      macros: [],
      indexes: [],
      types: [],
    };
    return index === undefined ? schema : withIndex(schema, index);
  });

export function nodeOf({ name, key, columns, comment }: NodeSeed): NodeTable {
  const id: Column = [
    { name: 'id', type: 'INT64' },
    { name: 'id', type: 'STRING' },
    { name: 'Id', type: 'SERIAL' },
    { name: 'my id', type: 'INT64', default: "nextval('numbers')" },
  ][key] ?? { name: 'id', type: 'INT64' };
  return {
    kind: 'node',
    name: NODE_NAMES[name] ?? '',
    columns: [id, ...columns.map((seed, at) => columnOf(COLUMN_NAMES[at] ?? '', seed))],
    primaryKey: id.name,
    ...commentOf(comment),
  };
}

export function relOf(seed: RelSeed, nodes: readonly NodeTable[]): RelTable {
  return {
    kind: 'rel',
    name: REL_NAMES[seed.name] ?? '',
    columns: seed.columns.map((column, at) => columnOf(REL_COLUMN_NAMES[at] ?? '', column)),
    connections: distinctPairs(seed.pairs.map((pair) => pairOf(pair, nodes))),
    multiplicity: seed.multiplicity,
    storageDirection: seed.storageDirection,
    ...commentOf(seed.comment),
  };
}

export function pairOf([from, to]: readonly [number, number], nodes: readonly { readonly name: string }[]): Connection {
  return { from: nodes[from % nodes.length]?.name ?? '', to: nodes[to % nodes.length]?.name ?? '' };
}

export function distinctPairs(pairs: readonly Connection[]): Connection[] {
  return [...new Map(pairs.map((pair) => [foldName(`${pair.from}\0${pair.to}`), pair])).values()];
}

export function columnOf(name: string, { type: at, withDefault }: ColumnSeed): Column {
  const { type, or } = TYPES[at] ?? { type: 'INT64', or: '' };
  return withDefault && or !== '' ? { name, type, default: or } : { name, type };
}

export function commentOf(at: number): { comment?: string } {
  const comment = COMMENTS[at];
  return comment === undefined ? {} : { comment };
}

/** The schema with a full-text index on one of its text columns that has none; the same one where there is none. */
export function withIndex(schema: Schema, pick: number): Schema {
  const places = schema.tables
    .filter((table) => table.kind === 'node')
    .flatMap((table) => table.columns.filter(isIndexable).map((column) => ({ table, column })))
    .filter(({ table }) => !schema.indexes.some((index) => sameName(index.table, table.name)));
  const place = places[pick % Math.max(places.length, 1)];
  if (place === undefined) return schema;
  const [table, column] = [place.table.name, place.column.name];
  const definition = `CALL CREATE_FTS_INDEX(${quoteString(table)}, 'words', [${quoteString(column)}], stemmer := 'english', stopWords := 'default')`;
  const index: Index = { name: 'words', table, type: 'FTS', columns: [column], definition };
  return { ...schema, indexes: [...schema.indexes, index] };
}

/** Kùzu writes the name into a query of its own, without quotes. */
function isIndexable({ name, type }: Column): boolean {
  return type === 'STRING' && !needsQuotes(name);
}
