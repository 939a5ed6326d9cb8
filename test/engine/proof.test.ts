import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../src/core/errors';
import type { Driver } from '../../src/engine/driver';
import { queryKuzu } from '../support/kuzu-script';
import { type Bench, withProject } from '../support/project';
import { exportAs, importAs } from '../support/sample';

const rich = [
  'CREATE TYPE Money AS DECIMAL(10, 2)',
  'CREATE SEQUENCE s START 5 INCREMENT 2',
  "RETURN nextval('s')",
  'CREATE MACRO twice(x, y := 3) AS (x + y) * -2',
  "CREATE NODE TABLE `it's`(id SERIAL PRIMARY KEY, price Money DEFAULT 1.5, big INT128, t STRING)",
  "COMMENT ON TABLE `it's` IS 'things'",
  "CREATE (:`it's` {price: CAST('-0.05' AS DECIMAL(10, 2)), big: CAST('9007199254740993' AS INT128), t: ''})",
  'CREATE NODE TABLE U(`my id` INT64 PRIMARY KEY, i INTERVAL, u UNION(n INT64, s STRING))',
  "CREATE (:U {`my id`: 1, i: interval('1 day') - interval('3 days'), u: union_value(s := '12')})",
  "CREATE REL TABLE R(FROM `it's` TO U, `from` INT64, w INT64) WITH (storage_direction='fwd')",
  "MATCH (a:`it's`), (b:U) CREATE (a)-[:R {`from`: 3, w: 4}]->(b)",
  'CREATE NODE TABLE W(id INT64 PRIMARY KEY, s STRING)',
  "CREATE (:W {id: 1, s: 'some words'})",
  "CALL CREATE_FTS_INDEX('W', 'one', ['s'])",
];

/** The same project with an engine whose versions lack something. */
function spoiled(bench: Bench, spoil: (dir: string) => Promise<void>): Bench {
  const driver: Driver = bench.context.driver('kuzu');
  const worse: Driver = {
    ...driver,
    writeVersion: async (session, dir, options) => {
      const written = await driver.writeVersion(session, dir, options);
      await spoil(dir);
      return written;
    },
  };
  return { ...bench, context: { ...bench.context, driver: () => worse } };
}

describe('the proof of a version', () => {
  it('does not stumble over a -0.0 that the engine reads as 0.0 from the other end of a relationship', async () => {
    const type = 'UNION(m TIMESTAMP_NS, n DOUBLE)';
    const statements = [
      'CREATE NODE TABLE N(v INT64 PRIMARY KEY)',
      `CREATE REL TABLE R(FROM N TO N, x STRUCT(a ${type}, b STRING))`,
      'CREATE (:N {v: 1}), (:N {v: 2})',
      `MATCH (a:N {v: 1}), (b:N {v: 2}) CREATE (a)-[:R {x: {a: CAST(union_value(n := -0.0) AS ${type}), b: 'x'}}]->(b)`,
      'MATCH (a:N {v: 1}), (b:N {v: 1}) CREATE (a)-[:R {x: NULL}]->(b)',
    ];
    await withProject(statements, async (bench) => {
      const value = "CAST(union_extract(struct_extract(t.x, 'a'), 'n') AS STRING)";
      const texts = async (where: string) =>
        (await bench.rows(`MATCH (a:N)-[t:R]->(b:N) WHERE a.v <> b.v${where} RETURN ${value} AS v`)).map(({ v }) => v);
      assert.deepEqual([await texts(''), await texts(' AND offset(id(t)) >= 0')], [['-0.000000'], ['0.000000']]);
      assert.equal((await exportAs(bench, 'v1.0.0')).manifest.verified, true);
    });
  });

  it('stands in the manifest, and an import compares with it', async () => {
    await withProject(rich, async (bench) => {
      const { manifest, dir } = await exportAs(bench, 'v1.0.0');
      assert.equal(manifest.verified, true);
      assert.deepEqual(
        manifest.proof?.tables.map(({ name, rows }) => [name, rows]),
        [
          ["it's", 1],
          ['U', 1],
          ['W', 1],
          ['R', 1],
        ],
      );
      const file = path.join(dir, 'manifest.json');
      const wrong = manifest.proof?.tables.map((table) => ({ ...table, fingerprint: `${table.fingerprint}1` }));
      await writeFile(file, JSON.stringify({ ...manifest, proof: { ...manifest.proof, tables: wrong } }));
      await assert.rejects(importAs(bench, 'v1.0.0'), (error: unknown) => {
        return MigrateError.is(error, 'IMPORT_VALUES_DIFFER') && error.params.table === "it's";
      });
      await writeFile(file, JSON.stringify(manifest));
      await importAs(bench, 'v1.0.0');
    });
  });

  it('fails with the column that differs, and publishes nothing', async () => {
    const statements = [
      'CREATE NODE TABLE T(id INT64 PRIMARY KEY, a STRING, b INT64)',
      "CREATE (:T {id: 1, a: 'x', b: 2})",
    ];
    await withProject(statements, async (bench) => {
      const change = async (dir: string) => {
        const file = path.join(dir, 'T.csv');
        await writeFile(file, (await readFile(file, 'utf8')).replace('x', 'y'));
      };
      await assert.rejects(exportAs(spoiled(bench, change), 'v1', { format: 'csv' }), (error: unknown) => {
        return MigrateError.is(error, 'EXPORT_NOT_PROVEN') && error.params.object === 'T.a';
      });
      const lose = async (dir: string) => {
        const file = path.join(dir, 'T.csv');
        await writeFile(file, `${(await readFile(file, 'utf8')).split('\n')[0]}\n`);
      };
      await assert.rejects(exportAs(spoiled(bench, lose), 'v1', { format: 'csv' }), (error: unknown) => {
        return MigrateError.is(error, 'EXPORT_NOT_PROVEN') && /proof\.rows:1 ≠ 0/.test(String(error.params.detail));
      });
      const breakIt = (dir: string) => writeFile(path.join(dir, 'T.csv'), 'id,a,b\nnone,x,2\n');
      await assert.rejects(exportAs(spoiled(bench, breakIt), 'v1', { format: 'csv' }), (error: unknown) => {
        return MigrateError.is(error, 'EXPORT_NOT_PROVEN') && error.params.object === 'T';
      });
      assert.deepEqual(await readdir(path.join(bench.dir, 'migrations')), []);
      const unproven = await exportAs(spoiled(bench, change), 'v1', { format: 'csv', verify: false });
      assert.equal(unproven.manifest.verified, false);
      assert.equal(unproven.manifest.proof, undefined);
    });
  });

  it('refuses rows beside the data that are none, with their line', async () => {
    await withProject(rich, async (bench) => {
      const { dir, manifest } = await exportAs(bench, 'v1.0.0', { verify: false });
      const name = manifest.beside?.find(({ table }) => table === 'U')?.path ?? '';
      for (const line of ['["1"', '{"a": 1}', '["1", ["x"], null]']) {
        await writeFile(path.join(dir, name), `${line}\n`);
        await assert.rejects(importAs(bench, 'v1.0.0'), (error: unknown) => {
          return (
            MigrateError.is(error, 'VERSION_FILE_CHANGED') ||
            (MigrateError.is(error, 'VALUES_UNREADABLE') && error.where.line === 1)
          );
        });
      }
    });
  });
});

describe('the engine’s own IMPORT DATABASE', () => {
  for (const format of ['parquet', 'csv'] as const) {
    it(`gets of a version what it can carry (${format})`, async () => {
      await withProject(rich, async (bench) => {
        const { dir } = await exportAs(bench, 'v1.0.0', { format });
        const statements = [
          `IMPORT DATABASE '${dir}'`,
          "MATCH (t:`it's`) RETURN t.id AS id, CAST(t.price AS DOUBLE) AS price, CAST(t.big AS STRING) AS big, t.t AS t",
          "CREATE (t:`it's`) RETURN t.id AS id, CAST(t.price AS DOUBLE) AS price",
          "RETURN nextval('s') AS next, twice(1) AS twice, CAST(CAST(2 AS Money) AS STRING) AS money",
          'MATCH (u:U) RETURN u.`my id` AS id, u.i IS NULL AS i',
          "MATCH (:`it's`)-[r:R]->(:U) RETURN r.w AS w",
          "CALL show_tables() WHERE comment <> '' RETURN name, comment",
        ];
        statements.push("CALL QUERY_FTS_INDEX('W', 'one', 'words') RETURN node.id AS id");
        const [answers] = await queryKuzu([{ path: path.join(bench.dir, 'other.kuzu'), statements }]);
        assert.deepEqual(answers?.slice(1), [
          [{ id: 0, price: -0.05, big: '9007199254740993', t: '' }],
          [{ id: 1, price: 1.5 }],
          [{ next: 7, twice: -8, money: '2.00' }],
          [{ id: 1, i: true }],
          // The engine would put the keys of the ends into its property `from`, or fail at that.
          [],
          [{ name: "it's", comment: 'things' }],
          [{ id: 1 }],
        ]);
      });
    });
  }
});
