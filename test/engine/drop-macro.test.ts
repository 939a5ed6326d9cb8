import assert from 'node:assert/strict';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { english } from '../../src/core/text/english';
import { catalogOf } from '../support/catalog-of';
import { type MigrationBench, upDown, withMigrations } from '../support/migrations';

const NONE: readonly string[] = [];

/** One number for the rows of a table, whatever their order. */
const fingerprint = (table: string) =>
  `MATCH (n:${table}) RETURN count(*) AS n, sum(CAST(hash(n.id) AS INT128) + CAST(hash(n.name) AS INT128)) AS h`;

const onKuzu = (work: (bench: MigrationBench) => Promise<void>) => withMigrations('kuzu', work);

async function names(bench: MigrationBench) {
  const catalog = await catalogOf(bench.file);
  const sorted = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).sort();
  return {
    macros: sorted(catalog.macros),
    types: sorted(catalog.types.filter(({ definition, name }) => definition !== name)),
  };
}

async function beside(bench: MigrationBench): Promise<string[]> {
  return (await readdir(path.dirname(bench.file))).filter((name) => !name.endsWith('.lock')).sort();
}

describe('DROP MACRO and DROP TYPE in a migration of Kùzu, which knows neither', () => {
  it('take the object away, and its name is free again', () =>
    onKuzu(async (bench) => {
      await bench.write('1_a', 'CREATE MACRO addOne(x) AS x + 1;\nCREATE TYPE Age AS INT64;\n');
      await bench.write(
        '2_b',
        upDown(
          [
            'DROP MACRO addOne',
            'CREATE MACRO addOne(x, y := 2) AS x + y',
            'DROP TYPE age',
            'CREATE TYPE Age AS STRING',
          ],
          ['DROP MACRO ADDONE', 'DROP TYPE IF EXISTS Age', 'DROP TYPE IF EXISTS Age'],
        ),
      );
      const up = await bench.migrate('up');
      assert.equal(up.error, undefined);
      assert.deepEqual(await names(bench), { macros: ['ADDONE'], types: ['Age'] });
      assert.deepEqual(await bench.rows("RETURN addOne(1) AS a, CAST('x' AS Age) AS t"), [{ a: 3, t: 'x' }]);
      const down = await bench.migrate('down');
      assert.equal(down.error, undefined);
      assert.deepEqual(await names(bench), { macros: NONE, types: NONE });
      assert.deepEqual(await bench.states(), ['1 applied', '2 pending']);
      assert.deepEqual(await beside(bench), ['app.kuzu']);
    }));

  it('find names of every kind, as the engine does', () =>
    onKuzu(async (bench) => {
      const kinds = ['f', 'Mixed', '`we ird`', '`ünï`', '`ß`', '`ᾳᾀŉ`', '`ıſµ`', '`テスト`', '`a``b`', '`order`', 'ǆa'];
      const bodies = ['"it\\"s"', 'x + 1', '[x, y]', "{a: x, b: 'c'}", 'lower(x) + y'];
      await bench.write(
        '1_a',
        kinds.map((name, at) => `CREATE MACRO ${name}(x, y := ${at}) AS ${bodies[at % bodies.length]};\n`).join(''),
      );
      assert.equal((await bench.migrate('up')).error, undefined);
      assert.equal((await names(bench)).macros.length, kinds.length);
      for (const [at, name] of kinds.entries()) {
        await bench.write(`${at + 2}_drop`, `DROP MACRO ${name};\n`);
        const { error } = await bench.migrate('up');
        assert.equal(error && english(`error.${error.code}`, error.params), undefined, name);
        assert.equal((await names(bench)).macros.length, kinds.length - at - 1, name);
      }
    }));

  it('leave everything else of a large catalog as it was, and the database works on', () =>
    onKuzu(async (bench) => {
      const { table, insert } = bench.words;
      const many = Array.from({ length: 120 }, (_none, at) => [
        `CREATE MACRO m${at}(x, longParameterName := 'a default of some length ${'-'.repeat(at)}') AS x + ${at}`,
        `CREATE TYPE t${at} AS STRUCT(a${at} INT64, b STRING[], c MAP(STRING, DECIMAL(18, 3)))`,
      ]).flat();
      await bench.write(
        '1_a',
        [table('A'), table('B'), 'CREATE REL TABLE R(FROM A TO B, since DATE)', ...many].map((s) => `${s};\n`).join(''),
      );
      const rows = [1, 2, 3].map((id) => `${insert('A', id)};\n${insert('B', id)};\n`).join('');
      const more =
        "UNWIND range(10, 5000) AS i CREATE (:A {id: i, name: 'row ' + CAST(i AS STRING)});\n" +
        'MATCH (a:A), (b:B) WHERE a.id = b.id CREATE (a)-[:R {since: date("2025-08-01")}]->(b);\n';
      await bench.write('2_rows', rows + more);
      await bench.write('3_fts', "CALL CREATE_FTS_INDEX('A', 'byName', ['name']);\n");
      assert.equal((await bench.migrate('up')).error, undefined);
      const before = await catalogOf(bench.file);
      const told = await bench.ask(fingerprint('A'), fingerprint('B'), 'MATCH ()-[r:R]->() RETURN count(*) AS n');
      await bench.write('4_drop', 'DROP MACRO m77;\nDROP TYPE T3;\nDROP MACRO M0;\nDROP TYPE t119;\n');
      const { error, results } = await bench.migrate('up');
      assert.equal(error, undefined);
      assert.deepEqual(
        results[0]?.statements.map(({ line }) => line),
        [1, 2, 3, 4],
      );
      const after = await catalogOf(bench.file);
      assert.deepEqual(after, {
        ...before,
        macros: before.macros.filter(({ name }) => !['M77', 'M0'].includes(name)),
        types: before.types.filter(({ name }) => !['t3', 't119'].includes(name)),
      });
      assert.deepEqual(
        await bench.ask(fingerprint('A'), fingerprint('B'), 'MATCH ()-[r:R]->() RETURN count(*) AS n'),
        told,
      );
      const copy = path.join(bench.dir, 'exported');
      await bench.run(
        'CREATE MACRO m77(x) AS x * 1000',
        'CREATE TYPE t3 AS DATE',
        'ALTER TABLE A ADD extra INT64 DEFAULT 7',
        "CREATE (:A {id: 9000, name: 'zebra'})",
        'MATCH (a:A {id: 1})-[r:R]->(b:B) SET r.since = date("2026-01-01")',
        'ALTER TABLE B DROP name',
        'CHECKPOINT',
        `EXPORT DATABASE '${copy}'`,
      );
      await bench.run('CREATE NODE TABLE C(id SERIAL PRIMARY KEY)', 'CREATE (:C)', 'DROP TABLE C', 'CHECKPOINT');
      const [found, used] = await bench.ask(
        "CALL QUERY_FTS_INDEX('A', 'byName', 'zebra') RETURN node.id AS id",
        'MATCH (a:A {id: 9000}) RETURN a.extra AS e, m77(2) AS m, m76(1) AS n, CAST("2025-08-01" AS t3) IS NULL AS d',
      );
      assert.deepEqual(found, [{ id: 9000 }]);
      assert.deepEqual(used, [{ e: 7, m: 2000, n: 77, d: false }]);
    }));

  it('leave a macro that others call by its name to them: they fail until there is one again', () =>
    onKuzu(async (bench) => {
      const setUp = [
        'CREATE MACRO inner(x) AS x + 1',
        'CREATE MACRO outer(x) AS inner(x) * 2',
        'CREATE TYPE Age AS INT64',
        'CREATE NODE TABLE T(id INT64 PRIMARY KEY, a Age, b INT64 DEFAULT inner(4))',
        'CREATE (:T {id: 1, a: 3})',
      ];
      await bench.write('1_a', setUp.map((text) => `${text};\n`).join(''));
      await bench.write('2_b', 'DROP MACRO inner;\nDROP TYPE Age;\nCREATE MACRO inner(x) AS x + 100;\n');
      assert.equal((await bench.migrate('up')).error, undefined);
      await bench.run('CREATE (:T {id: 2, a: 4})');
      assert.deepEqual(await bench.rows('MATCH (t:T) RETURN t.id AS i, t.a AS a, t.b AS b, outer(1) AS o ORDER BY i'), [
        { i: 1, a: 3, b: 5, o: 202 },
        { i: 2, a: 4, b: 104, o: 202 },
      ]);
    }));

  it('refuse what is not there or not the user’s, with file and line, and change nothing', () =>
    onKuzu(async (bench) => {
      const { table } = bench.words;
      await bench.write('1_a', `${table('A')};\nCREATE MACRO f(x) AS x;\n`);
      await bench.write('2_b', "CALL CREATE_FTS_INDEX('A', 'i', ['name']);\n");
      assert.equal((await bench.migrate('up')).error, undefined);
      const file = await bench.write('3_c', 'DROP MACRO f;\n\n  DROP MACRO nope;\n');
      const outcome = await bench.migrate('up');
      assert.equal(outcome.error?.code, 'STATEMENT_FAILED');
      assert.deepEqual(outcome.error?.where, { file, line: 3, column: 3, statement: 'DROP MACRO nope' });
      assert.equal(english('error.STATEMENT_FAILED', outcome.error?.params), 'There is no macro nope.');
      assert.deepEqual(await bench.history().then((rows) => rows.at(-1)), {
        version: '3',
        status: 'failed',
        done: 0,
        total: 2,
      });
      const helper = (await names(bench)).macros.find((name) => name.endsWith('_TOKENIZE')) ?? '';
      await bench.write('3_c', `DROP MACRO \`${helper}\`;\n`);
      const refused = await bench.migrate('up');
      assert.match(english('error.STATEMENT_FAILED', refused.error?.params), /is a part of a full-text index/);
      await bench.write('3_c', 'DROP TYPE nope;\n');
      const type = await bench.migrate('up');
      assert.equal(english('error.STATEMENT_FAILED', type.error?.params), 'There is no type nope.');
      await bench.write('3_c', 'DROP MACRO IF EXISTS nope;\nDROP MACRO IF EXISTS f;\nDROP MACRO IF EXISTS f;\n');
      assert.equal((await bench.migrate('up')).error, undefined);
      assert.deepEqual((await names(bench)).macros, [helper]);
      await bench.write('4_d', 'DROP MACRO f g;\n');
      assert.match(String((await bench.migrate('up')).error?.params.detail), /^Parser exception/);
      assert.deepEqual(await beside(bench), ['app.kuzu']);
    }));

  it('run in a dry run on its copy, and leave the database alone', () =>
    onKuzu(async (bench) => {
      await bench.write('1_a', 'CREATE MACRO f(x) AS x;\nCREATE TYPE t AS INT64;\n');
      await bench.migrate('up');
      await bench.write('2_b', 'DROP MACRO f;\nDROP TYPE t;\n');
      const { error, schema } = await bench.migrate('up', { dryRun: true });
      assert.equal(error, undefined);
      assert.deepEqual(schema?.changes.map(({ kind }) => kind).sort(), ['drop-macro', 'drop-type']);
      assert.deepEqual(await names(bench), { macros: ['F'], types: ['t'] });
    }));

  it('run from code without a transaction, and are refused in one with the way round', () =>
    onKuzu(async (bench) => {
      await bench.write('1_a', 'CREATE MACRO f(x) AS x;\n');
      await bench.migrate('up');
      const up = "export async function up(db) { await db.run('DROP MACRO f'); }\n";
      await bench.write('2_b.mjs', up);
      const refused = await bench.migrate('up');
      assert.equal(refused.error?.code, 'STATEMENT_NOT_TRANSACTIONAL');
      await bench.write('2_b.mjs', `export const transaction = 'none';\n${up}`);
      assert.equal((await bench.migrate('up')).error, undefined);
      assert.deepEqual((await names(bench)).macros, NONE);
    }));

  it('keep what the migration wrote before them in the same file, and what is written after', () =>
    onKuzu(async (bench) => {
      const { table, insert } = bench.words;
      const up = [table('A'), insert('A', 1), 'CREATE MACRO f(x) AS x', 'DROP MACRO f', insert('A', 2), table('B')];
      await bench.write('1_a', upDown(up));
      assert.equal((await bench.migrate('up', { backupBefore: 'never' })).error, undefined);
      assert.equal(await bench.count('A'), 2);
      assert.deepEqual(await bench.tables(), ['A', 'B']);
      assert.deepEqual((await names(bench)).macros, NONE);
    }));

  it('work through a link to the database', () =>
    onKuzu(async (bench) => {
      const { symlink, lstat, rename } = await import('node:fs/promises');
      await bench.write('1_a', 'CREATE MACRO f(x) AS x;\n');
      await bench.migrate('up');
      const real = path.join(bench.dir, 'elsewhere', path.basename(bench.file));
      await mkdir(path.dirname(real));
      await rename(bench.file, real);
      await symlink(real, bench.file);
      await bench.write('2_b', 'DROP MACRO f;\n');
      assert.equal((await bench.migrate('up')).error, undefined);
      assert.ok((await lstat(bench.file)).isSymbolicLink());
      assert.deepEqual((await catalogOf(real)).macros, []);
    }));
});
