import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { withProject } from '../support/project';
import { exportAs, importAs } from '../support/sample';

const TABLES = 60;
const RELS = 40;
const types = [
  'INT64',
  'STRING',
  'DECIMAL(12, 3)',
  'INT128',
  'INTERVAL',
  'STRUCT(a INT64, b STRING)',
  'DOUBLE',
  'JSON',
];
const values: Readonly<Record<string, string>> = {
  INT64: '41',
  STRING: "''",
  'DECIMAL(12, 3)': "CAST('-0.005' AS DECIMAL(12, 3))",
  INT128: "CAST('170141183460469231731687303715884105727' AS INT128)",
  INTERVAL: "interval('1 month') - interval('2 days')",
  'STRUCT(a INT64, b STRING)': "{a: 1, b: 'x,y'}",
  DOUBLE: '0.1 + 0.2',
  JSON: "to_json('x')",
};

/** 100 tables with macros, defaults, decimals, sequences, comments, types and connections, and some rows in each. */
function hundred(): string[] {
  const nodes = Array.from({ length: TABLES }, (_, at) => {
    const type = types[at % types.length] ?? 'INT64';
    const name = at % 10 === 9 ? `\`table ${at}'s\`` : `T${at}`;
    const id = at % 7 === 3 ? 'SERIAL' : 'INT64';
    const made = `CREATE NODE TABLE ${name}(id ${id}, v ${type}, price DECIMAL(10, 2) DEFAULT 9.95, n INT64 DEFAULT m${at % 10}(2), PRIMARY KEY(id))`;
    const key = (row: number) => (id === 'SERIAL' ? '' : `id: ${row}, `);
    return [
      made,
      ...(at % 5 === 0 ? [`COMMENT ON TABLE ${name} IS 'number ${at}: it\\'s'`] : []),
      `CREATE (:${name} {${key(0)}v: ${values[type]}})`,
      `CREATE (:${name} {${key(1)}price: CAST('-0.05' AS DECIMAL(10, 2))})`,
    ];
  });
  const rels = Array.from({ length: RELS }, (_, at) => {
    const [from, to] = [`T${at % 8}`, `T${(at * 3 + 10) % 18}`];
    const direction = at % 6 === 0 ? " WITH (storage_direction='fwd')" : '';
    return [
      `CREATE REL TABLE R${at}(FROM ${from} TO ${to}, FROM T20 TO T21, since DECIMAL(8, 3) DEFAULT 0.5, w INT64, ${at % 4 === 0 ? 'ONE_MANY' : 'MANY_MANY'})${direction}`,
      `MATCH (a:${from}), (b:${to}) WHERE a.id = 0 AND b.id = 1 CREATE (a)-[:R${at} {w: ${at}}]->(b)`,
    ];
  });
  return [
    'CREATE SEQUENCE s START 5 INCREMENT 3 MAXVALUE 50 CYCLE',
    "RETURN nextval('s')",
    'CREATE SEQUENCE unused START 7',
    'CREATE TYPE Money AS DECIMAL(10, 2)',
    ...Array.from({ length: 10 }, (_, at) => `CREATE MACRO m${at}(x, y := ${at}) AS (x + y) * -2`),
    ...nodes.flat(),
    ...rels.flat(),
    "CALL CREATE_FTS_INDEX('T1', 'one', ['v'])",
  ];
}

describe('a schema of a hundred tables', () => {
  for (const format of ['parquet', 'csv'] as const) {
    it(`survives export, import and export with nothing changed (${format})`, async function () {
      this.timeout(240_000);
      await withProject(hundred(), async (bench) => {
        const first = await exportAs(bench, 'v1.0.0', { format });
        assert.equal(first.manifest.tables.length, TABLES + RELS);
        assert.equal(first.manifest.verified, true);
        await importAs(bench, 'v1.0.0');
        const second = await exportAs(bench, 'v1.0.1', { format });
        for (const script of ['schema.cypher', 'copy.cypher', 'index.cypher']) {
          const [before, after] = await Promise.all(
            [first, second].map(({ dir }) => readFile(path.join(dir, script), 'utf8')),
          );
          assert.equal(after, before, script);
        }
        assert.deepEqual(second.manifest.proof, first.manifest.proof);
        assert.deepEqual(second.changes, []);
      });
    });
  }
});
