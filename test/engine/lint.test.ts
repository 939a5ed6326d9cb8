// Over 400 lines: one matrix over the engines, a short project for each thing that lint tells.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeMigration } from '../../src/workflow/generate/make';
import { refuseToDecide } from '../../src/workflow/generate/plan';
import { writeMigration } from '../../src/workflow/generate/write';
import { everything, found, short } from '../support/lint';
import { ENGINES, upDown, withMigrations } from '../support/migrations';

for (const engine of ENGINES) {
  describe(`lint on ${engine}`, () => {
    it('finds nothing in sound migrations, and writes nothing', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await bench.write('001_a', upDown([words.table('A')], [words.drop('A')]));
        await bench.write(`002_b.up${words.ending}`, `${words.addColumn('A', 'age')};\n`);
        await bench.write(`002_b.down${words.ending}`, `${words.dropColumn('A', 'age')};\n`);
        await bench.write('003_c', upDown([words.rename('A', 'x')], [words.remove('A', 1)]));
        const before = await everything(bench.dir);
        const { findings, linted, notReplayed } = await found(bench);
        assert.deepEqual({ findings, linted, notReplayed }, { findings: [], linted: 3, notReplayed: [] });
        assert.deepEqual(await everything(bench.dir), before);
      }));

    it('tells what the engine refuses at its place, and what could not be run for it', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await bench.write('001_a', upDown([words.table('A')], [words.drop('A')]));
        await bench.write(
          '002_b',
          upDown([words.addColumn('A', 'age'), words.addColumn('A', 'age')], [words.dropColumn('A', 'age')]),
        );
        await bench.write('003_c', upDown([words.table('C')], [words.drop('C')]));
        const { notReplayed, rows } = await found(bench);
        assert.deepEqual(
          rows.map(({ line, code, severity }) => `${line} ${code} ${severity}`),
          ['3 STATEMENT_FAILED error', '3 KM435 note'],
        );
        assert.deepEqual(notReplayed, [`migrations/003_c${words.ending}`]);
        assert.match(rows[1]?.message ?? '', /\(1\): migrations\/003_c\.\w+$/);
        assert.ok(rows[0]?.hint, 'it says what to do');
      }));

    it('tells what a way down fails with, or does not bring back, each by itself', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        const end = words.ending;
        await bench.write('001_a', upDown([words.table('A')], [words.drop('A')]));
        await bench.write(
          '002_b',
          upDown([words.addColumn('A', 'age'), words.addColumn('A', 'size')], [words.dropColumn('A', 'age')]),
        );
        await bench.write('003_c', upDown([words.table('C')], [words.drop('NoSuchTable')]));
        await bench.write('004_d', upDown([words.table('D')]));
        await bench.write('005_e', upDown([words.table('E')], [words.drop('E')]));
        assert.deepEqual(await short(bench), [
          `002_b${end}:5 KM432 warning`,
          `003_c${end}:4 STATEMENT_FAILED error`,
          `004_d${end}:2 KM431 warning`,
        ]);
        const { rows } = await found(bench);
        assert.match(rows[0]?.message ?? '', /size/);
      }));

    it('runs those before the files that it is asked about, and looks at these alone', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        const end = words.ending;
        await bench.write('001_a', upDown([words.table('A')]));
        await bench.write('002_b', upDown([words.addColumn('A', 'age')]));
        await bench.write('003_c', upDown([words.failing]));
        assert.deepEqual(await short(bench, [`migrations/002_b${end}`]), [`002_b${end}:2 KM431 warning`]);
        await assert.rejects(short(bench, ['migrations/009_x.cypher']), { code: 'MIGRATION_UNKNOWN' });
        const last = await short(bench, [path.join(bench.dir, `migrations/003_c${end}`)]);
        assert.deepEqual(
          last.filter((one) => !one.includes('KM431')),
          [`003_c${end}:2 STATEMENT_FAILED error`, `003_c${end}:2 KM435 note`],
        );
      }));

    it('names one before them that fails', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await bench.write('001_a', upDown([words.table('A')]));
        await bench.write('002_b', upDown([words.failing]));
        await bench.write('003_c', upDown([words.table('C')], [words.drop('C')]));
        const { rows, notReplayed } = await found(bench, [`migrations/003_c${words.ending}`]);
        assert.deepEqual(
          rows.map(({ file, code }) => [path.basename(file), code]),
          [
            [`002_b${words.ending}`, 'STATEMENT_FAILED'],
            [`002_b${words.ending}`, 'KM435'],
          ],
        );
        assert.deepEqual(notReplayed, [`migrations/003_c${words.ending}`]);
      }));

    it('runs what its own fixes mend as they would, and tells places of the file as it is', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        const [type, word] = engine === 'kuzu' ? ['INT64', ''] : ['BIGINT', 'COLUMN '];
        const two = `ALTER TABLE A ADD ${word}a ${type}, ADD ${word}b ${type}`;
        await bench.write('001_a', upDown([words.table('A')], [words.drop('A')]));
        await bench.write('002_b', upDown([two], [words.dropColumn('A', 'a'), words.drop('NoSuchTable')]));
        await bench.write('003_c', upDown([words.addColumn('A', 'c')], [words.dropColumn('A', 'c')]));
        const { rows, notReplayed } = await found(bench);
        assert.deepEqual(
          rows.map(({ file, line, code, severity }) => `${path.basename(file)}:${line} ${code} ${severity}`),
          [
            `002_b${words.ending}:2 KM408 error`,
            `002_b${words.ending}:2 KM435 note`,
            `002_b${words.ending}:5 STATEMENT_FAILED error`,
          ],
        );
        assert.deepEqual(notReplayed, []);
        assert.match(rows[1]?.message ?? '', /as the fixes/);
      }));

    it('says what it did not run where the text alone has an error without a fix', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        const wrong =
          engine === 'kuzu'
            ? 'CREATE NODE TABLE B(a INT64, b INT64, PRIMARY KEY(a, b))'
            : 'ALTER TABLE A ADD CONSTRAINT u UNIQUE (name)';
        await bench.write('001_a', upDown([words.table('A')], [words.drop('A')]));
        await bench.write('002_b', upDown([wrong], [words.truth(true)]));
        await bench.write('003_c', upDown([words.table('C')], [words.drop('C')]));
        const code = engine === 'kuzu' ? 'KM409' : 'KM421';
        const note = `002_b${words.ending}:2 KM435 note`;
        assert.deepEqual((await short(bench)).sort(), [note, `002_b${words.ending}:2 ${code} error`].sort());
        const shown = await Promise.all(
          ['text', 'json', 'sarif', 'markdown'].map((format) => bench.cli(['lint', '--format', format])),
        );
        for (const { stdout } of shown) assert.match(stdout, /KM435.*003_c|003_c.*KM435/s);
        const japanese = await bench.cli(['--lang', 'ja', 'lint']);
        assert.match(japanese.stdout, /実行していません: migrations\/003_c/);
      }));

    it('knows the tables that the migrations before have made', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await bench.write('001_a', upDown([words.table('A')], [words.drop('A')]));
        const again =
          engine === 'kuzu'
            ? 'CREATE NODE TABLE IF NOT EXISTS A(id STRING, name STRING, PRIMARY KEY(id))'
            : 'CREATE TABLE IF NOT EXISTS A(id VARCHAR, name VARCHAR)';
        await bench.write('002_b', upDown([again], [words.truth(true)]));
        assert.deepEqual(await short(bench), [`002_b${words.ending}:2 KM433 error`]);
      }));

    if (engine === 'duckdb') {
      it('asks each view whether it still works', () =>
        withMigrations(engine, async (bench) => {
          const views = ['CREATE VIEW vz AS SELECT a, e FROM z', 'CREATE VIEW vv AS SELECT a FROM vz'];
          await bench.write('001_a', upDown(['CREATE TABLE z(a BIGINT, e VARCHAR)', ...views]));
          await bench.write('002_b', upDown(['CREATE TABLE y(a INT)', 'ALTER TABLE z RENAME e TO f']));
          await bench.write('003_c', upDown(['CREATE OR REPLACE VIEW vz AS SELECT a, f AS e FROM z', 'DROP VIEW vv']));
          await bench.write('004_d', `-- lint-ignore: KM436\n${upDown(['DROP TABLE z'])}`);
          const { rows } = await found(bench);
          assert.deepEqual(
            rows
              .filter(({ code }) => code === 'KM436')
              .map(({ file, line, message }) => `${path.basename(file)}:${line} ${message.replace(/ \(.*/s, '')}`),
            [
              '002_b.sql:3 It leaves the view “vv”, which no longer works',
              '002_b.sql:3 It leaves the view “vz”, which no longer works',
            ],
          );
        }));

      it('has the engine tell whether a view, macro, type or index is there in another shape', () =>
        withMigrations(engine, async (bench) => {
          const made = [
            'CREATE SCHEMA own',
            'CREATE TABLE t(a INT, b INT)',
            'CREATE TABLE own.t(a INT, b INT)',
            'CREATE VIEW v AS SELECT a, b FROM t WHERE a > 1',
            'CREATE VIEW own.w AS SELECT 1 AS one',
            'CREATE MACRO m(x, y := 2) AS x + y',
            'CREATE MACRO tm(x) AS TABLE SELECT x AS x',
            "CREATE TYPE mood AS ENUM ('sad', 'it''s')",
            'CREATE INDEX i ON t(a)',
            'CREATE UNIQUE INDEX j ON own.t(a)',
          ];
          const same = [
            'create view if not exists main."V" as select A, b from T where (a>1)',
            'CREATE VIEW IF NOT EXISTS own.w AS SELECT 1 one',
            'CREATE MACRO IF NOT EXISTS m(x, y := 2) AS (x+y)',
            'CREATE FUNCTION IF NOT EXISTS tm(x) AS TABLE (SELECT x AS x)',
            "CREATE TYPE IF NOT EXISTS mood AS ENUM ('sad','it''s')",
            'CREATE INDEX IF NOT EXISTS i ON t (a)',
            'CREATE UNIQUE INDEX IF NOT EXISTS j ON own.t(a)',
            'CREATE VIEW IF NOT EXISTS fresh AS SELECT 1 AS one',
          ];
          const other = [
            'CREATE VIEW IF NOT EXISTS v AS SELECT a, b FROM t WHERE a > 2',
            'CREATE VIEW IF NOT EXISTS own.w AS SELECT 2 AS one',
            'CREATE MACRO IF NOT EXISTS m(x, y := 3) AS x + y',
            'CREATE FUNCTION IF NOT EXISTS tm(x) AS TABLE SELECT x AS y',
            "CREATE TYPE IF NOT EXISTS mood AS ENUM ('sad')",
            'CREATE INDEX IF NOT EXISTS i ON t(b)',
            'CREATE INDEX IF NOT EXISTS j ON own.t(a)',
            'CREATE VIEW IF NOT EXISTS t AS SELECT 1 AS one',
            'CREATE TABLE IF NOT EXISTS v(a INT)',
          ];
          await bench.write('001_a', upDown(made));
          await bench.write('002_b', upDown(same));
          await bench.write('003_c', upDown([...other, 'DROP VIEW v', 'CREATE VIEW IF NOT EXISTS v AS SELECT 3 AS a']));
          const { rows } = await found(bench);
          assert.deepEqual(
            rows
              .filter(({ code }) => code !== 'KM431')
              .map(({ code, line, message }) => `${line} ${code} ${message.replace(/.*there is /, '')}`),
            [
              '2 KM433 CREATE VIEW v AS SELECT a, b FROM t WHERE (a > 1).',
              '3 KM433 CREATE VIEW own.w AS SELECT 1 AS one.',
              '4 KM433 MACRO m(x, y := 2) AS (x + y).',
              '5 KM433 MACRO tm(x) AS TABLE SELECT x AS x.',
              "6 KM433 TYPE mood AS ENUM('sad', 'it''s').",
              '7 KM433 CREATE INDEX i ON t(a).',
              '8 KM433 CREATE UNIQUE INDEX j ON own.t(a).',
              '9 KM433 TABLE t.',
              '10 KM433 CREATE VIEW v AS SELECT a, b FROM t WHERE (a > 1).',
            ],
          );
        }));
    }

    it('finds the same shape in what the engine writes in words of its own', () =>
      withMigrations(engine, async (bench) => {
        const tables =
          engine === 'kuzu'
            ? [
                `CREATE NODE TABLE A(id SERIAL, n STRING DEFAULT "it's", b BOOL DEFAULT true, d DOUBLE DEFAULT 1.50, i INT64 DEFAULT -3, t DATE DEFAULT date('2020-01-01'), l INT64[] DEFAULT [1, 2], e DOUBLE DEFAULT 5, g STRING DEFAULT NULL, f FLOAT DEFAULT 2, PRIMARY KEY (id))`,
                'CREATE REL TABLE R(FROM A TO a, w DECIMAL(4, 2) DEFAULT 1, MANY_ONE) WITH (STORAGE_DIRECTION = "fwd")',
                'CREATE SEQUENCE s',
                'CREATE SEQUENCE q START WITH 7 INCREMENT BY -2 MINVALUE -9 MAXVALUE 8 CYCLE',
                'CREATE SEQUENCE down INCREMENT -1',
              ]
            : [
                'CREATE TABLE o(id INTEGER PRIMARY KEY)',
                `CREATE TABLE t(id INT, a INT NOT NULL DEFAULT 5, b BOOL DEFAULT true, c TEXT DEFAULT 'it''s', d INT DEFAULT -3, e DOUBLE DEFAULT 1.50, f DATE DEFAULT '2020-01-01', g INT DEFAULT NULL, h TIMESTAMP DEFAULT now(), i DECIMAL(4, 2) DEFAULT 1, k INT UNIQUE CHECK (k > 0) REFERENCES o(id), l INT REFERENCES o, z INT AS (a + 1), PRIMARY KEY (id, a), CONSTRAINT named CHECK (a < 9), FOREIGN KEY (d) REFERENCES main.o(id))`,
                'CREATE SEQUENCE s',
                'CREATE SEQUENCE q START WITH 7 INCREMENT BY -2 MINVALUE -9 MAXVALUE 8 CYCLE',
                'CREATE SEQUENCE down INCREMENT -1',
              ];
        await bench.write('001_a', upDown(tables));
        const again = tables.map((one) => one.replace(/ (?=\w+(?:\(| |$))(?<=TABLE |SEQUENCE )/, ' IF NOT EXISTS '));
        assert.ok(again.every((one) => one.includes('IF NOT EXISTS')));
        await bench.write('002_b', upDown(again));
        const { rows } = await found(bench);
        assert.deepEqual(
          rows.filter(({ code }) => code !== 'KM431').map(({ code, message }) => `${code} ${message}`),
          [],
        );
      }));

    it('counts what would be lost, where a database is there and the migration is pending', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await bench.write(
          '001_a',
          upDown([words.table('Aa'), words.table('Bb')], [words.drop('Aa'), words.drop('Bb')]),
        );
        await bench.migrate('up');
        await bench.run(words.insert('Aa', 1), words.insert('Aa', 2));
        await bench.write('002_b', upDown([words.drop('Aa'), words.dropColumn('Bb', 'name')], [words.truth(true)]));
        const before = await everything(bench.dir);
        const losses = async () =>
          (await found(bench)).rows
            .filter(({ code }) => code.startsWith('DL'))
            .map(({ code, severity, message }) => [code, severity, message]);
        assert.deepEqual(await losses(), [
          ['DL101', 'warning', 'It drops the table “Aa” with all of its rows: 2 in dev.'],
          ['DL102', 'note', 'It loses the values of the column “Bb.name”: 0 in dev.'],
        ]);
        assert.deepEqual(await everything(bench.dir), before);
        await bench.migrate('up');
        assert.deepEqual((await losses())[0], ['DL101', 'warning', 'It drops the table “Aa” with all of its rows.']);
      }));

    it('counts what a table that is made anew leaves out', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await bench.write('001_a', upDown([words.table('Aa')], [words.drop('Aa')]));
        await bench.migrate('up');
        await bench.run(words.insert('Aa', 1), words.insert('Aa', 2));
        const up =
          engine === 'kuzu'
            ? [
                'ALTER TABLE Aa RENAME TO Aa_old',
                'CREATE NODE TABLE Aa(id INT64, PRIMARY KEY(id))',
                'COPY Aa FROM (MATCH (o:Aa_old) RETURN o.id)',
                'DROP TABLE Aa_old',
              ]
            : ['CREATE TABLE Bb AS SELECT id FROM Aa', 'DROP TABLE Aa', 'ALTER TABLE Bb RENAME TO Aa'];
        await bench.write('002_b', upDown(up, [words.truth(true)]));
        const losses = (await found(bench)).rows
          .filter(({ code }) => code.startsWith('DL'))
          .map(({ code, severity, message }) => [code, severity, message]);
        assert.deepEqual(losses, [['DL102', 'warning', 'It loses the values of the column “Aa.name”: 2 in dev.']]);
      }));

    it('tells a narrowing cast of the whole migration', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        const make = (type: string) =>
          engine === 'kuzu'
            ? `CREATE NODE TABLE A(id INT64, n ${type}, PRIMARY KEY(id))`
            : `CREATE TABLE A(id BIGINT, n ${type})`;
        await bench.write('001_a', upDown([make(engine === 'kuzu' ? 'INT32' : 'INTEGER')], [words.drop('A')]));
        const up =
          engine === 'kuzu'
            ? [
                'ALTER TABLE A RENAME TO A_old',
                make('INT16'),
                'COPY A FROM (MATCH (o:A_old) RETURN o.id, CAST(o.n AS INT16))',
                'DROP TABLE A_old',
              ]
            : ['ALTER TABLE A ALTER n TYPE SMALLINT'];
        await bench.write('002_b', upDown(up, [words.drop('A'), make(engine === 'kuzu' ? 'INT32' : 'INTEGER')]));
        assert.deepEqual(
          (await short(bench)).filter((one) => !one.includes('KM432')),
          engine === 'kuzu'
            ? ['002_b.cypher:4 DL104 warning']
            : ['002_b.sql:2 DL104 warning', '002_b.sql:2 KM222 warning'],
        );
      }));

    it('finds no error in what generate writes', () =>
      withMigrations(engine, async (bench) => {
        const { dir, words } = bench;
        await mkdir(path.join(dir, 'ddl'));
        const kuzu = engine === 'kuzu';
        const schemas = kuzu
          ? [
              'CREATE NODE TABLE Person(id INT64, mail STRING, age INT64, PRIMARY KEY(id));\nCREATE NODE TABLE City(name STRING, PRIMARY KEY(name));\nCREATE REL TABLE LivesIn(FROM Person TO City, since INT64);',
              'CREATE NODE TABLE Person(id STRING, mail STRING, age INT16 DEFAULT 7, PRIMARY KEY(mail));\nCREATE NODE TABLE Town(name STRING, PRIMARY KEY(name));\nCREATE REL TABLE LivesIn(FROM Person TO Town, MANY_ONE);\nCREATE MACRO twice(x) AS x * 2;',
              'CREATE NODE TABLE Town(name STRING, PRIMARY KEY(name));',
            ]
          : [
              'CREATE TABLE city(name VARCHAR PRIMARY KEY);\nCREATE TABLE person(id BIGINT PRIMARY KEY, mail VARCHAR, age BIGINT, lives VARCHAR REFERENCES city(name));',
              'CREATE TABLE town(name VARCHAR PRIMARY KEY);\nCREATE TABLE person(id VARCHAR, mail VARCHAR UNIQUE, age SMALLINT DEFAULT 7, "at" DATE, lives VARCHAR REFERENCES town(name));\nCREATE VIEW old AS SELECT id FROM person;',
              'CREATE TABLE town(name VARCHAR PRIMARY KEY);',
            ];
        for (const [at, schema] of schemas.entries()) {
          await writeFile(path.join(dir, 'ddl', `schema${words.ending}`), `${schema}\n`);
          const renames = at === 1 ? [kuzu ? 'City=Town' : 'city=town'] : [];
          const now = new Date(Date.UTC(2025, 0, 1 + at));
          const made = await makeMigration(bench.context(), {
            database: bench.database(),
            name: `step ${at}`,
            renames,
            decide: async (all) => (all.length > 0 ? [] : refuseToDecide(all)),
            now,
            kind: at === 1 ? 'pair' : 'single',
          });
          const { files } = await writeMigration(bench.context(), made);
          assert.ok(files.length > 0);
        }
        const { rows, notReplayed } = await found(bench);
        assert.deepEqual([rows.filter(({ severity }) => severity === 'error'), notReplayed], [[], []]);
        assert.ok(
          rows.some(({ code }) => code === 'DL101' || code === 'DL102'),
          'what is lost is told',
        );
      }));

    it('finds nothing in what create writes', () =>
      withMigrations(engine, async (bench) => {
        assert.equal((await bench.cli(['create', 'add person'])).code, 0);
        assert.equal((await bench.cli(['create', 'add city', '--kind', 'pair'])).code, 0);
        assert.deepEqual(await short(bench), []);
      }));

    it('runs code, too, and misses its way down', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await bench.write(
          '001_a.js',
          `export async function up(db) { await db.run(${JSON.stringify(words.table('A'))}); }`,
        );
        await bench.write('002_b', upDown([words.addColumn('A', 'age')], [words.dropColumn('A', 'age')]));
        assert.deepEqual(await short(bench), ['001_a.js:1 KM431 warning']);
        await bench.write(
          '001_a.js',
          `export async function up(db) { await db.run(${JSON.stringify(words.failing)}); }`,
        );
        assert.match((await short(bench))[0] ?? '', /^001_a\.js:\d+ \w+ error$/);
      }));

    it('goes through 40 migrations up and down', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await bench.write('0001_a', upDown([words.table('A')], [words.drop('A')]));
        for (let at = 2; at <= 40; at++) {
          const name = String(at).padStart(4, '0');
          const way =
            at % 2 === 0
              ? upDown([words.table(`T${at}`)], [words.drop(`T${at}`)])
              : upDown([words.addColumn('A', `c${at}`)], [words.dropColumn('A', `c${at}`)]);
          await bench.write(`${name}_x`, way);
        }
        assert.deepEqual(await short(bench), []);
      })).timeout(120_000);
  });
}

describe('lint of what generate writes', () => {
  it('tells and counts a pair, a column and values that a rebuild leaves out', () =>
    withMigrations('kuzu', async (bench) => {
      const ddl = path.join(bench.dir, 'ddl', 'schema.cypher');
      await mkdir(path.dirname(ddl));
      const make = async (name: string, schema: string, at: number) => {
        await writeFile(ddl, `${schema}\n`);
        const now = new Date(Date.UTC(2025, 0, at));
        const made = await makeMigration(bench.context(), {
          ...{ database: bench.database(), name, renames: [], kind: 'single', now },
          decide: async () => [],
        });
        await writeMigration(bench.context(), made);
      };
      const ends = (columns: string) =>
        `CREATE NODE TABLE A(id INT64${columns}, PRIMARY KEY(id));\nCREATE NODE TABLE B(id INT64, PRIMARY KEY(id));\n`;
      await make('one', `${ends(', n INT64, v FLOAT[2]')}CREATE REL TABLE R(FROM A TO B, FROM B TO A, w INT64);`, 1);
      await bench.migrate('up');
      await bench.run(
        'CREATE (:A {id: 1, n: 1, v: [0.5, 1.5]})-[:R {w: 1}]->(:B {id: 1})',
        'MATCH (a:A), (b:B) CREATE (b)-[:R]->(a)',
      );
      await make('two', `${ends(', v FLOAT[3]')}CREATE REL TABLE R(FROM A TO B, w STRING);`, 2);
      const messages = (await found(bench)).rows
        .filter(({ code }) => code.startsWith('DL'))
        .map(({ message }) => message);
      assert.deepEqual(messages.sort(), [
        'It changes “A.v” to a type that may not hold every value.',
        'It drops the relationships of “R(B->A)”: 1 in dev.',
        'It loses the values of the column “A.n”: 1 in dev.',
        'It loses the values of the column “A.v”: 1 in dev.',
      ]);
    }));
});
