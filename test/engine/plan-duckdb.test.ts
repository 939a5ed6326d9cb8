import assert from 'node:assert/strict';
import { diffSchemas } from '../../src/core/schema/diff';
import { planSql } from '../../src/core/schema/plan/sql';
import type { Driver, Session } from '../../src/engine/driver';
import { withSession } from '../../src/engine/with-session';
import { withDrivers } from '../support/project';

const run = (session: Session, ...texts: readonly string[]) => session.run(texts.map((text) => ({ text, rows: 100 })));

async function rows(session: Session, query: string) {
  const [answer] = await run(session, query);
  return answer?.rows;
}

/** Runs the last statement behind the others, in a database of its own. */
async function last(driver: Driver, ...texts: readonly string[]) {
  return withSession(driver, { readOnly: false }, async (session) => (await run(session, ...texts)).at(-1)?.rows);
}

/** Plans the way between what two lists of statements make, and walks it in a database with rows. */
async function planned(driver: Driver, before: string[], after: string[], fill: string[], query: string) {
  const target = await withSession(driver, { readOnly: false }, async (session) => {
    await run(session, ...after);
    return driver.introspect(session);
  });
  return withSession(driver, { readOnly: false }, async (session) => {
    await run(session, ...before);
    const source = await driver.introspect(session);
    await run(session, ...fill);
    const { statements } = planSql({ before: source, after: target, renames: [] });
    await run(session, driver.begin, ...statements.map(({ text }) => text), driver.commit);
    assert.deepEqual(diffSchemas(await driver.introspect(session), target), []);
    return rows(session, query);
  });
}

const PARENT = ['CREATE TABLE p (id INTEGER PRIMARY KEY)', 'INSERT INTO p VALUES (1), (2)'];
const CHILD = ['CREATE TABLE c (up INTEGER REFERENCES p (id))', 'INSERT INTO c VALUES (1)'];
const OWN = 'CREATE TABLE own (id INTEGER PRIMARY KEY, up INTEGER REFERENCES own (id))';
const OTHER = 'CREATE TABLE own (id BIGINT PRIMARY KEY, up BIGINT REFERENCES own (id))';

describe('what a plan for DuckDB rests on', () => {
  it('is that a renamed table with a foreign key leaves its old name behind', async () => {
    await withDrivers(async (drivers) => {
      const renamed = [...PARENT, ...CHILD, 'ALTER TABLE c RENAME TO d'];
      await assert.rejects(
        last(drivers.get('duckdb'), ...renamed, 'DELETE FROM p WHERE id = 2'),
        /name c does not exist/,
      );
      await assert.rejects(last(drivers.get('duckdb'), ...renamed, 'DROP TABLE d', 'DROP TABLE p'), /main key table/);
    });
  });

  it('is that rows of one INSERT can’t refer to each other, unless they come from turns of a recursion', async () => {
    await withDrivers(async (drivers) => {
      const driver = drivers.get('duckdb');
      await assert.rejects(last(driver, OWN, 'INSERT INTO own VALUES (1, NULL), (2, 1)'), /foreign key/);
      const query = 'SELECT count(*)::INTEGER, max(up)::INTEGER FROM own';
      const chain =
        'INSERT INTO own WITH RECURSIVE a(id, up) AS (SELECT 0, NULL UNION ALL SELECT id + 1, id FROM a WHERE id < 299)';
      assert.deepEqual(await last(driver, OWN, `${chain} FROM a`, query), [[300, 298]]);
      // Row by row for the source, and one statement for the plan.
      const fill = Array.from(
        { length: 40 },
        (_, i) => `INSERT INTO own VALUES (${100 - i}, ${i === 0 ? 'NULL' : 101 - i})`,
      );
      assert.deepEqual(await planned(driver, [OWN], [OTHER], fill, query), [[40, 100]]);
    });
  });

  it('is that a view which is made anew has lost the comments on its columns', async () => {
    await withDrivers(async (drivers) => {
      const driver = drivers.get('duckdb');
      const comments =
        "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'v' AND comment IS NOT NULL";
      const view = ['CREATE VIEW v AS SELECT a AS one, 1 AS two FROM t', "COMMENT ON COLUMN v.one IS 'first'"];
      const table = 'CREATE TABLE t (a INTEGER)';
      const again = 'CREATE OR REPLACE VIEW v AS SELECT a AS one, 1 AS two FROM t';
      assert.deepEqual(await last(driver, table, ...view, again, comments), []);
      const older = [table, ...view, "COMMENT ON COLUMN v.two IS 'second'"];
      // Under a table that is made anew, and in its place.
      const rebuilt = ['CREATE TABLE t (a INTEGER UNIQUE)', ...view];
      assert.deepEqual(await planned(driver, older, rebuilt, [], comments), [['one', 'first']]);
      assert.deepEqual(await planned(driver, older, [table, ...view], [], comments), [['one', 'first']]);
      assert.deepEqual(await planned(driver, [table, view[0] ?? ''], older, [], comments), [
        ['one', 'first'],
        ['two', 'second'],
      ]);
      const listed = ['CREATE VIEW v (shown) AS SELECT a AS one FROM t', "COMMENT ON COLUMN v.one IS 'first'"];
      assert.deepEqual(await planned(driver, older, [table, ...listed], [], comments), [['shown', 'first']]);
    });
  });

  it('is that several keys to the own table are met in the order of all of them', async () => {
    await withDrivers(async (drivers) => {
      const text = (type: string) =>
        `CREATE TABLE own (id ${type} PRIMARY KEY, up ${type} REFERENCES own (id), via ${type} REFERENCES own (id))`;
      const fill = ['(1, NULL, NULL)', '(5, 1, NULL)', '(3, 1, 5)', '(2, 3, 1)'].map(
        (row) => `INSERT INTO own VALUES ${row}`,
      );
      const found = await planned(
        drivers.get('duckdb'),
        [text('INTEGER')],
        [text('SMALLINT')],
        fill,
        'FROM own ORDER BY id',
      );
      assert.deepEqual(found, [
        [1, null, null],
        [2, 3, 1],
        [3, 1, 5],
        [5, 1, null],
      ]);
    });
  });

  it('is that a column may be called like the engine’s number of a row, or like what a plan calls things', async () => {
    await withDrivers(async (drivers) => {
      const driver = drivers.get('duckdb');
      const text = (type: string, more: string) =>
        `CREATE TABLE level (id ${type} PRIMARY KEY, rowid INTEGER, "#ROW" INTEGER, "#up" INTEGER, "#depth" INTEGER, kept STRUCT(id INTEGER), up ${type} REFERENCES level (id)${more})`;
      const fill = [
        "INSERT INTO level VALUES (1, 7, 1, 1, 1, {'id': 5}, NULL)",
        'INSERT INTO level VALUES (3, 7, 2, 1, 1, NULL, 1)',
        'INSERT INTO level VALUES (2, NULL, NULL, NULL, NULL, NULL, 3)',
      ];
      const own = (row: string) => row.replace(/(\w+)\)$/, '$1, $1)');
      const query = 'SELECT id::INTEGER, rowid, "#ROW", "#up", "#depth", kept.id, up::INTEGER FROM level ORDER BY id';
      const expected = [
        [1, 7, 1, 1, 1, 5, null],
        [2, null, null, null, null, null, 3],
        [3, 7, 2, 1, 1, null, 1],
      ];
      assert.deepEqual(await planned(driver, [text('INTEGER', '')], [text('BIGINT', '')], fill, query), expected);
      const [before, after] = ['INTEGER', 'BIGINT'].map((type) => text(type, `, via ${type} REFERENCES level (id)`));
      assert.deepEqual(await planned(driver, [before ?? ''], [after ?? ''], fill.map(own), query), expected);
    });
  });

  it('is that a row which refers to itself stops a plan that adds the key, instead of being lost', async () => {
    await withDrivers(async (drivers) => {
      const before = ['CREATE TABLE own (id INTEGER PRIMARY KEY, up INTEGER)'];
      const fill = ['INSERT INTO own VALUES (1, NULL), (2, 2)'];
      await assert.rejects(
        planned(drivers.get('duckdb'), before, [OWN], fill, 'FROM own'),
        /rows refer to themselves or to no row/,
      );
    });
  });

  it('is that an index which is dropped keeps its name, if it is UNIQUE, and its column until COMMIT', async () => {
    await withDrivers(async (drivers) => {
      const driver = drivers.get('duckdb');
      const made = ['CREATE TABLE t (a INTEGER)', 'CREATE UNIQUE INDEX i ON t (a)', 'BEGIN', 'DROP INDEX i'];
      await assert.rejects(last(driver, ...made, 'CREATE UNIQUE INDEX i ON t (a)'), /name i already exists/);
      await assert.rejects(last(driver, ...made, 'ALTER TABLE t ALTER a TYPE BIGINT'), /an index depends on it/);
    });
  });

  it('is that a new column is not filled by a call before COMMIT', async () => {
    await withDrivers(async (drivers) => {
      const begun = ['CREATE TABLE t (a INTEGER)', 'INSERT INTO t VALUES (1)', 'BEGIN'];
      const added = [...begun, 'ALTER TABLE t ADD COLUMN b INTEGER[] DEFAULT list_value(1)'];
      await assert.rejects(last(drivers.get('duckdb'), ...added, 'ALTER TABLE t ALTER b SET NOT NULL'));
      await last(drivers.get('duckdb'), ...added, 'COMMIT', 'ALTER TABLE t ALTER b SET NOT NULL');
    });
  });

  it('is that a DEFAULT, a CHECK and a generated column hold macros and types, a column’s type does not', async () => {
    await withDrivers(async (drivers) => {
      const driver = drivers.get('duckdb');
      const made = ["CREATE TYPE mood AS ENUM ('a')", 'CREATE MACRO m(x) AS x', 'CREATE SEQUENCE s'];
      const holding: [string, string][] = [
        ['a INTEGER DEFAULT m(1)', 'MACRO m'],
        ['a INTEGER CHECK (m(a) > 0)', 'MACRO m'],
        ['a INTEGER, b INTEGER GENERATED ALWAYS AS (m(a))', 'MACRO m'],
        ["a VARCHAR DEFAULT 'a'::mood", 'TYPE mood'],
        ["a BIGINT DEFAULT nextval('s')", 'SEQUENCE s'],
      ];
      for (const [columns, held] of holding) {
        await assert.rejects(last(driver, ...made, `CREATE TABLE t (${columns})`, `DROP ${held}`), /depend on it/);
      }
      const free = [
        'CREATE TABLE t (a mood, n INTEGER)',
        'CREATE VIEW v AS SELECT m(n) AS x FROM t',
        'CREATE INDEX i ON t ((m(n)))',
      ];
      await last(driver, ...made, ...free, 'DROP MACRO m', 'DROP TYPE mood');
    });
  });

  it('is that a renamed column is renamed in CHECKs and generated columns, not in views', async () => {
    await withDrivers(async (drivers) => {
      const found = await last(
        drivers.get('duckdb'),
        'CREATE TABLE t (a INTEGER CHECK (a > 0), b INTEGER GENERATED ALWAYS AS (a + 1))',
        'CREATE VIEW v AS SELECT a FROM t',
        'ALTER TABLE t RENAME a TO c',
        "SELECT sql FROM duckdb_tables() UNION ALL SELECT sql FROM duckdb_views() WHERE view_name = 'v'",
      );
      assert.deepEqual(found, [
        ['CREATE TABLE t(c INTEGER, b INTEGER GENERATED ALWAYS AS((c + 1)), CHECK((c > 0)));'],
        ['CREATE VIEW v AS SELECT a FROM t;'],
      ]);
    });
  });
});
