import assert from 'node:assert/strict';
import fc from 'fast-check';
import { quoteString, sameName } from '../../src/core/dialect/kuzu-names';
import type { Rename } from '../../src/core/schema/change';
import { diffSchemas, orderNotes } from '../../src/core/schema/diff';
import type { Schema, SqlTable } from '../../src/core/schema/model';
import { changedObjects, printPair } from '../../src/core/schema/print';
import { applyRenames, invertRenames } from '../../src/core/schema/rename';
import { anySchema } from './core-schema-arbitraries';

const EMPTY: Schema = { tables: [], sequences: [], macros: [], indexes: [], types: [] };

const graph: Schema = {
  ...EMPTY,
  tables: [
    {
      kind: 'node',
      name: 'User',
      columns: [
        { name: 'id', type: 'INT64' },
        { name: 'email', type: 'STRING' },
        { name: 'age', type: 'INT64' },
      ],
      primaryKey: 'id',
    },
    {
      kind: 'rel',
      name: 'Follows',
      columns: [{ name: 'since', type: 'DATE' }],
      connections: [{ from: 'User', to: 'user' }],
      multiplicity: 'MANY_MANY',
      storageDirection: 'both',
    },
  ],
  indexes: [
    {
      name: 'fts',
      table: 'User',
      type: 'FTS',
      columns: ['email'],
      definition: "CALL CREATE_FTS_INDEX('User', 'fts', ['email'], stemmer := 'none')",
    },
  ],
};
const toPerson: Rename = { kind: 'rename-table', from: 'User', to: 'Person' };

const sqlTable = (name: string, constraints: SqlTable['constraints'], generated = '(a + 1)'): SqlTable => ({
  kind: 'table',
  schema: 'main',
  name,
  columns: [
    { name: 'a', type: 'INTEGER' },
    { name: 'g', type: 'INTEGER', generated },
  ],
  constraints,
});

/** The engine writes an index in the spelling of its table and columns. */
function asEngineSpells(schema: Schema): Schema {
  const indexes = schema.indexes.map((index) => {
    const own = schema.tables.find(({ name }) => sameName(name, index.table));
    const table = own?.name ?? index.table;
    const columns = index.columns.map((name) => own?.columns.find((one) => sameName(one.name, name))?.name ?? name);
    const list = columns.map(quoteString).join(', ');
    return { ...index, table, columns, definition: `CALL CREATE_FTS_INDEX(${quoteString(table)}, 'i', [${list}])` };
  });
  return { ...schema, indexes: indexes.map((index) => ({ ...index, name: 'i' })) };
}

/** Renames of tables and columns of a schema, to names that nothing in it has. */
const renamed: fc.Arbitrary<readonly [Schema, readonly Rename[]]> = fc
  .tuple(anySchema.map(asEngineSpells), fc.array(fc.tuple(fc.boolean(), fc.nat(), fc.nat()), { maxLength: 6 }))
  .map(([schema, picks]) => {
    const names = new Map(schema.tables.map(({ name }) => [name, name]));
    const tables: Rename[] = [];
    const columns: Rename[] = [];
    const done = new Set<string>();
    picks.forEach(([isTable, pick, at]) => {
      const table = schema.tables[pick % Math.max(1, schema.tables.length)];
      const column = table?.columns[at % Math.max(1, table.columns.length)];
      const key = JSON.stringify([table?.name, isTable ? undefined : column?.name]);
      if (!table || (!isTable && !column) || done.has(key)) return;
      done.add(key);
      const to = `new ${done.size}`;
      if (isTable) {
        names.set(table.name, to);
        tables.push({ kind: 'rename-table', from: table.name, to });
      } else if (column) columns.push({ kind: 'rename-column', table: table.name, from: column.name, to });
    });
    const inOrder = columns.map((one) =>
      one.kind === 'rename-column' ? { ...one, table: names.get(one.table) ?? '' } : one,
    );
    return [schema, [...tables, ...inOrder]];
  });

describe('renames of a schema', () => {
  it('reach keys, connections and indexes', () => {
    const after = applyRenames(graph, [
      toPerson,
      { kind: 'rename-column', table: 'Person', from: 'id', to: 'key' },
      { kind: 'rename-column', table: 'Person', from: 'EMAIL', to: "mail'" },
    ]);
    const [person, follows] = after.tables;
    assert.equal(person?.kind === 'node' && person.primaryKey, 'key');
    assert.deepEqual(follows?.kind === 'rel' && follows.connections, [{ from: 'Person', to: 'Person' }]);
    assert.equal(
      after.indexes[0]?.definition,
      "CALL CREATE_FTS_INDEX('Person', 'fts', ['mail\\''], stemmer := 'none')",
    );
  });

  it('reach what DuckDB lets follow: keys, checks, generated columns, but no function, type or field of that name', () => {
    const before: Schema = {
      ...EMPTY,
      tables: [
        sqlTable('t', [
          { kind: 'unique', columns: ['a'] },
          { kind: 'check', expression: '((a > a(1)) AND (s.a = CAST(x AS a)))' },
        ]),
        sqlTable('u', [
          { kind: 'foreign-key', columns: ['a'], schema: 'main', table: 't', referenced: ['a'] },
          { kind: 'check', expression: '(a > 0)' },
        ]),
      ],
    };
    const after = applyRenames(before, [
      { kind: 'rename-table', from: 't', to: 'T 2', sqlSchema: 'main' },
      { kind: 'rename-column', table: 'T 2', from: 'a', to: 'b c', sqlSchema: 'main' },
    ]);
    const [t, u] = after.tables;
    assert.deepEqual(t?.kind === 'table' && [t.name, t.columns[1]?.generated, t.constraints], [
      'T 2',
      '("b c" + 1)',
      [
        { kind: 'unique', columns: ['b c'] },
        { kind: 'check', expression: '(("b c" > a(1)) AND (s.a = CAST(x AS a)))' },
      ],
    ]);
    assert.deepEqual(u?.kind === 'table' && u.constraints, [
      { kind: 'foreign-key', columns: ['a'], schema: 'main', table: 'T 2', referenced: ['b c'] },
      { kind: 'check', expression: '(a > 0)' },
    ]);
  });

  it('reach SQL indexes, whatever they are called', () => {
    const index = (definition: string): Schema => ({
      ...EMPTY,
      tables: [sqlTable('f', [])],
      indexes: [{ name: 'ON', table: 'f', schema: 'main', type: 'ART', columns: ['on', 'lower'], definition }],
    });
    const definitionOf = (schema: Schema, rename: Rename) => applyRenames(schema, [rename]).indexes[0]?.definition;
    const before = index('CREATE INDEX "ON" ON f("on", ((lower + lower(f))))');
    const table: Rename = { kind: 'rename-table', from: 'f', to: 'g', sqlSchema: 'main' };
    assert.equal(definitionOf(before, table), 'CREATE INDEX "ON" ON g("on", ((lower + lower(f))))');
    const column: Rename = { kind: 'rename-column', table: 'f', from: 'lower', to: 'low', sqlSchema: 'main' };
    assert.equal(definitionOf(before, column), 'CREATE INDEX "ON" ON f("on", ((low + lower(f))))');
    const used = index('CREATE INDEX "ON" ON app.f USING HNSW (f)');
    assert.equal(definitionOf(used, table), 'CREATE INDEX "ON" ON app.g USING HNSW (f)');
  });

  it('are taken back by their inverse', () => {
    fc.assert(
      fc.property(renamed, ([schema, renames]) => {
        const there = applyRenames(schema, renames);
        if (renames.length > 0) assert.notDeepEqual(there, schema);
        assert.deepEqual(diffSchemas(applyRenames(there, invertRenames(renames)), schema), []);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a comparison with renames', () => {
  const after = applyRenames(graph, [toPerson, { kind: 'rename-column', table: 'Person', from: 'email', to: 'mail' }]);
  const renames: Rename[] = [toPerson, { kind: 'rename-column', table: 'Person', from: 'email', to: 'mail' }];

  it('has them first, then only what is left', () => {
    assert.deepEqual(diffSchemas(graph, after, renames), renames);
    const [person, ...rest] = after.tables;
    assert.ok(person?.kind === 'node');
    const more = { ...after, tables: [{ ...person, comment: 'x' }, ...rest] };
    assert.deepEqual(
      diffSchemas(graph, more, renames).map(({ kind }) => kind),
      ['rename-table', 'rename-column', 'change-comment'],
    );
  });

  it('is all renames whenever the other side is the renamed schema', () => {
    fc.assert(
      fc.property(renamed, ([schema, all]) => {
        assert.deepEqual(diffSchemas(schema, applyRenames(schema, all), all), all);
      }),
    );
  });

  it('takes a renamed table for one object, and keeps renamed columns in their place', () => {
    const changed = changedObjects(graph, after, renames);
    assert.deepEqual(
      changed.map(({ name, newName }) => [name, newName]),
      [
        ['User', 'Person'],
        ['Follows', undefined],
      ],
    );
    const [user, person] = [changed[0]?.before.split('\n') ?? [], changed[0]?.after.split('\n') ?? []];
    assert.equal(
      person.findIndex((line) => line.includes('mail')),
      user.findIndex((line) => line.includes('email')),
    );
    const other: Rename[] = [{ kind: 'rename-column', table: 'User', from: 'email', to: 'mail' }];
    const moved = applyRenames(graph, other);
    const [first, ...rest] = moved.tables;
    assert.ok(first);
    const reordered = { ...moved, tables: [{ ...first, columns: [...first.columns].reverse() }, ...rest] };
    const pair = printPair(graph, reordered, other);
    assert.equal(pair.after, pair.before.replace('email', 'mail').replace("['email']", "['mail']"));
    assert.deepEqual(orderNotes(graph, reordered, other), [{ table: 'User', what: 'columns' }]);
  });
});
