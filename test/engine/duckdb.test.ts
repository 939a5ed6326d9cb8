// Over 400 lines: one adapter, whose cases share one pool of processes and its helpers.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { chmod, copyFile, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DUCKDB_STORAGE_VERSION } from '../../src/core/dialect/file-header';
import { quoteSqlString, writeSqlName, writeSqlTypeName } from '../../src/core/dialect/sql-names';
import { MigrateError } from '../../src/core/errors';
import { requireDuckdbFile } from '../../src/engine/detect';
import type { Cell, Driver, Session } from '../../src/engine/driver';
import { createDrivers, type Drivers } from '../../src/engine/drivers';
import { DUCKDB_VERSION } from '../../src/engine/duckdb/driver';
import { openError } from '../../src/engine/host/failures';
import { EnginePool } from '../../src/engine/host/pool';
import { withSession } from '../../src/engine/with-session';
import { dist } from '../support/project';

const location = {
  engine: 'duckdb',
  script: path.join(dist, 'host.js'),
  module: require.resolve('@duckdb/node-api'),
} as const;

describe('the DuckDB adapter', () => {
  let drivers: Drivers;
  let driver: Driver;
  let dir: string;

  beforeEach(async () => {
    drivers = createDrivers(dist, { idleMs: 60_000, log: () => undefined });
    driver = drivers.get('duckdb');
    dir = await mkdtemp(path.join(os.tmpdir(), 'kuzu-migrate-duckdb-'));
  });
  afterEach(async () => {
    await drivers.dispose();
    await rm(dir, { recursive: true, force: true });
  });

  const at = (name: string) => path.join(dir, name);
  const writing = (name = 'db') => driver.open({ path: at(name), readOnly: false });
  const reading = (name = 'db') => driver.open({ path: at(name), readOnly: true });
  const run = (session: Session, ...texts: string[]) => session.run(texts.map((text) => ({ text, rows: 100 })));
  const code = (wanted: string) => (error: unknown) => MigrateError.is(error) && error.code === wanted;
  const make = async (name: string, ...statements: string[]) => {
    await withSession(driver, { path: at(name), readOnly: false }, (session) => run(session, ...statements));
  };
  const rows = async (session: Session, text: string) => (await run(session, text))[0]?.rows;

  it('runs the release that it says it is, whose files it recognises', async () => {
    const pool = new EnginePool(location, { idleMs: 1000, log: () => undefined });
    try {
      assert.deepEqual(await pool.info(), { version: DUCKDB_VERSION, storageVersion: DUCKDB_STORAGE_VERSION });
    } finally {
      await pool.dispose();
    }
    await make('db', 'CREATE TABLE t (a INTEGER)');
    await requireDuckdbFile(at('db'));
  });

  it('runs statements one by one, says which is next, and brings back only the rows asked for', async () => {
    const seen: number[] = [];
    await withSession(driver, { readOnly: false }, async (session) => {
      const results = await session.run(
        [
          { text: 'CREATE TABLE t (a INTEGER)' },
          { text: 'INSERT INTO t FROM range(5000)' },
          { text: 'SELECT a AS id FROM t ORDER BY a', rows: 3000 },
        ],
        { onStatement: (index) => seen.push(index) },
      );
      assert.deepEqual(seen, [0, 1, 2]);
      assert.deepEqual(results[2]?.columns, ['id']);
      // Over the border of the engine's chunks of 2048.
      assert.deepEqual(
        results[2]?.rows,
        Array.from({ length: 3000 }, (_none, i) => [i]),
      );
      assert.equal(results[2]?.rowCount, 5000);
      assert.deepEqual(results[1]?.rows, []);
    });
  });

  const cells: readonly (readonly [string, Cell])[] = [
    ['9007199254740993::BIGINT', '9007199254740993'],
    ['170141183460469231731687303715884105727::HUGEINT', '170141183460469231731687303715884105727'],
    ['12.30::DECIMAL(10, 2)', '12.30'],
    ['1::INTEGER', 1],
    ['0.1::DOUBLE', 0.1],
    ["'NaN'::DOUBLE", 'NaN'],
    ["DATE '2020-02-29'", '2020-02-29'],
    ["'infinity'::DATE", 'infinity'],
    ["'-infinity'::DATE", '-infinity'],
    ["'infinity'::TIMESTAMP", 'infinity'],
    ["TIMESTAMP_NS '2020-01-01 00:00:00.123456789'", '2020-01-01 00:00:00.123456789'],
    ["TIME '12:30:00'", '12:30:00'],
    ["'a\\x00b'::BLOB", 'a\\x00b'],
    ["UUID '00000000-0000-0000-0000-000000000001'", '00000000-0000-0000-0000-000000000001'],
    ['[1, NULL]::BIGINT[]', ['1', null]],
    ["{'a': 1, 'b': [DATE '2020-01-01']}", { a: 1, b: ['2020-01-01'] }],
    ["MAP {'k': 1}", [{ key: 'k', value: 1 }]],
    ["'x'::ENUM('x', 'y')", 'x'],
    ['true', true],
    ['NULL', null],
    ["'日本語 😀'", '日本語 😀'],
  ];
  it('brings every value over the wire without a loss', async () => {
    await withSession(driver, { readOnly: false }, async (session) => {
      const [result] = await run(session, `SELECT ${cells.map(([text]) => text).join(', ')}`);
      cells.forEach(([text, value], i) => {
        assert.deepEqual(result?.rows[0]?.[i], value, text);
      });
    });
  });

  it('tells how many rows a statement changed', async () => {
    const statements: readonly (readonly [string, number | undefined])[] = [
      ['CREATE TABLE t (a INTEGER, b INTEGER)', undefined],
      ['CREATE TABLE u AS FROM range(7) AS r(a)', 7],
      ['INSERT INTO t SELECT a, 0 FROM u', 7],
      ['UPDATE t SET b = 1 WHERE a > 4', 2],
      ['UPDATE t SET b = 1 WHERE a > 40', 0],
      ['DELETE FROM t WHERE a = 1 RETURNING a', 1],
      ['MERGE INTO t USING (SELECT 99 AS a) AS s ON t.a = s.a WHEN NOT MATCHED THEN INSERT VALUES (s.a, 0)', 1],
      ['ALTER TABLE t ADD COLUMN c INTEGER', undefined],
      ['SELECT * FROM t', undefined],
      ['TRUNCATE u', 7],
    ];
    await withSession(driver, { readOnly: false }, async (session) => {
      for (const [text, wanted] of statements) {
        const statement = driver.counted(text);
        const [result] = await session.run([statement]);
        assert.ok(result);
        assert.equal(driver.touched(statement, result), wanted, text);
      }
    });
  });

  it('refuses several statements in one call before any of them runs', async () => {
    await withSession(driver, { readOnly: false }, async (session) => {
      await assert.rejects(
        run(session, 'CREATE TABLE a (x INTEGER); CREATE TABLE b (x INTEGER)'),
        code('STATEMENT_FAILED'),
      );
      assert.deepEqual(await rows(session, 'SELECT count(*) FROM duckdb_tables()'), [['0']]);
      assert.deepEqual(await rows(session, "SELECT 'a;b';"), [['a;b']]);
    });
  });

  it('leaves nothing of a transaction that met an error, and none open', async () => {
    await withSession(driver, { readOnly: false }, async (session) => {
      const failing = ["SELECT error('x')", 'SELEC', 'INSERT INTO t VALUES (1), (1)'];
      await run(session, 'CREATE TABLE t (a INTEGER PRIMARY KEY)');
      for (const text of failing) {
        await assert.rejects(run(session, driver.begin, 'INSERT INTO t VALUES (7)', text), code('STATEMENT_FAILED'));
        await run(session, driver.begin, driver.commit);
        assert.deepEqual(await rows(session, 'SELECT count(*) FROM t'), [['0']]);
      }
      await run(session, driver.begin, 'CREATE TABLE u (a INTEGER)', driver.rollback);
      assert.deepEqual(await rows(session, 'SELECT count(*) FROM duckdb_tables()'), [['1']]);
    });
  });

  const places: readonly (readonly [string, number, number])[] = [
    ['SELECT 1 FROM\n  nowhere', 2, 3],
    // The parser counts characters, the binder bytes.
    ["SELECT 'é名😀',\r\n 'é名😀', x FROM (SELECT 1)", 2, 10],
    ["SELECT 'é名😀',\n  'é名😀' a b c", 2, 12],
    ['SELEC', 1, 1],
  ];
  for (const [text, line, column] of places) {
    it(`says where an error lies: ${JSON.stringify(text)}`, async () => {
      await withSession(driver, { readOnly: false }, async (session) => {
        await assert.rejects(run(session, text), (error) => {
          assert.ok(MigrateError.is(error, 'STATEMENT_FAILED'));
          assert.deepEqual([error.where.line, error.where.column], [line, column]);
          // The engine's words, not the JSON that it wraps them in.
          assert.match(String(error.params.detail), /^(Parser|Catalog|Binder) Error: \w/);
          assert.doesNotMatch(String(error.params.detail), /exception_type|offset:/);
          return true;
        });
      });
    });
  }

  it('writes every keyword of the engine so that it can be a name', async () => {
    await withSession(driver, { readOnly: false }, async (session) => {
      const words = (await session.run([{ text: 'SELECT keyword_name FROM duckdb_keywords()', rows: 1000 }]))[0]?.rows;
      assert.ok((words?.length ?? 0) > 400);
      const names = (words ?? []).map(([word]) => String(word));
      await run(session, `CREATE TABLE "all" (${names.map((name) => `${writeSqlName(name)} INTEGER`).join(', ')})`);
      await run(
        session,
        ...names.map((name) => `CREATE MACRO ${writeSqlName(`m_${name}`)}(${writeSqlTypeName(name)}) AS 1`),
        // A table of that name is there already.
        ...names.filter((name) => name !== 'all').map((name) => `CREATE VIEW ${writeSqlName(name)} AS SELECT 1`),
      );
    });
  });

  it('reads and changes nothing of a file that it opened for reading, not even one with a WAL', async () => {
    await make('db', 'CREATE TABLE t (a INTEGER)', 'INSERT INTO t VALUES (1)');
    // A copy of a database with its WAL, as a crash leaves it.
    const session = await writing();
    await run(session, 'INSERT INTO t VALUES (2)');
    await copyFile(at('db'), at('crashed'));
    await copyFile(at('db.wal'), at('crashed.wal'));
    await session.close();
    for (const [name, count] of [
      ['db', '2'],
      ['crashed', '2'],
    ] as const) {
      const before = await everything(dir);
      const looking = await reading(name);
      assert.deepEqual(await rows(looking, 'SELECT count(*) FROM t'), [[count]]);
      await assert.rejects(run(looking, 'INSERT INTO t VALUES (3)'), code('STATEMENT_FAILED'));
      await looking.close();
      assert.deepEqual(await everything(dir), before);
    }
  });

  it('leaves no WAL behind, whatever was open', async () => {
    await make('db', 'CREATE TABLE t (a INTEGER)');
    for (const texts of [['INSERT INTO t VALUES (1)'], [driver.begin, 'INSERT INTO t VALUES (2)']]) {
      const session = await writing();
      await run(session, ...texts);
      await session.close();
      assert.deepEqual(await readdir(dir), ['db']);
    }
    const failed = await writing();
    await run(failed, 'INSERT INTO t VALUES (3)');
    await assert.rejects(run(failed, driver.begin, 'INSERT INTO t VALUES (4)', 'SELECT x'), code('STATEMENT_FAILED'));
    await failed.close();
    assert.deepEqual(await readdir(dir), ['db']);
    const looking = await reading();
    assert.deepEqual(await rows(looking, 'SELECT a FROM t ORDER BY a'), [[1], [3]]);
    await looking.close();
  });

  it('names the process that holds a file, to writers and to readers', async () => {
    const other = new EnginePool(location, { idleMs: 60_000, log: () => undefined });
    try {
      const held = await other.open({ path: at('db'), readOnly: false });
      const holder = `@holder.process:${other.pids[0]}`;
      for (const readOnly of [true, false]) {
        await assert.rejects(driver.open({ path: at('db'), readOnly }), (error) => {
          assert.ok(MigrateError.is(error, 'DATABASE_HELD'));
          assert.deepEqual(error.params, { path: at('db'), holder });
          return true;
        });
      }
      await held.close();
      await (await writing()).close();
    } finally {
      await other.dispose();
    }
  });

  it('tells what is wrong with a file before or instead of opening it', async () => {
    await make('db', 'CREATE TABLE t (a INTEGER)');
    await writeFile(at('text'), 'hello world, this is no database at all');
    await writeFile(at('empty'), '');
    await writeFile(at('kuzu'), Buffer.concat([Buffer.from('KUZU'), Buffer.from([39, 0, 0, 0]), Buffer.alloc(100)]));
    await overwrite('db', 'broken', 4096, Buffer.alloc(64, 0xa5));
    await overwrite('db', 'short', 20, Buffer.alloc(0), 2000);
    const wrong = {
      text: 'DATABASE_NOT_RECOGNISED',
      empty: 'DATABASE_NOT_RECOGNISED',
      nowhere: 'DATABASE_MISSING',
      kuzu: 'DATABASE_OTHER_ENGINE',
      broken: 'DATABASE_CORRUPT',
      short: 'DATABASE_CORRUPT',
    };
    for (const [name, wanted] of Object.entries(wrong)) await assert.rejects(reading(name), code(wanted), name);
    await assert.rejects(drivers.get('kuzu').open({ path: at('db'), readOnly: true }), (error) => {
      assert.ok(MigrateError.is(error, 'DATABASE_OTHER_ENGINE'));
      assert.equal(error.params.found, 'DuckDB');
      assert.equal(error.params.wanted, 'Kùzu');
      return true;
    });
  });

  it('knows what the engine says of a file that a newer one wrote', async () => {
    const words = [
      'IO Error: Trying to read a database file with version number 99, but we can only read versions between 64 and 67.',
      `Serialization Error: Error opening "${at('db')}": file was written with a storage version greater than the latest version supported by this DuckDB instance.`,
    ];
    for (const message of words) assert.equal((await openError(message, at('db'))).code, 'DATABASE_NEWER');
  });

  it('says that no permission is what is missing', async function () {
    // Root may read anything.
    if (process.getuid?.() === 0) this.skip();
    await make('db', 'CREATE TABLE t (a INTEGER)');
    await chmod(at('db'), 0o000);
    await assert.rejects(reading(), code('NO_PERMISSION'));
  });

  it('says which engine could not be loaded', async () => {
    const module = at('nowhere.js');
    const broken = new EnginePool({ ...location, module }, { idleMs: 1000, log: () => undefined });
    try {
      await assert.rejects(broken.open({ readOnly: false }), (error) => {
        assert.ok(MigrateError.is(error, 'ENGINE_NOT_LOADED'));
        assert.equal(error.params.engine, 'duckdb');
        assert.match(String(error.params.detail), /^Cannot find module/);
        return true;
      });
    } finally {
      await broken.dispose();
    }
  });

  it('fetches no extension by itself, and keeps to the memory that it is given', async () => {
    await withSession(driver, { readOnly: false, memoryMB: 256 }, async (session) => {
      const settings = "SELECT current_setting('autoinstall_known_extensions'), current_setting('memory_limit')";
      assert.deepEqual(await rows(session, settings), [[false, '256.0 MiB']]);
      await assert.rejects(run(session, "FROM 'https://127.0.0.1:1/x.parquet'"), code('STATEMENT_FAILED'));
    });
  });

  it('leaves nothing where it reads when a query does not fit into memory', async () => {
    await make('db', 'CREATE TABLE t AS SELECT range AS a FROM range(2000000)');
    const before = await everything(dir);
    const here = await readdir('.');
    const session = await driver.open({ path: at('db'), readOnly: true, memoryMB: 48 });
    const sorted = 'SELECT sum(n * a) FROM (SELECT a, row_number() OVER (ORDER BY hash(a)) AS n FROM t)';
    const [[folder] = []] = (await rows(session, "SELECT current_setting('temp_directory')")) ?? [];
    let seen = 0;
    const watching = setInterval(() => {
      seen = Math.max(seen, readdirSync(String(folder)).length);
    }, 1);
    await session.run([{ text: sorted }]).finally(() => clearInterval(watching));
    assert.ok(seen > 0, 'the query was to be too large for the memory');
    await session.close();
    assert.deepEqual(await everything(dir), before);
    assert.deepEqual(await readdir('.'), here);
    await assert.rejects(stat(String(folder)), /ENOENT/);
  });

  const ENDLESS = 'SELECT sum(a.range * b.range) FROM range(10000000) AS a, range(10000000) AS b';

  it('ends a statement that is cancelled or takes too long, and opens again', async () => {
    await make('db', 'CREATE TABLE t (a INTEGER)');
    const controller = new AbortController();
    const first = await writing();
    const options = { signal: controller.signal, onStatement: () => controller.abort() };
    await assert.rejects(first.run([{ text: ENDLESS }], options), code('CANCELLED'));
    await first.close();
    const second = await writing();
    await assert.rejects(second.run([{ text: ENDLESS }], { timeoutMs: 300 }), code('ENGINE_TIMEOUT'));
    await second.close();
    const third = await writing();
    assert.deepEqual(await rows(third, 'SELECT count(*) FROM t'), [['0']]);
    await third.close();
  });

  it('tells a crash from an error, where it fell, and that the file opens', async () => {
    const pool = new EnginePool(location, { idleMs: 60_000, log: () => undefined });
    try {
      for (const signal of ['SIGSEGV', 'SIGKILL'] as const) {
        const session = await pool.open({ path: at('db'), readOnly: false });
        const statements = [
          'CREATE TABLE IF NOT EXISTS t (a INTEGER)',
          driver.begin,
          'INSERT INTO t VALUES (1)',
          ENDLESS,
        ];
        const [pid = 0] = pool.pids.slice(-1);
        const work = session.run(
          statements.map((text) => ({ text })),
          { onStatement: (index) => index === 3 && process.kill(pid, signal) },
        );
        await assert.rejects(work, (error) => {
          assert.ok(MigrateError.is(error, 'ENGINE_CRASHED'), String(error));
          assert.deepEqual(error.params, { signal, statement: ENDLESS, state: '@state.opens' });
          return true;
        });
        await session.close();
      }
      const again = await pool.open({ path: at('db'), readOnly: false });
      assert.deepEqual(await rows(again, 'SELECT count(*) FROM t'), [['0']]);
      await again.close();
    } finally {
      await pool.dispose();
    }
  });

  it('counts rows and shows pages of tables in any schema, also in one that is called like the file', async () => {
    await withSession(driver, { path: at('a p.duckdb'), readOnly: false }, async (session) => {
      await run(
        session,
        'CREATE SCHEMA "a p"',
        'CREATE TABLE t (a INTEGER, "b c" DATE)',
        'CREATE TABLE "a p"."a p"."t;" (x BIGINT)',
        "INSERT INTO t SELECT range, DATE '2020-01-01' FROM range(5)",
        'INSERT INTO "a p"."a p"."t;" VALUES (9007199254740993), (NULL)',
      );
      const tables = [
        { kind: 'table', name: 't' },
        { kind: 'table', schema: 'a p', name: 't;' },
      ] as const;
      assert.deepEqual(await driver.countRows(session, tables), [5, 2]);
      assert.deepEqual(await driver.page(session, { ...tables[0], columns: ['a', 'b c'], offset: 3, limit: 9 }), {
        columns: ['a', 'b c'],
        rows: [
          ['3', '2020-01-01'],
          ['4', '2020-01-01'],
        ],
      });
      const page = await driver.page(session, { ...tables[1], columns: ['x'], offset: 0, limit: 9 });
      assert.deepEqual(page.rows, [['9007199254740993'], [null]]);
    });
  });

  describe('facts of the engine that migrations rest on', () => {
    const facts: readonly (readonly [what: string, setup: string[], statement: string, error: RegExp])[] = [
      [
        'a table with an index keeps its columns',
        ['CREATE TABLE t (a INTEGER, b INTEGER)', 'CREATE INDEX i ON t (a)'],
        'ALTER TABLE t DROP COLUMN b',
        /Dependency Error: Cannot alter entry "t"/,
      ],
      [
        'a foreign key can’t be added',
        ['CREATE TABLE p (a INTEGER PRIMARY KEY)', 'CREATE TABLE c (a INTEGER)'],
        'ALTER TABLE c ADD FOREIGN KEY (a) REFERENCES p (a)',
        /No support for that ALTER TABLE option yet/,
      ],
      [
        'a foreign key keeps to its schema',
        ['CREATE SCHEMA app', 'CREATE TABLE p (a INTEGER PRIMARY KEY)'],
        'CREATE TABLE app.c (a INTEGER REFERENCES main.p (a))',
        /foreign keys across different schemas/,
      ],
      [
        'a macro is bound when it is made',
        [],
        'CREATE MACRO m() AS (SELECT max(a) FROM nowhere)',
        /nowhere does not exist/,
      ],
      ['a transaction has no other inside', ['BEGIN'], 'BEGIN', /cannot start a transaction within a transaction/],
      [
        'a checkpoint waits for no transaction',
        ['CREATE TABLE t (a INTEGER)', 'BEGIN', 'INSERT INTO t VALUES (1)'],
        'CHECKPOINT',
        /CHECKPOINT/,
      ],
    ];
    for (const [what, setup, statement, error] of facts) {
      it(what, async () => {
        await withSession(driver, { path: at('db'), readOnly: false }, async (session) => {
          if (setup.length > 0) await run(session, ...setup);
          await assert.rejects(run(session, statement), (found) => {
            assert.ok(MigrateError.is(found, 'STATEMENT_FAILED'));
            assert.match(String(found.params.detail), error);
            return true;
          });
        });
      });
    }

    it('DDL and rows of one transaction come and go together', async () => {
      await withSession(driver, { readOnly: false }, async (session) => {
        await run(session, 'CREATE TABLE t (a INTEGER)', 'INSERT INTO t VALUES (1)');
        const texts = [
          'ALTER TABLE t ADD COLUMN b INTEGER DEFAULT 5',
          'UPDATE t SET b = 6',
          'CREATE SCHEMA s',
          'DROP TABLE t',
        ];
        await run(session, driver.begin, ...texts, driver.rollback);
        assert.deepEqual(await rows(session, 'FROM t'), [[1]]);
        assert.deepEqual(await rows(session, "SELECT count(*) FROM duckdb_schemas() WHERE schema_name = 's'"), [['0']]);
      });
    });

    it('a backslash is a plain character in a string', async () => {
      const text = 'back\\slash, it\'s a "quote";\n$$ -- end';
      await withSession(driver, { readOnly: false }, async (session) => {
        assert.deepEqual(await rows(session, `SELECT ${quoteSqlString(text)}`), [[text]]);
      });
    });
  });

  async function everything(folder: string): Promise<unknown> {
    const names = (await readdir(folder)).sort();
    return Promise.all(
      names.map(async (name) => {
        const { mtimeMs, size } = await stat(path.join(folder, name));
        return [name, mtimeMs, size, (await readFile(path.join(folder, name))).toString('base64')];
      }),
    );
  }

  /** A copy with some bytes changed, and cut off where `length` says so. */
  async function overwrite(from: string, to: string, offset: number, bytes: Buffer, length?: number): Promise<void> {
    await copyFile(at(from), at(to));
    const handle = await open(at(to), 'r+');
    await handle.write(bytes, 0, bytes.length, offset);
    if (length !== undefined) await handle.truncate(length);
    await handle.close();
  }
});
