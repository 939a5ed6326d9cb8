import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diffSchemas, orderNotes } from '../../src/core/schema/diff';
import type { NodeTable, RelTable, Schema } from '../../src/core/schema/model';
import { equalSchemas, normaliseSchema } from '../../src/core/schema/normalise';
import { compareCodePoints } from '../../src/core/schema/order';
import { changedObjects, printObjects, printPair, printSchema, printTable } from '../../src/core/schema/print';
import { scanStatements } from '../../src/core/script/scan';
import { anySchema, applyChanges, meaning, reworded, schemaPair } from './core-schema-arbitraries';

const EMPTY: Schema = { tables: [], sequences: [], macros: [], indexes: [], types: [] };
const schemaOf = (...tables: Schema['tables'][number][]): Schema => ({ ...EMPTY, tables });

const user: NodeTable = {
  kind: 'node',
  name: 'User',
  columns: [
    { name: 'id', type: 'SERIAL' },
    { name: 'full name', type: 'STRING', default: "'x'" },
  ],
  primaryKey: 'id',
  comment: "it's",
};
const follows: RelTable = {
  kind: 'rel',
  name: 'Follows',
  connections: [
    { from: 'User', to: 'User' },
    { from: 'User', to: 'order' },
  ],
  columns: [{ name: 'since', type: 'DATE' }],
  multiplicity: 'MANY_ONE',
  storageDirection: 'fwd',
};

describe('the canonical order of a schema', () => {
  const names = (items: readonly { readonly name: string }[]) => items.map((item) => item.name);

  it('puts node tables before rel tables and sorts by code point, not by locale, with the case left out', () => {
    const node = (name: string): NodeTable => ({ ...user, name });
    const { tables } = normaliseSchema(schemaOf(follows, node('b'), node('é'), node('Z'), node('_'), node('A')));
    assert.deepEqual(names(tables), ['_', 'A', 'b', 'Z', 'é', 'Follows']);
    assert.ok(compareCodePoints('\uffff', '😀') < 0, 'a surrogate pair stands above every single unit');
  });

  it('puts types and macros behind those that they mention', () => {
    const { types, macros } = normaliseSchema({
      ...EMPTY,
      types: [
        { name: 'a', definition: 'Z[]' },
        { name: 'm', definition: 'STRUCT(x `my type`)' },
        { name: 'my type', definition: 'INT64' },
        { name: 'z', definition: 'INT64' },
      ],
      macros: [
        { name: 'A', parameters: 'x', body: "z(x) + 'b'" },
        { name: 'B', parameters: 'x', body: 'x' },
        { name: 'Z', parameters: 'x', body: 'x' },
      ],
    });
    assert.deepEqual(names(types), ['z', 'a', 'my type', 'm']);
    assert.deepEqual(names(macros), ['Z', 'A', 'B']);
  });

  it('is fine with a circle and with a long chain', () => {
    const circle = [
      { name: 'a', definition: 'b' },
      { name: 'b', definition: 'a' },
    ];
    assert.deepEqual(names(normaliseSchema({ ...EMPTY, types: circle }).types), ['b', 'a']);
    const chain = Array.from({ length: 20_000 }, (_, i) => ({ name: `t${i}`, definition: `t${i + 1}[]` }));
    assert.equal(normaliseSchema({ ...EMPTY, types: chain }).types[0]?.name, 't19999');
  });
});

describe('the text of a schema', () => {
  it('reads as DDL, one column a line, with quotes only where they are needed', () => {
    const text = printSchema({
      tables: [follows, user],
      types: [{ name: 'money', definition: 'DECIMAL(10, 2)' }],
      sequences: [
        { name: 'sq', start: '10', increment: '5', min: '5', max: '100', cycle: true },
        { name: 'plain', start: '1', increment: '1', min: '1', max: '9223372036854775807', cycle: false },
        { name: 'down', start: '-1', increment: '-1', min: '-9223372036854775808', max: '-1', cycle: false },
      ],
      macros: [{ name: 'ADDER', parameters: 'x, y := 3', body: '(x + y) * 2' }],
      indexes: [
        {
          name: 'fx',
          table: 'User',
          type: 'FTS',
          columns: ['full name'],
          definition: "CALL CREATE_FTS_INDEX('User', 'fx', ['full name'])",
        },
      ],
    });
    assert.equal(
      text,
      `CREATE TYPE money AS DECIMAL(10, 2);

CREATE SEQUENCE down START -1 INCREMENT -1;
CREATE SEQUENCE plain START 1;
CREATE SEQUENCE sq START 10 INCREMENT 5 MINVALUE 5 MAXVALUE 100 CYCLE;

CREATE MACRO ADDER(x, y := 3) AS (x + y) * 2;

CREATE NODE TABLE User (
  id SERIAL,
  \`full name\` STRING DEFAULT 'x',
  PRIMARY KEY (id)
);
COMMENT ON TABLE User IS 'it\\'s';

CREATE REL TABLE Follows (
  FROM User TO User,
  FROM User TO \`order\`,
  since DATE,
  MANY_ONE
) WITH (storage_direction = 'fwd');

CALL CREATE_FTS_INDEX('User', 'fx', ['full name']);
`,
    );
  });

  it('is empty for an empty schema', () => {
    assert.equal(printSchema(EMPTY), '');
  });

  it('spells the primary key as its column is spelled, for the engine wants that', () => {
    assert.match(printTable({ ...user, primaryKey: 'ID' }), /PRIMARY KEY \(id\)/);
  });

  it('does not lose a semicolon to a line comment at the end of a recorded text', () => {
    const macros = [
      { name: 'A', parameters: 'x', body: 'x // note' },
      { name: 'B', parameters: 'x', body: "x + 'http://b'" },
    ];
    const text = printSchema({ ...EMPTY, macros });
    assert.equal(text, "CREATE MACRO A(x) AS x // note\n;\nCREATE MACRO B(x) AS x + 'http://b';\n");
  });

  it('holds one statement for each object and comment, whatever the names', () => {
    fc.assert(
      fc.property(anySchema, (schema) => {
        const comments = schema.tables.filter((table) => table.comment).length;
        const { tables, types, sequences, macros, indexes } = schema;
        const expected = [tables, types, sequences, macros, indexes].reduce((sum, list) => sum + list.length, comments);
        assert.equal(scanStatements(printSchema(schema)).length, expected);
      }),
    );
  });

  it('is the same for the same schema in another order of objects', () => {
    fc.assert(
      fc.property(anySchema, (schema) => {
        const { tables, sequences, macros, types, indexes } = schema;
        const turned = {
          tables: [...tables].reverse(),
          sequences: [...sequences].reverse(),
          macros: [...macros].reverse(),
          types: [...types].reverse(),
          indexes: [...indexes].reverse(),
        };
        assert.equal(printSchema(turned), printSchema(schema));
        assert.equal(printSchema(normaliseSchema(schema)), printSchema(schema));
      }),
    );
  });

  it('shows a pair in the older order and spelling: no noise but the difference', () => {
    const newer: NodeTable = {
      ...user,
      name: 'USER',
      columns: [
        { name: 'age', type: 'INT64' },
        { name: 'Full Name', type: 'STRING', default: "'x'" },
        { name: 'ID', type: 'SERIAL' },
      ],
      primaryKey: 'ID',
    };
    const { before, after } = printPair(schemaOf(user), schemaOf(newer));
    assert.equal(after, before.replace("DEFAULT 'x',\n", "DEFAULT 'x',\n  age INT64,\n"));
    assert.equal(printTable(newer, user), after);
  });

  it('comes in pieces for a comparison by object: tables with comment and indexes, the rest by kind', () => {
    const index = { name: 'fx', table: 'user', type: 'FTS', columns: ['name'], definition: 'CALL X()' };
    const macro = { name: 'M', parameters: '', body: '1' };
    const before: Schema = { ...schemaOf(user, follows), macros: [macro] };
    const after: Schema = {
      ...schemaOf(user),
      indexes: [index],
      types: [{ name: 't', definition: 'INT64' }],
      macros: [macro],
    };
    assert.deepEqual(
      printObjects(after).map(({ kind, name }) => [kind, name]),
      [
        ['types', 'types'],
        ['macros', 'macros'],
        ['table', 'User'],
      ],
    );
    const text = printTable(user);
    assert.deepEqual(changedObjects(before, after), [
      { kind: 'table', name: 'User', before: text, after: `${text}CALL X();\n` },
      { kind: 'table', name: 'Follows', before: printTable(follows), after: '' },
      { kind: 'types', name: 'types', before: '', after: 'CREATE TYPE t AS INT64;\n' },
    ]);
  });
});

describe('the difference of two schemas', () => {
  it('is empty between a schema and itself in other words', () => {
    fc.assert(
      fc.property(
        anySchema.chain((schema) => fc.tuple(fc.constant(schema), reworded(schema))),
        ([schema, same]) => {
          assert.deepEqual(diffSchemas(schema, schema), []);
          assert.deepEqual(diffSchemas(schema, same), []);
          assert.ok(equalSchemas(schema, same));
        },
      ),
    );
  });

  it('is empty, the texts equal and no object changed exactly when the schemas mean the same', () => {
    fc.assert(
      fc.property(schemaPair, ([before, after]) => {
        const equal = meaning(before) === meaning(after);
        const text = printPair(before, after);
        assert.equal(diffSchemas(before, after).length === 0, equal);
        assert.equal(equalSchemas(before, after), equal);
        assert.equal(text.before === text.after, equal);
        assert.equal(changedObjects(before, after).length === 0, equal);
      }),
      { numRuns: 500 },
    );
  });

  it('is complete: carried out on the older schema, it makes the newer one', () => {
    fc.assert(
      fc.property(schemaPair, ([before, after]) => {
        assert.equal(meaning(applyChanges(before, diffSchemas(before, after))), meaning(after));
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order in which objects are listed', () => {
    fc.assert(
      fc.property(schemaPair, ([before, after]) => {
        const turned = { ...after, tables: [...after.tables].reverse(), macros: [...after.macros].reverse() };
        assert.deepEqual(diffSchemas(before, turned), diffSchemas(before, after));
      }),
    );
  });

  it('names each thing that differs within a table, in a fixed order', () => {
    const newer: RelTable = {
      ...follows,
      connections: [
        { from: 'user', to: 'USER' },
        { from: 'order', to: 'User' },
      ],
      columns: [{ name: 'Since', type: 'TIMESTAMP', default: 'now()' }],
      multiplicity: 'MANY_MANY',
      storageDirection: 'both',
      comment: 'new',
    };
    assert.deepEqual(
      diffSchemas(schemaOf(follows), schemaOf(newer)).map((change) => change.kind),
      [
        'drop-connection',
        'add-connection',
        'change-column-type',
        'change-default',
        'change-multiplicity',
        'change-storage-direction',
        'change-comment',
      ],
    );
  });

  it('drops and adds a table that became one of the other kind', () => {
    const changes = diffSchemas(schemaOf({ ...user, name: 'follows' }), schemaOf(follows));
    assert.deepEqual(
      changes.map((change) => change.kind),
      ['drop-table', 'add-table'],
    );
  });

  it('takes an empty comment for none', () => {
    const bare: NodeTable = { kind: 'node', name: 'User', columns: user.columns, primaryKey: 'id' };
    assert.deepEqual(diffSchemas(schemaOf(bare), schemaOf({ ...bare, comment: '' })), []);
    assert.deepEqual(diffSchemas(schemaOf(user), schemaOf(bare)), [
      { kind: 'change-comment', table: 'User', before: "it's" },
    ]);
  });

  it('notes another order of columns and connections, and only of those on both sides', () => {
    const turned: RelTable = {
      ...follows,
      connections: [...follows.connections].reverse(),
      columns: [{ name: 'new', type: 'INT64' }, ...follows.columns],
    };
    const turnedUser: NodeTable = { ...user, columns: [...user.columns].reverse() };
    assert.deepEqual(orderNotes(schemaOf(user, follows), schemaOf(turnedUser, turned)), [
      { table: 'Follows', what: 'connections' },
      { table: 'User', what: 'columns' },
    ]);
    assert.deepEqual(orderNotes(schemaOf(user), schemaOf(user)), []);
  });
});
