import assert from 'node:assert/strict';
import path from 'node:path';
import type { EngineName } from '../../src/core/schema/model';
import { renameText } from '../../src/core/schema/rename-text';
import { createCodeHost } from '../../src/engine/code/host';
import { detectFile } from '../../src/engine/detect';
import { withSession } from '../../src/engine/with-session';
import { loadProject } from '../../src/project/discovery';
import { type Comparison, compare } from '../../src/workflow/compare/compare';
import { overlapOf } from '../../src/workflow/compare/rename-overlap';
import { withTempDir } from '../support/kuzu-script';
import { dist, withDrivers } from '../support/project';

/** Compares two databases that these statements made. */
async function compared(
  engine: EngineName,
  older: readonly string[],
  newer: readonly string[],
  renames: readonly string[] = [],
): Promise<Comparison> {
  return withTempDir((dir) =>
    withDrivers(async (drivers) => {
      const driver = drivers.get(engine);
      const files = ['old', 'new'].map((name) => path.join(dir, `${name}.${engine}`));
      for (const [at, statements] of [older, newer].entries()) {
        await withSession(driver, { path: files[at] ?? '', readOnly: false }, (session) =>
          session.run(statements.map((text) => ({ text }))),
        );
      }
      const [from = '', to = ''] = files;
      const project = await loadProject({ dir, env: {}, detect: detectFile, database: from });
      const context = {
        project,
        driver: drivers.get.bind(drivers),
        codeHost: () => createCodeHost(dist, { log: () => undefined }),
        log: () => undefined,
      };
      return compare(context, { from: `file:${from}`, to: `file:${to}`, renames });
    }),
  );
}

const found = ({ candidates }: Comparison) =>
  candidates.map(({ rename, sure, evidence }) => [
    renameText(rename),
    sure,
    evidence.find(({ key }) => key === 'rename.evidence.overlap')?.params.percent,
  ]);

interface Words {
  /** A table of these columns, the first of which is its key, with 1,500 rows of these values (`i` is the number). */
  table(name: string, columns: readonly string[], values: readonly string[]): string[];
}

const engines: Readonly<Record<'kuzu' | 'duckdb', Words>> = {
  kuzu: {
    table: (name, columns, values) => [
      `CREATE NODE TABLE ${name} (${columns.map((one) => `${one} STRING`).join(', ')}, PRIMARY KEY (${columns[0]}))`,
      `UNWIND range(1, 1500) AS i CREATE (:${name} {${columns.map((one, at) => `${one}: ${values[at]}`).join(', ')}})`,
    ],
  },
  duckdb: {
    table: (name, columns, values) => [
      `CREATE TABLE ${name} (${columns.map((one) => `${one} VARCHAR`).join(', ')}, PRIMARY KEY (${columns[0]}))`,
      `INSERT INTO ${name} SELECT ${values.join(', ')} FROM (SELECT unnest(range(1, 1501)) AS i)`,
    ],
  },
};

for (const engine of ['kuzu', 'duckdb'] as const) {
  const { table } = engines[engine];
  const string = engine === 'kuzu' ? 'STRING' : 'VARCHAR';
  const text = (prefix: string) => `concat('${prefix}', CAST(i AS ${string}))`;

  describe(`the data of two databases of ${engine}`, () => {
    it('tells which of two columns is the old one', async () => {
      const older = table('t', ['id', 'first', 'rest'], [text('k'), text('mail'), text('r')]);
      const newer = table('t', ['id', 'other', 'second', 'rest'], [text('k'), text('x'), text('mail'), text('r')]);
      assert.deepEqual(found(await compared(engine, older, newer)), [['t.first=second', true, '100']]);
    });

    it('tells which of two tables is the old one, and the column in it', async () => {
      const older = table('t', ['id', 'a', 'b', 'was'], [text('k'), text('a'), text('b'), text('w')]);
      const newer = [
        ...table('u', ['id', 'a', 'b', 'now'], [text('q'), text('x'), text('y'), text('z')]),
        ...table('v', ['id', 'a', 'b', 'now'], [text('k'), text('a'), text('b'), text('w')]),
      ];
      assert.deepEqual(found(await compared(engine, older, newer)), [
        ['t=v', true, '100'],
        ['v.was=now', true, '100'],
      ]);
      const decided = await compared(engine, older, newer, ['t=v']);
      assert.deepEqual(found(decided), [['v.was=now', true, '100']]);
      assert.deepEqual(
        decided.changes.map(({ kind }) => kind),
        ['rename-table', 'add-table', 'drop-column', 'add-column'],
      );
    });

    it('lets go of a column whose place is the same and whose values are not', async () => {
      const older = table('t', ['id', 'city'], [text('k'), text('c')]);
      const newer = table('t', ['id', 'born'], [text('k'), text('b')]);
      assert.deepEqual(found(await compared(engine, older, newer)), []);
    });

    it('says nothing where there are no rows', async () => {
      const older = table('t', ['id', 'city'], [text('k'), text('c')]);
      const newer = table('t', ['id', 'town'], [text('k'), text('b')]).slice(0, 1);
      assert.deepEqual(found(await compared(engine, older, newer)), [['t.city=town', true, undefined]]);
    });
  });
}

describe('the data of relationships, and of types that are no text', () => {
  it('is compared on Kùzu, and a rel table that connects nothing is left alone', async () => {
    const statements = (column: string) => [
      'CREATE NODE TABLE A (id INT64, PRIMARY KEY (id))',
      'UNWIND range(1, 40) AS i CREATE (:A {id: i})',
      `CREATE REL TABLE R (FROM A TO A, ${column} STRUCT(a INT64, b DATE[]))`,
      `MATCH (x:A), (y:A) WHERE x.id + 1 = y.id CREATE (x)-[:R {${column}: {a: x.id, b: [date('2020-01-01')]}}]->(y)`,
      `CREATE REL TABLE N (FROM A TO A, ${column} BLOB)`,
      'ALTER TABLE N DROP FROM A TO A',
    ];
    assert.deepEqual(found(await compared('kuzu', statements('was'), statements('now'))), [
      ['R.was=now', true, '100'],
      ['N.was=now', true, undefined],
    ]);
  });

  it('is compared on DuckDB, in a schema that is called like the file', async () => {
    const statements = (column: string, schema: string) => [
      'CREATE SCHEMA old',
      `CREATE TABLE ${schema}.t (id INTEGER, ${column} STRUCT(a INTEGER, b DATE[]), x BLOB)`,
      `INSERT INTO ${schema}.t SELECT i, {'a': i, 'b': [DATE '2020-01-01']}, 'x' FROM (SELECT unnest(range(40)) AS i)`,
    ];
    assert.deepEqual(found(await compared('duckdb', statements('was', 'old.old'), statements('now', 'old'))), [
      ['old.t.was=now', true, '100'],
    ]);
  });
});

describe('the overlap of two samples', () => {
  const hashes = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => String(from + at).padStart(6, '0'));

  it('is the share of the smaller one', () => {
    assert.deepEqual(overlapOf(hashes(0, 10), hashes(5, 30)), { share: 0.5, values: 10 });
    assert.equal(overlapOf([], hashes(0, 5)), undefined);
  });

  it('counts only as far as both samples reach', () => {
    const every = (step: number) => hashes(0, 1000).map((_, at) => String(at * step).padStart(6, '0'));
    assert.deepEqual(overlapOf(every(1), every(2)), { share: 1, values: 500 });
  });
});
