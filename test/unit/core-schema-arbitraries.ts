import fc from 'fast-check';
import { foldName } from '../../src/core/dialect/kuzu-names';
import type { Change } from '../../src/core/schema/change';
import type {
  Column,
  Connection,
  Index,
  Macro,
  NodeTable,
  RelTable,
  Schema,
  Sequence,
  Table,
  UserType,
} from '../../src/core/schema/model';
import { applyRenames } from '../../src/core/schema/rename';

/** Few names, so that two schemas meet often: spelled in several ways, some reserved, some that need quotes. */
const name = fc.constantFrom('a', 'A', 'b', 'B', 'cc', 'Cc', 'order', 'ORDER', 'x y', '利用者', 'é', 'É', 'a``b');
const type = fc.constantFrom('INT64', 'STRING', 'DECIMAL(10, 2)', 'STRUCT(a INT64, b STRING[])', 'SERIAL');
const column: fc.Arbitrary<Column> = fc.record(
  { name, type, default: fc.constantFrom('1', "'x;'", "nextval('s')") },
  { requiredKeys: ['name', 'type'] },
);
const columns = (minLength: number) =>
  fc.uniqueArray(column, { minLength, maxLength: 5, selector: (item) => foldName(item.name) });
const connection: fc.Arbitrary<Connection> = fc.record({ from: name, to: name });
const comment = fc.constantFrom(undefined, '', 'one', "it's; // two");

const nodeTable: fc.Arbitrary<Table> = fc
  .record({ name, columns: columns(1), key: fc.nat(), comment })
  .map(({ key, comment: text, ...rest }) => ({
    kind: 'node' as const,
    ...rest,
    primaryKey: rest.columns[key % rest.columns.length]?.name ?? '',
    ...(text === undefined ? {} : { comment: text }),
  }));
const relTable: fc.Arbitrary<Table> = fc
  .record({
    name,
    columns: columns(0),
    connections: fc.uniqueArray(connection, { minLength: 1, maxLength: 4, selector: connectionKey }),
    multiplicity: fc.constantFrom('MANY_MANY' as const, 'MANY_ONE' as const),
    storageDirection: fc.constantFrom('both' as const, 'fwd' as const),
    comment,
  })
  .map(
    ({ comment: text, ...rest }): RelTable => ({
      kind: 'rel',
      ...rest,
      ...(text === undefined ? {} : { comment: text }),
    }),
  );

const sequence: fc.Arbitrary<Sequence> = fc.record({
  name,
  start: fc.constantFrom('1', '-5'),
  increment: fc.constantFrom('1', '-1'),
  min: fc.constantFrom('1', '-9223372036854775808'),
  max: fc.constantFrom('-1', '9223372036854775807'),
  cycle: fc.boolean(),
});
const macro: fc.Arbitrary<Macro> = fc.record({
  name,
  parameters: fc.constantFrom('', 'x, y := 3'),
  body: fc.constantFrom('x + 1', 'a(b(2)) // c', "'it;s'"),
});
const userType: fc.Arbitrary<UserType> = fc.record({ name, definition: fc.constantFrom('INT64', 'a[]', 'cc', 'b[]') });
const index: fc.Arbitrary<Index> = fc
  .record({ name, table: name, options: fc.constantFrom('', ", stemmer := 'none'") })
  .map(({ options, ...rest }) => ({
    ...rest,
    type: 'FTS',
    columns: ['b'],
    definition: `CALL CREATE_FTS_INDEX('${foldName(rest.table)}', '${foldName(rest.name)}', ['b']${options})`,
  }));

const named = <T extends { readonly name: string }>(item: fc.Arbitrary<T>) =>
  fc.uniqueArray(item, { maxLength: 4, selector: (value) => foldName(value.name) });

export const anySchema: fc.Arbitrary<Schema> = fc
  .record({
    tables: named(fc.oneof(nodeTable, relTable)),
    sequences: named(sequence),
    macros: named(macro),
    types: named(userType),
    indexes: fc.uniqueArray(index, { maxLength: 3, selector: (item) => foldName(`${item.table}\0${item.name}`) }),
  })
  .map(withoutStrayIndexes);

/** These schemas are all of the Kùzu family. */
function familyTable(table: Table): NodeTable | RelTable {
  if (table.kind === 'table') throw new TypeError(`${table.name} is a SQL table`);
  return table;
}

/** The same schema in other words: other order of everything, other case of names. */
export function reworded(schema: Schema): fc.Arbitrary<Schema> {
  const shuffled = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });
  const table = (item: NodeTable | RelTable): fc.Arbitrary<Table> =>
    item.kind === 'node'
      ? fc.record({ columns: shuffled(item.columns), flip: fc.boolean() }).map(({ columns: order, flip }) => ({
          ...item,
          name: recased(item.name, flip),
          primaryKey: recased(item.primaryKey, flip),
          columns: order.map((entry) => ({ ...entry, name: recased(entry.name, flip) })),
        }))
      : fc
          .record({ columns: shuffled(item.columns), connections: shuffled(item.connections), flip: fc.boolean() })
          .map(({ columns: order, connections, flip }) => ({
            ...item,
            name: recased(item.name, flip),
            columns: order,
            connections: connections.map(({ from, to }) => ({ from: recased(from, flip), to: recased(to, !flip) })),
          }));
  return fc.record({
    tables: fc.tuple(...schema.tables.map(familyTable).map(table)).chain(shuffled),
    sequences: shuffled(schema.sequences.map((item) => ({ ...item, name: recased(item.name, true) }))),
    macros: shuffled(schema.macros.map((item) => ({ ...item, name: recased(item.name, true) }))),
    types: shuffled(schema.types),
    indexes: shuffled(schema.indexes.map((item) => ({ ...item, table: recased(item.table, true) }))),
  });
}

/** Two schemas that are unrelated, equal in other words, or equal but for one of their lists. */
export const schemaPair: fc.Arbitrary<readonly [Schema, Schema]> = fc.oneof(
  fc.tuple(anySchema, anySchema),
  anySchema.chain((schema) => fc.tuple(fc.constant(schema), reworded(schema))),
  fc
    .tuple(anySchema, anySchema, fc.constantFrom('tables' as const, 'macros' as const, 'types' as const))
    .chain(([schema, other, list]) =>
      fc.tuple(fc.constant(schema), reworded(withoutStrayIndexes({ ...schema, [list]: other[list] }))),
    ),
);

/** What a schema means as one text: an oracle that shares no code with the diff but the folding of names. */
export function meaning(schema: Schema): string {
  const sorted = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).sort();
  const table = (item: NodeTable | RelTable) => ({
    kind: item.kind,
    name: foldName(item.name),
    columns: sorted(item.columns.map((entry) => [foldName(entry.name), entry.type, entry.default ?? null])),
    comment: item.comment ?? '',
    rest:
      item.kind === 'node'
        ? foldName(item.primaryKey)
        : [sorted(item.connections.map(connectionKey)), item.multiplicity, item.storageDirection],
  });
  return JSON.stringify([
    sorted(schema.tables.map(familyTable).map(table)),
    sorted(
      schema.sequences.map((item) => [foldName(item.name), item.start, item.increment, item.min, item.max, item.cycle]),
    ),
    sorted(schema.macros.map((item) => [foldName(item.name), item.parameters, item.body])),
    sorted(schema.types.map((item) => [foldName(item.name), item.definition])),
    sorted(schema.indexes.map((item) => item.definition)),
  ]);
}

/** Carries changes out on a model, so that a diff can be shown to be complete. */
export function applyChanges(schema: Schema, changes: readonly Change[]): Schema {
  return changes.reduce(applyChange, schema);
}

function applyChange(schema: Schema, change: Change): Schema {
  const inTable = (tableName: string, edit: (table: Table) => Table): Schema => ({
    ...schema,
    tables: schema.tables.map((table) => (table.name === tableName ? edit(table) : table)),
  });
  const replaced = (table: Table, before: Column, after: Partial<Column>): Table => ({
    ...table,
    columns: table.columns.map((entry) => (entry.name === before.name ? { ...entry, ...after } : entry)),
  });
  const without = <T>(items: readonly T[], gone: T) => items.filter((item) => item !== gone);
  const instead = <T>(items: readonly T[], before: T, after: T) => [...without(items, before), after];
  switch (change.kind) {
    case 'add-table':
      return { ...schema, tables: [...schema.tables, change.table] };
    case 'drop-table':
      return { ...schema, tables: without(schema.tables, change.table) };
    case 'rename-table':
    case 'rename-column':
      return applyRenames(schema, [change]);
    case 'add-column':
      return inTable(change.table, (table) => ({ ...table, columns: [...table.columns, change.column] }));
    case 'drop-column':
      return inTable(change.table, (table) => ({ ...table, columns: without(table.columns, change.column) }));
    case 'change-column-type':
      return inTable(change.table, (table) => replaced(table, change.before, { type: change.after.type }));
    case 'change-default':
      return inTable(change.table, (table) =>
        replaced(table, change.before, { default: change.after.default ?? undefined }),
      );
    case 'change-primary-key':
      return inTable(change.table, (table) => ({ ...table, primaryKey: change.after }) as Table);
    case 'add-connection':
      return inTable(change.table, (table) =>
        table.kind === 'rel' ? { ...table, connections: [...table.connections, change.connection] } : table,
      );
    case 'drop-connection':
      return inTable(change.table, (table) =>
        table.kind === 'rel' ? { ...table, connections: without(table.connections, change.connection) } : table,
      );
    case 'change-multiplicity':
      return inTable(change.table, (table) => ({ ...table, multiplicity: change.after }) as Table);
    case 'change-storage-direction':
      return inTable(change.table, (table) => ({ ...table, storageDirection: change.after }) as Table);
    case 'change-comment':
      return inTable(change.table, (table) => ({ ...table, comment: change.after ?? '' }));
    case 'add-sequence':
      return { ...schema, sequences: [...schema.sequences, change.sequence] };
    case 'drop-sequence':
      return { ...schema, sequences: without(schema.sequences, change.sequence) };
    case 'change-sequence':
      return { ...schema, sequences: instead(schema.sequences, change.before, change.after) };
    case 'add-macro':
      return { ...schema, macros: [...schema.macros, change.macro] };
    case 'drop-macro':
      return { ...schema, macros: without(schema.macros, change.macro) };
    case 'change-macro':
      return { ...schema, macros: instead(schema.macros, change.before, change.after) };
    case 'add-index':
      return { ...schema, indexes: [...schema.indexes, change.index] };
    case 'drop-index':
      return { ...schema, indexes: without(schema.indexes, change.index) };
    case 'change-index':
      return { ...schema, indexes: instead(schema.indexes, change.before, change.after) };
    case 'add-type':
      return { ...schema, types: [...schema.types, change.type] };
    case 'drop-type':
      return { ...schema, types: without(schema.types, change.type) };
    case 'change-type':
      return { ...schema, types: instead(schema.types, change.before, change.after) };
    case 'add-schema':
    case 'drop-schema':
    case 'add-view':
    case 'drop-view':
    case 'change-view':
    case 'change-object-comment':
    case 'change-not-null':
    case 'change-generated':
    case 'add-constraint':
    case 'drop-constraint':
      throw new TypeError(`${change.kind} is no change of the Kùzu family`);
  }
}

/** An index of a table that is not there cannot be. */
function withoutStrayIndexes(schema: Schema): Schema {
  const tables = new Set(schema.tables.map((table) => foldName(table.name)));
  return { ...schema, indexes: schema.indexes.filter((item) => tables.has(foldName(item.table))) };
}

function connectionKey(item: Connection): string {
  return foldName(`${item.from}\0${item.to}`);
}

function recased(text: string, flip: boolean): string {
  return flip ? text.replace(/[a-z]/gi, (c) => (c < 'a' ? c.toLowerCase() : c.toUpperCase())) : text;
}
