import assert from 'node:assert/strict';
import { found, short } from '../support/lint';
import { type MigrationBench, upDown, withMigrations } from '../support/migrations';

describe('lint on kuzu alone', () => {
  const rel = upDown(
    [
      'CREATE NODE TABLE A(id INT64 PRIMARY KEY)',
      'CREATE NODE TABLE B(id INT64 PRIMARY KEY)',
      'CREATE REL TABLE R(FROM A TO A, w INT64, z INT64)',
    ],
    ['DROP TABLE R', 'DROP TABLE A', 'DROP TABLE B'],
  );

  it('goes through what crashes the engine only in one breath', () =>
    withMigrations('kuzu', async (bench) => {
      await bench.write('001_a', rel);
      await bench.write('002_b', upDown(['ALTER TABLE R DROP w'], ['ALTER TABLE R ADD w INT64']));
      await bench.write('003_c', upDown(['ALTER TABLE R ADD FROM B TO A'], ['ALTER TABLE R DROP FROM B TO A']));
      assert.deepEqual(await short(bench), ['002_b.cypher:2 DL102 warning']);
    }));

  it('tells the last pair of a table by its own code', () =>
    withMigrations('kuzu', async (bench) => {
      await bench.write('001_a', rel);
      await bench.write('002_b', upDown(['ALTER TABLE R DROP FROM A TO A'], ['ALTER TABLE R ADD FROM A TO A']));
      assert.deepEqual(await short(bench), [
        '002_b.cypher:2 KM305 error',
        '002_b.cypher:2 DL103 warning',
        '002_b.cypher:2 KM435 note',
      ]);
    }));

  it('counts the relationships that would go', () =>
    withMigrations('kuzu', async (bench) => {
      await bench.write('001_a', rel);
      await bench.migrate('up');
      await bench.run('CREATE (:A {id: 1})-[:R {w: 1}]->(:A {id: 2})', 'MATCH (a:A {id: 1}) CREATE (a)-[:R]->(a)');
      const up = [
        'ALTER TABLE R ADD FROM B TO A',
        'ALTER TABLE R DROP FROM A TO A',
        'ALTER TABLE R DROP w',
        'MATCH (a:A) DETACH DELETE a',
      ];
      await bench.write('002_b', `-- transaction: none\n${upDown(up, ['RETURN 1'])}`);
      const messages = (await found(bench)).rows
        .filter(({ code }) => code.startsWith('DL'))
        .map(({ message }) => message);
      assert.deepEqual(messages, [
        'It drops the relationships of “R(A->A)”: 2 in dev.',
        'It loses the values of the column “R.w”: 1 in dev.',
        'It deletes all rows of “A”: 2 in dev.',
      ]);
    }));
});

describe('lint on duckdb alone', () => {
  const messages = async (bench: MigrationBench) =>
    (await found(bench)).rows.map(({ code, severity, message }) => `${code} ${severity} ${message}`);
  const make = `CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER, s VARCHAR, p INTEGER);\nCREATE TABLE o(id INTEGER PRIMARY KEY)`;

  it('counts the rows that do not meet what a migration asks of them', () =>
    withMigrations('duckdb', async (bench) => {
      await bench.write('001_a', upDown([make], ['DROP TABLE t', 'DROP TABLE o']));
      await bench.migrate('up');
      await bench.run(
        "INSERT INTO t VALUES (1, NULL, '1', 1), (2, 5, 'x', NULL), (3, 5, 'y', 7)",
        'INSERT INTO o VALUES (1)',
      );
      const up = [
        'CREATE TABLE u(key INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE CHECK (n > 5), s INTEGER, p INTEGER REFERENCES o(id), z INTEGER NOT NULL)',
        'INSERT INTO u SELECT id, n, CAST(s AS INTEGER), p, 1 FROM t',
        'DROP TABLE t',
        'ALTER TABLE u RENAME TO t',
      ];
      await bench.write('002_b', `-- rename: t.id=key\n-- lint-ignore: DL104, KM431\n${upDown(up)}`);
      const asks = (what: string) => `It asks ${what} of “t`;
      const found = (await messages(bench)).filter((one) => one.startsWith('KM22')).sort();
      assert.deepEqual(
        found,
        [
          'KM222 warning It casts the values of “t.s” to INTEGER, and fails at one that can’t be cast: 2 in dev now.',
          `KM223 warning ${asks('NOT NULL')}.n”, and fails at a row that doesn’t meet it: 1 in dev now.`,
          `KM223 warning ${asks('NOT NULL')}.z”, and fails at a row that doesn’t meet it: 3 in dev now.`,
          `KM223 warning ${asks('CHECK (n > 5)')}”, and fails at a row that doesn’t meet it: 2 in dev now.`,
          `KM223 warning ${asks('FOREIGN KEY (p) REFERENCES o (id)')}”, and fails at a row that doesn’t meet it: 1 in dev now.`,
          `KM223 warning ${asks('UNIQUE (n)')}”, and fails at a row that doesn’t meet it: 1 in dev now.`,
        ].sort(),
      );
    }));

  it('notes what all rows meet, and counts nothing that the database can not tell', () =>
    withMigrations('duckdb', async (bench) => {
      await bench.write('001_a', upDown([make], ['DROP TABLE t', 'DROP TABLE o']));
      await bench.migrate('up');
      await bench.run("INSERT INTO t VALUES (1, 1, '1', 1)");
      const up = [
        'CREATE MACRO ok(x) AS x > 0',
        'CREATE TABLE u(id INTEGER PRIMARY KEY, n INTEGER NOT NULL, s INTEGER[], p INTEGER, CHECK (ok(n)))',
        'INSERT INTO u SELECT id, n, [s], p FROM t',
        'DROP TABLE t',
        'ALTER TABLE u RENAME TO t',
      ];
      await bench.write('002_b', `-- lint-ignore: DL104, KM431\n${upDown(up)}`);
      assert.deepEqual((await messages(bench)).sort(), [
        'KM222 warning It casts the values of “t.s” to INTEGER[], and fails at one that can’t be cast.',
        'KM223 note It asks NOT NULL of “t.n”, and fails at a row that doesn’t meet it: 0 in dev now.',
        'KM223 warning It asks CHECK (ok(n)) of “t”, and fails at a row that doesn’t meet it.',
      ]);
    }));
});
