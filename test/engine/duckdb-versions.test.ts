// Over 400 lines: one rich database and its versions, which all cases share.
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../src/core/errors';
import type { Driver } from '../../src/engine/driver';
import { withSession } from '../../src/engine/with-session';
import { compare } from '../../src/workflow/compare/compare';
import { listProjectVersions } from '../../src/workflow/list';
import { type DuckdbBench, withDuckdbBench } from '../support/duckdb-bench';
import { richDuckdb } from '../support/duckdb-rich';

const code = (wanted: string) => (error: unknown) => {
  assert.ok(MigrateError.is(error), String(error));
  assert.equal(error.code, wanted, JSON.stringify(error.params));
  return true;
};

const small = [
  'CREATE SCHEMA side',
  'CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR)',
  "INSERT INTO t VALUES (1, 'one'), (2, NULL)",
  'CREATE TABLE side.t (t INTEGER, note VARCHAR)',
  "INSERT INTO side.t VALUES (1, '')",
  'CREATE UNIQUE INDEX by_note ON side.t (note)',
];

/** The same project with an engine whose versions lack something. */
function spoiled(bench: DuckdbBench, spoil: (dir: string) => Promise<void>) {
  const driver: Driver = bench.context.driver('duckdb');
  const writeVersion: Driver['writeVersion'] = async (session, dir, options) => {
    const written = await driver.writeVersion(session, dir, options);
    await spoil(dir);
    return written;
  };
  const worse: Driver = { ...driver, writeVersion };
  return { ...bench.context, driver: () => worse };
}

describe('versions of a DuckDB database', () => {
  for (const format of ['parquet', 'csv'] as const) {
    it(`keep everything: export, import and export again change nothing (${format})`, async () => {
      await withDuckdbBench(richDuckdb, async (bench) => {
        const first = await bench.export('v1.0.0', { format });
        assert.equal(first.manifest.verified, true);
        assert.equal(first.manifest.engine, 'duckdb');
        await bench.run(['DROP VIEW a_view', 'DELETE FROM a_child', 'DROP TABLE app.app.t']);
        await bench.import('v1.0.0');
        const second = await bench.export('v1.0.1', { format });
        assert.deepEqual(second.changes, []);
        assert.deepEqual(second.manifest.proof, first.manifest.proof);
        for (const name of ['schema.sql', 'load.sql']) {
          const [before, after] = await Promise.all(
            [first, second].map(({ dir }) => readFile(path.join(dir, name), 'utf8')),
          );
          assert.equal(after, before, name);
        }
        assert.deepEqual(first.manifest.warnings, []);
        assert.deepEqual(
          first.manifest.tables.map(({ name, kind, rows }) => [name, kind, rows]),
          [
            ['app.t', 'table', 3],
            ['a_child', 'table', 3],
            ['link', 'table', 3],
            ['person', 'table', 4],
            [`odd schema."it's; a ""table"""`, 'table', 0],
          ],
        );
        const names = (await readdir(first.dir)).sort();
        // What CSV does not hold is in parquet.
        assert.ok(names.includes('app_t.parquet') && names.includes(`person.${format}`), String(names));
        await bench.run(["INSERT INTO person (name) SELECT 'next' FROM range(2)"]);
        assert.deepEqual(await bench.rows("SELECT id FROM person WHERE name = 'next' ORDER BY id"), [[9], [11]]);
      });
    });
  }

  it('keep a hundred tables with keys, defaults, views and indexes', async () => {
    await withDuckdbBench(hundred(), async (bench) => {
      const first = await bench.export('v1.0.0');
      assert.equal(first.manifest.tables.length, 100);
      await bench.import('v1.0.0');
      const second = await bench.export('v1.0.1');
      assert.deepEqual(second.changes, []);
      assert.deepEqual(second.manifest.proof, first.manifest.proof);
      assert.equal(
        await readFile(path.join(second.dir, 'schema.sql'), 'utf8'),
        await readFile(path.join(first.dir, 'schema.sql'), 'utf8'),
      );
    });
  }).timeout(120_000);

  it('are listed, compared with the database and with each other', async () => {
    await withDuckdbBench(small, async (bench) => {
      await bench.export('v1.0.0');
      await bench.run(['ALTER TABLE t ADD COLUMN born DATE']);
      const { previous, changes } = await bench.export('v1.1.0');
      assert.equal(previous, 'v1.0.0');
      assert.deepEqual(
        changes.map(({ kind, object }) => `${kind} ${object}`),
        ['add-column t.born'],
      );
      const { versions, current } = await listProjectVersions(bench.context);
      assert.deepEqual(
        versions.map(({ version, engine }) => [version, engine]),
        [
          ['v1.0.0', 'duckdb'],
          ['v1.1.0', 'duckdb'],
        ],
      );
      assert.equal(current, 'v1.1.0');
      for (const from of ['version:v1.0.0', 'dir:migrations/v1.0.0']) {
        const found = await compare(bench.context, { from, to: 'db' });
        assert.deepEqual(
          found.changes.map(({ kind }) => kind),
          ['add-column'],
        );
      }
    });
  });

  it('go into another file, and back over the database with a backup', async () => {
    await withDuckdbBench(small, async (bench) => {
      await bench.export('v1.0.0');
      const into = path.join(bench.dir, 'data', 'other.duckdb');
      await bench.import('v1.0.0', { into });
      assert.deepEqual(await bench.rows('SELECT id, name FROM t ORDER BY id', into), [
        [1, 'one'],
        [2, null],
      ]);
      await bench.run(["UPDATE t SET name = 'changed'", 'DROP TABLE side.t']);
      const { backup } = await bench.import('v1.0.0', { action: 'rollback' });
      assert.deepEqual(await bench.rows('SELECT name FROM t ORDER BY id'), [['one'], [null]]);
      const kept = path.join(backup ?? '', 'app.duckdb');
      assert.deepEqual(await bench.rows('SELECT DISTINCT name FROM t', kept), [['changed']]);
      assert.deepEqual((await readdir(path.dirname(bench.file))).sort(), ['app.duckdb', 'other.duckdb']);
    });
  });

  it('are merged into what is there, unless a name is taken', async () => {
    await withDuckdbBench(small, async (bench) => {
      await bench.export('v1.0.0');
      const into = path.join(bench.dir, 'data', 'base.duckdb');
      await bench.run(['CREATE SCHEMA side', 'CREATE TABLE side.mine (a INTEGER)'], into);
      await bench.import('v1.0.0', { into, merge: true });
      assert.deepEqual(await bench.rows('SELECT count(*) FROM side.t', into), [['1']]);
      await assert.rejects(bench.import('v1.0.0', { into, merge: true }), (error: unknown) => {
        return code('IMPORT_NAME_COLLISION')(error) && String((error as MigrateError).params.names) === 't, side.t';
      });
    });
  });

  it('bring the schema alone, or the data alone, of some tables', async () => {
    await withDuckdbBench(small, async (bench) => {
      await bench.export('v1.0.0');
      const into = path.join(bench.dir, 'data', 'part.duckdb');
      await bench.import('v1.0.0', { into, only: 'schema' });
      assert.deepEqual(await bench.rows('SELECT count(*) FROM t', into), [['0']]);
      assert.deepEqual(await bench.rows('SELECT index_name FROM duckdb_indexes()', into), [['by_note']]);
      await bench.import('v1.0.0', { into, only: 'data', tables: ['Side.T'] });
      assert.deepEqual(await bench.rows('SELECT (SELECT count(*) FROM t), (SELECT count(*) FROM side.t)', into), [
        ['0', '1'],
      ]);
      await assert.rejects(
        bench.import('v1.0.0', { into, only: 'data', tables: ['nope'] }),
        code('IMPORT_TABLE_UNKNOWN'),
      );
    });
    await withDuckdbBench(small, async (bench) => {
      const { manifest, dir } = await bench.export('v1.0.0', { schemaOnly: true });
      assert.deepEqual([manifest.rows, manifest.dataFormat, manifest.verified], [null, null, true]);
      assert.deepEqual((await readdir(dir)).sort(), ['CHANGELOG.md', 'manifest.json', 'schema.sql']);
    });
  });

  it('are refused where a file was changed, is missing, or says more than it may', async () => {
    await withDuckdbBench(small, async (bench) => {
      const { dir } = await bench.export('v1.0.0');
      const schema = path.join(dir, 'schema.sql');
      const load = path.join(dir, 'load.sql');
      const before = await readFile(bench.file, 'base64');
      const texts = { [schema]: await readFile(schema, 'utf8'), [load]: await readFile(load, 'utf8') };
      const outside = path.join(bench.dir, 'secret.csv');
      await writeFile(outside, 'a\n1\n');
      const tried = async (file: string, text: string, wanted: string, acceptEdits = true) => {
        await writeFile(file, text);
        await assert.rejects(bench.import('v1.0.0', { acceptEdits }), code(wanted), text);
        await writeFile(file, texts[file] ?? '');
      };
      await tried(schema, `${texts[schema]}-- more\n`, 'VERSION_EDITED', false);
      await tried(schema, `${texts[schema]}ATTACH 'x.duckdb';\n`, 'STATEMENT_NOT_ALLOWED');
      await tried(schema, `${texts[schema]}CREATE TABLE x AS FROM '${outside}';\n`, 'IMPORT_FAILED');
      await tried(load, `${texts[load]}DELETE FROM t;\n`, 'STATEMENT_NOT_ALLOWED');
      await tried(load, `COPY t FROM '../../secret.csv' (FORMAT csv);\n`, 'PATH_OUTSIDE_PROJECT');
      await tried(load, `COPY t TO 't.parquet' (FORMAT parquet);\n`, 'STATEMENT_NOT_ALLOWED');
      await tried(load, `COPY t FROM 't.parquet' (FORMAT parquet, FILE_ROW_NUMBER true);\n`, 'STATEMENT_NOT_ALLOWED');
      await tried(load, `COPY t FROM 'none.parquet' (FORMAT parquet);\n`, 'VERSION_INCOMPLETE');
      const data = path.join(dir, 't.parquet');
      const bytes = await readFile(data);
      await writeFile(data, Buffer.concat([bytes, Buffer.from('x')]));
      await assert.rejects(bench.import('v1.0.0'), code('VERSION_FILE_CHANGED'));
      await rename(data, `${data}.away`);
      await assert.rejects(bench.import('v1.0.0'), code('VERSION_FILE_MISSING'));
      await rm(`${data}.away`);
      await writeFile(data, bytes);
      assert.equal(await readFile(bench.file, 'base64'), before);
      assert.deepEqual(await readdir(path.dirname(bench.file)), ['app.duckdb']);
      await bench.import('v1.0.0');
    });
  });

  it('are not made of one engine into a database of the other', async () => {
    await withDuckdbBench(small, async (bench) => {
      const { dir } = await bench.export('v1.0.0');
      const graph = path.join(bench.dir, 'graph.kuzu');
      await withSession(bench.context.driver('kuzu'), { path: graph, readOnly: false }, (session) =>
        session.run([{ text: 'CREATE NODE TABLE A(id INT64 PRIMARY KEY)' }]),
      );
      await assert.rejects(bench.import('v1.0.0', { into: graph }), code('DATABASE_OTHER_ENGINE'));
      const other = path.join(path.dirname(dir), 'v0.9.0');
      await mkdir(other);
      await writeFile(path.join(other, 'schema.cypher'), 'CREATE NODE TABLE A(id INT64 PRIMARY KEY);\n');
      await assert.rejects(bench.import('v0.9.0', { only: 'schema' }), code('DATABASE_OTHER_ENGINE'));
    });
  });

  it('are not published where the proof finds a difference', async () => {
    await withDuckdbBench(small, async (bench) => {
      const request = { database: bench.database, version: 'v1', format: 'csv', schemaOnly: false } as const;
      const { exportVersion } = await import('../../src/workflow/export/export');
      const change = async (dir: string) => {
        const file = path.join(dir, 't.csv');
        await writeFile(file, (await readFile(file, 'utf8')).replace('one', 'two'));
      };
      await assert.rejects(exportVersion(spoiled(bench, change), request), (error: unknown) => {
        return code('EXPORT_NOT_PROVEN')(error) && (error as MigrateError).params.object === 't.name';
      });
      const breakIt = (dir: string) => writeFile(path.join(dir, 'side_t.csv'), 't,note\nnone,x\n');
      await assert.rejects(exportVersion(spoiled(bench, breakIt), request), (error: unknown) => {
        return code('EXPORT_NOT_PROVEN')(error) && (error as MigrateError).params.object === 'side.t';
      });
      assert.deepEqual(await readdir(path.join(bench.dir, 'migrations')), []);
      const { manifest } = await exportVersion(spoiled(bench, change), { ...request, verify: false });
      assert.equal(manifest.verified, false);
    });
  });

  it('refuse by name what they can’t keep', async () => {
    const statements = [
      'CREATE TABLE t (a INTEGER)',
      'CREATE VIEW v AS FROM t',
      'DROP TABLE t',
      'CREATE TABLE w (id INTEGER, x VARIANT, y VARIANT)',
      "INSERT INTO w VALUES (1, INTERVAL '-1 day'::VARIANT, '2020-01-01'::DATE::VARIANT)",
    ];
    await withDuckdbBench({ statements, storageVersion: 68 }, async (bench) => {
      await assert.rejects(bench.export('v1'), (error: unknown) => {
        assert.ok(code('EXPORT_BLOCKED')(error) && MigrateError.is(error));
        assert.deepEqual(
          error.losses.map((loss) => [loss.code, loss.object]),
          [['KX061', 'v']],
        );
        return true;
      });
      await bench.run(['DROP VIEW v']);
      await assert.rejects(bench.export('v1'), (error: unknown) => {
        assert.ok(code('EXPORT_BLOCKED')(error) && MigrateError.is(error));
        assert.deepEqual(
          error.losses.map((loss) => [loss.code, loss.object]),
          [['KX060', 'w.x']],
        );
        return true;
      });
      await bench.run(['ALTER TABLE w DROP COLUMN x']);
      const { manifest } = await bench.export('v1');
      assert.deepEqual([manifest.verified, manifest.storageVersion], [true, 68]);
      await bench.import('v1');
      assert.deepEqual(await bench.rows('SELECT typeof(y), CAST(y AS VARCHAR) FROM w'), [['VARIANT', '2020-01-01']]);
    });
  });

  it('are read by the engine’s own IMPORT DATABASE from inside the folder', async () => {
    await withDuckdbBench(small, async (bench) => {
      const { dir } = await bench.export('v1.0.0');
      const native = path.join(bench.dir, 'native.duckdb');
      const driver = bench.context.driver('duckdb');
      await withSession(driver, { path: native, readOnly: false }, (session) =>
        session.run([{ text: `IMPORT DATABASE '${dir}'` }]),
      );
      assert.deepEqual(await bench.rows('SELECT count(*) FROM t UNION ALL SELECT count(*) FROM side.t', native), [
        ['2'],
        ['1'],
      ]);
    });
  });

  const tree = [
    'CREATE TABLE items(id INTEGER PRIMARY KEY, parent INTEGER REFERENCES items(id), other INTEGER REFERENCES items(id))',
    'INSERT INTO items VALUES (11, NULL, NULL)',
    'INSERT INTO items VALUES (5, 11, NULL)',
    'INSERT INTO items VALUES (7, NULL, 5), (9, 5, 11)',
    'CREATE TABLE kid(item INTEGER REFERENCES items(id))',
    'INSERT INTO kid VALUES (9)',
    'CREATE VIEW deep AS SELECT id FROM items WHERE parent = 5',
  ];
  const native = async (bench: DuckdbBench, dir: string) => {
    const file = path.join(bench.dir, 'native.duckdb');
    await bench.run([`IMPORT DATABASE '${dir}'`], file);
    return (text: string) => bench.rows(text, file);
  };

  for (const format of ['parquet', 'csv'] as const) {
    it(`are read by it with all rows of a table that refers to itself (${format})`, async () => {
      await withDuckdbBench(tree, async (bench) => {
        const { dir } = await bench.export('v1', { format });
        const asked = 'SELECT id, parent, other FROM items ORDER BY id';
        const rows = await bench.rows(asked);
        const ask = await native(bench, dir);
        assert.deepEqual(await ask(asked), rows);
        assert.deepEqual(await ask('SELECT * FROM kid, deep'), [[9, 9]]);
        await bench.import('v1');
        assert.deepEqual(await bench.rows(asked), rows);
      });
    });
  }

  it('are read by it but for what no COPY brings in, and what hangs on that', async () => {
    const chain = Array.from(
      { length: 70 },
      (_, at) => `INSERT INTO chain VALUES (${at}, ${at === 0 ? 'NULL' : at - 1})`,
    );
    const made = [
      ...tree,
      'CREATE TABLE chain(id INTEGER PRIMARY KEY, before INTEGER REFERENCES chain(id))',
      ...chain,
      'CREATE TABLE link(id INTEGER PRIMARY KEY, chain INTEGER REFERENCES chain(id))',
      'INSERT INTO link VALUES (1, 69)',
      'CREATE TABLE odd(id INTEGER, s STRUCT(a INTEGER[2]))',
      'INSERT INTO odd VALUES (1, {a: [1, 2]})',
      'CREATE TABLE own(rowid INTEGER PRIMARY KEY, up INTEGER REFERENCES own(rowid))',
      'INSERT INTO own VALUES (1, NULL)',
      'INSERT INTO own VALUES (2, 1)',
    ];
    await withDuckdbBench(made, async (bench) => {
      const { dir } = await bench.export('v1');
      const counts = ['items', 'kid', 'chain', 'link', 'odd', 'own'].map(
        (name) => `SELECT count(*)::INTEGER FROM ${name}`,
      );
      const asked = counts.join(' UNION ALL ');
      const ask = await native(bench, dir);
      assert.deepEqual(await ask(asked), [[4], [1], [64], [0], [0], [2]]);
      assert.deepEqual(await bench.import('v1').then(() => bench.rows(asked)), [[4], [1], [70], [1], [1], [2]]);
    });
  });

  it('keep rows of tables that refer to themselves and have columns of the engine’s and our own names', async () => {
    const values = "70, 'a', 1, [1]";
    const made = [
      'CREATE TABLE one(id INTEGER PRIMARY KEY, rowid INTEGER, "#row" VARCHAR, "#up" INTEGER, kept INTEGER[], up INTEGER REFERENCES one(id))',
      'CREATE TABLE two(id INTEGER PRIMARY KEY, rowid INTEGER, "#Row" VARCHAR, "#depth" INTEGER, level INTEGER[], up INTEGER REFERENCES two(id), via INTEGER REFERENCES two(id))',
      `INSERT INTO one VALUES (1, ${values}, NULL)`,
      `INSERT INTO one VALUES (3, ${values}, 1)`,
      'INSERT INTO one VALUES (2, NULL, NULL, NULL, NULL, 3)',
      `INSERT INTO two VALUES (1, ${values}, NULL, NULL)`,
      `INSERT INTO two VALUES (3, ${values}, 1, NULL)`,
      'INSERT INTO two VALUES (2, NULL, NULL, NULL, NULL, 3, 1)',
    ];
    await withDuckdbBench(made, async (bench) => {
      const asked = ['FROM one ORDER BY id', 'FROM two ORDER BY id'];
      const rows = await Promise.all(asked.map((text) => bench.rows(text)));
      const { dir, manifest } = await bench.export('v1');
      assert.equal(manifest.verified, true);
      const ask = await native(bench, dir);
      assert.deepEqual(await Promise.all(asked.map((text) => ask(text))), rows);
      await bench.import('v1');
      assert.deepEqual(await Promise.all(asked.map((text) => bench.rows(text))), rows);
    });
  });

  it('are still imported where one file has all rows of such a table', async () => {
    await withDuckdbBench(tree, async (bench) => {
      const { dir } = await bench.export('v1');
      const old = path.join(bench.dir, 'old');
      await mkdir(old);
      await bench.run([`COPY (FROM items ORDER BY id) TO '${old}/items.parquet'`]);
      const schema = await readFile(path.join(dir, 'schema.sql'), 'utf8');
      await writeFile(path.join(old, 'schema.sql'), schema);
      const load = `COPY items (id, parent, other) FROM 'items.parquet' (FORMAT parquet);\n`;
      await writeFile(path.join(old, 'load.sql'), load);
      const asked = 'SELECT id, parent, other FROM items ORDER BY id';
      const rows = await bench.rows(asked);
      await bench.import('./old');
      assert.deepEqual(await bench.rows(asked), rows);
    });
  });

  it('are made by the engine’s own EXPORT DATABASE, too', async () => {
    await withDuckdbBench(small, async (bench) => {
      const dir = path.join(bench.dir, 'migrations', 'v0.1.0');
      await mkdir(path.dirname(dir));
      await bench.run([`EXPORT DATABASE '${dir}' (FORMAT parquet)`]);
      await bench.run(['DELETE FROM t']);
      await bench.import('v0.1.0');
      assert.deepEqual(await bench.rows('SELECT count(*) FROM t'), [['2']]);
    });
  });
});

function hundred(): string[] {
  const types = ['INTEGER', 'HUGEINT', 'VARCHAR', 'DECIMAL(12, 3)', 'INTERVAL', 'STRUCT(a INTEGER, b VARCHAR)[]'];
  return [
    'CREATE SCHEMA "s p"',
    'CREATE SEQUENCE ids START 3',
    ...Array.from({ length: 100 }, (_, at) => {
      const schema = at % 4 === 3 ? '"s p".' : '';
      const up = at % 4 === 2 ? `, up INTEGER REFERENCES t${at - 2} (id)` : '';
      const name = `${schema}t${at}`;
      return [
        `CREATE TABLE ${name} (id INTEGER PRIMARY KEY DEFAULT nextval('ids'), v ${types[at % types.length]}, d DECIMAL(10, 2) DEFAULT 9.95 CHECK (d > 0)${up})`,
        `INSERT INTO ${name} (id) SELECT range FROM range(1, 5)`,
        ...(at % 10 === 1 ? [`CREATE VIEW a${at} AS FROM ${name}`, `CREATE INDEX i${at} ON ${name} (d)`] : []),
        ...(at % 7 === 1 ? [`COMMENT ON TABLE ${name} IS 'number ${at}'`] : []),
      ];
    }).flat(),
  ];
}
