import assert from 'node:assert/strict';
import path from 'node:path';
import { engineSqlName } from '../../src/core/dialect/sql-keywords';
import { quoteSqlName } from '../../src/core/dialect/sql-names';
import { changeText } from '../../src/core/report/changes';
import type { Rename } from '../../src/core/schema/change';
import { diffSchemas } from '../../src/core/schema/diff';
import type { EngineName } from '../../src/core/schema/model';
import { applyRenames, invertRenames } from '../../src/core/schema/rename';
import { withSession } from '../../src/engine/with-session';
import { withTempDir } from '../support/kuzu-script';
import { withDrivers } from '../support/project';

/** Renames on the engine, there and back, with what the model makes of them beside it. */
async function renamesAlike(engine: EngineName, statements: readonly string[], renames: readonly Rename[]) {
  await withTempDir((dir) =>
    withDrivers(async (drivers) => {
      const driver = drivers.get(engine);
      // The catalog is read from the file, where it lies once the database is closed.
      const run = (texts: readonly string[]) =>
        withSession(driver, { path: path.join(dir, 'x.db'), readOnly: false }, async (session) => {
          await session.run(texts.map((text) => ({ text })));
          await driver.checkpoint(session);
          return driver.introspect(session);
        });
      const before = await run(statements);
      const after = await run(renames.map(changeText));
      assert.deepEqual(diffSchemas(applyRenames(before, renames), after), []);
      assert.deepEqual(diffSchemas(before, after, renames), renames);
      const back = invertRenames(renames);
      const again = await run(back.map(changeText));
      assert.deepEqual(diffSchemas(applyRenames(after, back), again), []);
      assert.deepEqual(diffSchemas(again, before), []);
    }),
  );
}

describe('names as DuckDB writes them', () => {
  it('stand in quotes where the model puts them in quotes', async () => {
    await withDrivers(async (drivers) => {
      await withSession(drivers.get('duckdb'), { readOnly: false }, async (session) => {
        const ask = 'SELECT DISTINCT keyword_name FROM duckdb_keywords()';
        const [asked] = await session.run([{ text: ask, rows: 2000 }]);
        const words = (asked?.rows ?? []).map(([word]) => String(word));
        assert.ok(words.length > 400);
        const names = [...words, 'abc', 'Def', '_a', 'a1', '1a', 'a$b', 'ä', 'a b', 'a"b'];
        const columns = names.map((_, at) => `c${at} INTEGER`);
        const lines = names.map((name, at) => `ALTER TABLE t RENAME COLUMN c${at} TO ${quoteSqlName(name)}`);
        await session.run([`CREATE TABLE t (${columns.join(', ')})`, ...lines].map((text) => ({ text })));
        const [made] = await session.run([{ text: 'SELECT sql FROM duckdb_tables()', rows: 1 }]);
        const written = String(made?.rows[0]?.[0]);
        for (const name of names) {
          assert.ok(
            ['(', ', '].some((sign) => written.includes(`${sign}${engineSqlName(name)} INTEGER`)),
            name,
          );
        }
      });
    });
  });
});

describe('renames in the model are those of the engine', () => {
  it('on Kùzu, with keys and connections', () =>
    renamesAlike(
      'kuzu',
      [
        'CREATE NODE TABLE User (id INT64, name STRING DEFAULT "x", PRIMARY KEY (id))',
        'CREATE NODE TABLE City (name STRING, PRIMARY KEY (name))',
        'CREATE REL TABLE Lives (FROM User TO City, FROM User TO User, since DATE, MANY_ONE)',
        "COMMENT ON TABLE User IS 'who'",
      ],
      [
        { kind: 'rename-table', from: 'User', to: 'Person' },
        { kind: 'rename-table', from: 'Lives', to: 'lives in' },
        { kind: 'rename-column', table: 'Person', from: 'id', to: 'key' },
        { kind: 'rename-column', table: 'Person', from: 'name', to: 'full name' },
        { kind: 'rename-column', table: 'lives in', from: 'since', to: 'order' },
      ],
    ));

  it('on DuckDB, with keys, checks and generated columns', () =>
    renamesAlike(
      'duckdb',
      [
        'CREATE SCHEMA app',
        `CREATE TABLE app.t (a INTEGER CHECK (a > 0), b INTEGER GENERATED ALWAYS AS (a + 1), date DATE NOT NULL,
          lower VARCHAR, s STRUCT(a INTEGER), UNIQUE (a, date), CHECK (a < 100 AND lower(lower) <> 'a'),
          CHECK (CAST(lower AS DATE) < date), CHECK (struct_extract(s, 'a') > 1))`,
        "COMMENT ON COLUMN app.t.lower IS 'x'",
        'CREATE TABLE u (id INTEGER PRIMARY KEY)',
      ],
      [
        { kind: 'rename-table', from: 't', to: 'T 2', sqlSchema: 'app' },
        { kind: 'rename-table', from: 'u', to: 'order', sqlSchema: 'main' },
        { kind: 'rename-column', table: 'T 2', from: 'a', to: 'A b', sqlSchema: 'app' },
        { kind: 'rename-column', table: 'T 2', from: 'date', to: 'day', sqlSchema: 'app' },
        { kind: 'rename-column', table: 'T 2', from: 'lower', to: 'select', sqlSchema: 'app' },
        { kind: 'rename-column', table: 'order', from: 'id', to: 'key', sqlSchema: 'main' },
      ],
    ));
});
