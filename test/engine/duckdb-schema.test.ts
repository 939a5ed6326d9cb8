import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changeRows } from '../../src/core/report/changes';
import { diffSchemas } from '../../src/core/schema/diff';
import type { Schema } from '../../src/core/schema/model';
import { equalSchemas } from '../../src/core/schema/normalise';
import { changedObjects, printObjects, printPair, printSchema } from '../../src/core/schema/print';
import type { Driver } from '../../src/engine/driver';
import { withSession } from '../../src/engine/with-session';
import { schemaStatements } from '../support/duckdb-schemas';
import { withDrivers } from '../support/project';

/** The schema that statements make in a database of their own. */
async function schemaOf(driver: Driver, statements: readonly string[]): Promise<Schema> {
  return withSession(driver, { readOnly: false }, async (session) => {
    await session.run(statements.map((text) => ({ text })));
    return driver.introspect(session);
  });
}

/** The printed statements one by one: a semicolon ends one only at the end of a line, and no name here holds that. */
const statementsOfPrint = (schema: Schema) =>
  printSchema(schema)
    .split(/;\n+/)
    .filter((text) => text !== '');

/** One of everything that belongs to a schema, in an order in which it can be made. */
const EVERYTHING = [
  'CREATE SCHEMA app',
  'CREATE SCHEMA "Weird S"',
  "CREATE TYPE mood AS ENUM ('sad', 'it''s; ok')",
  'CREATE TYPE app.pt AS STRUCT(x DOUBLE, "y z" DOUBLE)',
  'CREATE TYPE "overlay" AS INTEGER[]',
  'CREATE SEQUENCE s1',
  'CREATE SEQUENCE app.s2 START 5 INCREMENT -2 MINVALUE -100 MAXVALUE 50 CYCLE',
  "CREATE MACRO twice(a, b := 'x, )', c := [1, 2]) AS a * 2",
  'CREATE MACRO zero() AS 0',
  "CREATE MACRO typed(a INTEGER, b VARCHAR := 'y') AS a",
  'CREATE MACRO several(a) AS a, (a, b := 3) AS a + b',
  'CREATE MACRO "We ird"("p q", z := {\'a\': 1}) AS "p q"',
  `CREATE TABLE parent (
    id INTEGER PRIMARY KEY, "Na me" VARCHAR NOT NULL DEFAULT 'x''y', m mood DEFAULT 'sad',
    g INTEGER GENERATED ALWAYS AS (id * 2), d DECIMAL(10, 2) CHECK (d > 0), u VARCHAR COLLATE nocase UNIQUE,
    n BIGINT DEFAULT nextval('s1'), l INTEGER[], st STRUCT(a INTEGER, "B c" VARCHAR), mp MAP(VARCHAR, INTEGER),
    arr INTEGER[3], ts TIMESTAMPTZ DEFAULT current_timestamp, p app.pt, un UNION(a INTEGER, b VARCHAR), j JSON,
    f INTEGER DEFAULT (twice(3) + 1), neg INTEGER DEFAULT -5, "x,y(" BLOB DEFAULT '\\x00'::BLOB,
    UNIQUE (id, u), CHECK (id < n))`,
  'CREATE TABLE a_child (id INTEGER, parent INTEGER REFERENCES parent (id), PRIMARY KEY (id, parent))',
  'CREATE TABLE app.self (id INTEGER PRIMARY KEY, up INTEGER REFERENCES app.self (id))',
  'CREATE VIEW z_first AS SELECT id, "Na me" AS b_second FROM parent WHERE id > 1',
  'CREATE VIEW app.b_second (x, y) AS SELECT * FROM z_first',
  'CREATE VIEW a_third AS SELECT twice(x) AS t FROM app.b_second',
  'CREATE MACRO rows_of(least, n := 3) AS TABLE SELECT * FROM a_third WHERE t > least LIMIT n',
  'CREATE VIEW last AS SELECT * FROM rows_of(1)',
  'CREATE UNIQUE INDEX u_ix ON app.self (id, (up + 1))',
  'CREATE INDEX "I (x" ON a_child (parent)',
  "COMMENT ON TABLE parent IS 'it''s the parent'",
  "COMMENT ON COLUMN app.self.up IS 'up'",
  "COMMENT ON VIEW a_third IS 'third'",
  "COMMENT ON COLUMN a_third.t IS 'twice'",
  "COMMENT ON COLUMN app.b_second.b_second IS 'shown as y'",
  "COMMENT ON INDEX u_ix IS 'index'".replace('u_ix', 'app.u_ix'),
  "COMMENT ON SEQUENCE s1 IS 'numbers'",
  "COMMENT ON TYPE mood IS 'moods'",
  "COMMENT ON MACRO twice IS 'two'",
  "COMMENT ON MACRO TABLE rows_of IS 'rows'",
];

describe('the schema of a DuckDB database', () => {
  it('prints as statements that make the same schema, whatever needs whatever', async () => {
    await withDrivers(async (drivers) => {
      const driver = drivers.get('duckdb');
      const schema = await schemaOf(driver, EVERYTHING);
      const again = await schemaOf(driver, statementsOfPrint(schema));
      assert.equal(printSchema(again), printSchema(schema));
      assert.ok(equalSchemas(schema, again));
      const { tables, views, schemas, types, sequences, macros, indexes } = schema;
      const counts = [tables, views ?? [], schemas ?? [], types, sequences, macros, indexes].map(
        ({ length }) => length,
      );
      assert.deepEqual(counts, [3, 4, 2, 3, 2, 6, 2]);
    });
  });

  it('reads what only the text of a table tells, and what no function of the catalog tells of a macro', async () => {
    await withDrivers(async (drivers) => {
      const { tables, macros } = await schemaOf(drivers.get('duckdb'), EVERYTHING);
      const parent = tables.find(({ name }) => name === 'parent');
      assert.ok(parent?.kind === 'table');
      const columns = new Map(parent.columns.map((column) => [column.name, column]));
      assert.deepEqual(columns.get('g'), { name: 'g', type: 'INTEGER', generated: '((id * 2))' });
      assert.deepEqual(columns.get('u'), { name: 'u', type: 'VARCHAR COLLATE nocase' });
      assert.deepEqual(columns.get('Na me'), { name: 'Na me', type: 'VARCHAR', default: "'x''y'", notNull: true });
      const parameters = new Map(macros.map((macro) => [macro.name, macro.parameters]));
      assert.equal(parameters.get('twice'), "a, b := 'x, )', c := [1, 2]");
      assert.equal(parameters.get('typed'), "a INTEGER, b VARCHAR := 'y'");
      assert.equal(macros.find(({ name }) => name === 'several')?.body, 'a, (a, b := 3) AS (a + b)');
    });
  });

  it('reads the comments on columns of views, by the names that COMMENT ON takes', async () => {
    await withDrivers(async (drivers) => {
      const driver = drivers.get('duckdb');
      const commented = async (statements: readonly string[]) => {
        const { views = [] } = await schemaOf(driver, statements);
        return views.map(({ name, columnComments = [] }) => [name, columnComments.map((one) => one.name)]);
      };
      const statements = [
        'CREATE TABLE t (a INTEGER, b INTEGER)',
        'CREATE VIEW listed (x, y) AS SELECT a, b AS "It\'s", 1 AS z FROM t',
        `COMMENT ON COLUMN listed."It's" IS 'y'`,
        "COMMENT ON COLUMN listed.z IS ''",
        'CREATE VIEW twice AS SELECT a, b AS a FROM t',
        "COMMENT ON COLUMN twice.a IS 'both'",
        'CREATE VIEW plain AS FROM t',
      ];
      const expected = [
        ['listed', ["It's", 'z']],
        ['plain', []],
        ['twice', ['a']],
      ];
      assert.deepEqual(await commented(statements), expected);
      assert.deepEqual(await commented(statementsOfPrint(await schemaOf(driver, statements))), expected);
      // A view that no longer runs is still read.
      const gone = [...statements, 'DROP TABLE t'];
      assert.deepEqual(await commented(gone), [
        ['listed', ['y', 'z']],
        ['plain', []],
        ['twice', ['a', 'a_1']],
      ]);
    });
  });

  it('leaves out what is temporary or belongs to another database', async () => {
    await withDrivers(async (drivers) => {
      const schema = await schemaOf(drivers.get('duckdb'), [
        'CREATE TABLE mine (a INTEGER)',
        'CREATE TEMP TABLE passing (a INTEGER)',
        'CREATE TEMP VIEW passing_view AS SELECT 1',
        'CREATE TEMP MACRO passing_macro(x) AS x',
        'CREATE TEMP SEQUENCE passing_numbers',
        "ATTACH ':memory:' AS other",
        'CREATE TABLE other.theirs (a INTEGER)',
      ]);
      assert.equal(printSchema(schema), 'CREATE TABLE mine (\n  a INTEGER\n);\n');
    });
  });

  it('comes back equal from its own text, for any schema', async () => {
    await withDrivers(async (drivers) => {
      const driver = drivers.get('duckdb');
      await fc.assert(
        fc.asyncProperty(schemaStatements, async (statements) => {
          const schema = await schemaOf(driver, statements);
          const again = await schemaOf(driver, statementsOfPrint(schema));
          const pair = printPair(schema, again);
          assert.equal(pair.after, pair.before);
          assert.deepEqual(diffSchemas(schema, again), []);
        }),
        { numRuns: 100 },
      );
    });
  });

  it('differs as texts exactly where it differs as a list of changes', async () => {
    await withDrivers(async (drivers) => {
      const driver = drivers.get('duckdb');
      await fc.assert(
        fc.asyncProperty(schemaStatements, schemaStatements, async (one, other) => {
          const [before, after] = [await schemaOf(driver, one), await schemaOf(driver, other)];
          const pair = printPair(before, after);
          const changes = diffSchemas(before, after);
          assert.equal(changes.length === 0, pair.before === pair.after);
          assert.equal(changes.length === 0, changedObjects(before, after).length === 0);
          // Every change has a name and a text of one line.
          for (const row of changeRows(changes)) assert.ok(row.object !== '' && /^[A-Z].*$/.test(row.text), row.text);
        }),
        { numRuns: 40 },
      );
    });
  });

  const before = [
    'CREATE SCHEMA old',
    'CREATE SEQUENCE s',
    "CREATE TYPE mood AS ENUM ('a')",
    'CREATE MACRO m(x) AS x',
    'CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b VARCHAR, n BIGINT, "C" DOUBLE, CHECK (a > 0))',
    'CREATE TABLE gone (id INTEGER)',
    'CREATE VIEW v AS SELECT id FROM t',
    'CREATE INDEX i ON t (a)',
  ];
  const after = [
    'CREATE SCHEMA app',
    'CREATE SEQUENCE s INCREMENT 5',
    "CREATE TYPE mood AS ENUM ('a', 'b')",
    'CREATE MACRO m(x) AS x + 1',
    `CREATE TABLE t (id INTEGER PRIMARY KEY, a SMALLINT DEFAULT 1, b VARCHAR NOT NULL, n HUGEINT, e DATE, UNIQUE (a))`,
    'CREATE TABLE app.new (id INTEGER)',
    'CREATE VIEW v AS SELECT id, a FROM t',
    'CREATE INDEX i ON t (b)',
    "COMMENT ON TABLE t IS 'it''s'",
    "COMMENT ON COLUMN t.a IS 'a'",
    "COMMENT ON VIEW v IS 'v'",
  ];

  it('names each change, what it may destroy, and the statement for it in SQL', async () => {
    await withDrivers(async (drivers) => {
      const driver = drivers.get('duckdb');
      const rows = changeRows(diffSchemas(await schemaOf(driver, before), await schemaOf(driver, after)));
      assert.deepEqual(
        rows.map(({ object, hazards, text }) => [object, hazards.join(), text]),
        [
          ['app', '', 'CREATE SCHEMA app'],
          ['old', '', 'DROP SCHEMA old'],
          ['mood', '', "CHANGE CREATE TYPE mood AS ENUM('a') TO CREATE TYPE mood AS ENUM('a', 'b')"],
          ['s', 'DL105', 'CHANGE CREATE SEQUENCE s TO CREATE SEQUENCE s INCREMENT BY 5'],
          ['m', '', 'CREATE OR REPLACE MACRO m(x) AS (x + 1)'],
          ['app.new', '', 'CREATE TABLE app.new (id INTEGER)'],
          ['gone', 'DL101', 'DROP TABLE gone'],
          ['t.a', 'DL104,KM222', 'ALTER TABLE t ALTER COLUMN a SET DATA TYPE SMALLINT'],
          ['t.a', '', 'ALTER TABLE t ALTER COLUMN a SET DEFAULT 1'],
          ['t.n', '', 'ALTER TABLE t ALTER COLUMN n SET DATA TYPE HUGEINT'],
          ['t.C', 'DL102', 'ALTER TABLE t DROP COLUMN C'],
          ['t.e', '', 'ALTER TABLE t ADD COLUMN e DATE'],
          ['t.b', 'KM223', 'ALTER TABLE t ALTER COLUMN b SET NOT NULL'],
          ['t', 'KM221', 'ALTER TABLE t DROP CHECK (a > 0)'],
          ['t', 'KM221,KM223', 'ALTER TABLE t ADD UNIQUE (a)'],
          ['t', '', "COMMENT ON TABLE t IS 'it''s'"],
          ['v', '', 'CREATE OR REPLACE VIEW v AS SELECT id, a FROM t'],
          ['t.i', '', 'CHANGE CREATE INDEX i ON t(a) TO CREATE INDEX i ON t(b)'],
          ['t.a', '', "COMMENT ON COLUMN t.a IS 'a'"],
          ['v', '', "COMMENT ON VIEW v IS 'v'"],
        ],
      );
    });
  });

  it('comes in pieces for a comparison, a table with its indexes and comments', async () => {
    await withDrivers(async (drivers) => {
      const pieces = printObjects(await schemaOf(drivers.get('duckdb'), after));
      assert.deepEqual(
        pieces.map(({ kind, name }) => [kind, name]),
        [
          ['schemas', 'schemas'],
          ['types', 'types'],
          ['sequences', 'sequences'],
          ['macros', 'macros'],
          ['table', 'app.new'],
          ['table', 't'],
          ['view', 'v'],
        ],
      );
      assert.match(pieces[5]?.text ?? '', /^CREATE TABLE t[\s\S]*COMMENT ON TABLE t[\s\S]*CREATE INDEX i ON t/);
    });
  });
});
