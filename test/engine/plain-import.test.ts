import assert from 'node:assert/strict';
import path from 'node:path';
import { quoteString } from '../../src/core/dialect/kuzu-names';
import type { Session } from '../../src/engine/driver';
import { createDrivers } from '../../src/engine/drivers';
import { withSession } from '../../src/engine/with-session';
import { requireDatabase } from '../../src/workflow/context';
import { exportVersion } from '../../src/workflow/export/export';
import { withTempDir } from '../support/kuzu-script';
import { contextOf } from '../support/loss-case';
import { dist } from '../support/project';

/** What the engine's own IMPORT DATABASE, without this program, makes of a version of a database. */
describe('a version of Kùzu, read by the engine alone', () => {
  const drivers = createDrivers(dist, { idleMs: 60_000, log: () => undefined });
  after(() => drivers.dispose());

  async function plainly(made: readonly string[], asked: readonly string[]): Promise<unknown[]> {
    const driver = drivers.get('kuzu');
    return withTempDir(async (dir) => {
      const run = async (file: string, work: (session: Session) => Promise<unknown[]>) =>
        withSession(driver, { path: path.join(dir, file), readOnly: false }, work);
      await run('db.kuzu', (session) => session.run(made.map((text) => ({ text }))));
      const context = await contextOf(driver, dir);
      const request = { database: requireDatabase(context.project), version: 'v1', format: 'parquet' as const };
      const { dir: version } = await exportVersion(context, { ...request, schemaOnly: false });
      return run('plain.kuzu', async (session) => {
        await session.run([{ text: `IMPORT DATABASE ${quoteString(version)}` }]);
        const answers = await session.run(asked.map((text) => ({ text, rows: 10 })));
        return answers.map(({ rows }) => rows);
      });
    });
  }

  const node = 'CREATE NODE TABLE A(id INT64 PRIMARY KEY)';
  const pair = (table: string, properties: string) =>
    `MATCH (a:A {id: 1}), (b:A {id: 2}) CREATE (a)-[:${table} {${properties}}]->(b)`;

  it('loads relationships whose properties all stand beside, and what comes behind them', async () => {
    const made = [
      node,
      'CREATE REL TABLE R(FROM A TO A, u UNION(x INT64, y STRING))',
      "CREATE REL TABLE S(FROM A TO A, n INT64, i INTERVAL DEFAULT interval('3 days'), d DOUBLE)",
      'CREATE (:A {id: 1}), (:A {id: 2})',
      pair('R', 'u: union_value(x := 5)'),
      pair('S', "n: 7, i: interval('0 days') - interval('40 days'), d: 0.5"),
    ];
    const asked = ['MATCH ()-[r:R]->() RETURN r.u', 'MATCH ()-[s:S]->() RETURN s.n, s.i, s.d'];
    assert.deepEqual(await plainly(made, asked), [[[null]], [[7, null, 0.5]]]);
  });

  it('puts NULL, not a default, in place of values that stand beside', async () => {
    const made = [
      "CREATE NODE TABLE N(id INT64 PRIMARY KEY, i INTERVAL DEFAULT interval('3 days'), j JSON, u UNION(x INT64, y STRING), s STRING)",
      "CREATE (:N {id: 1, i: interval('0 days') - interval('40 days'), j: to_json('x'), u: union_value(x := 5), s: ''})",
      'CREATE (:N {id: 2, i: NULL, j: NULL, u: NULL, s: NULL})',
    ];
    const asked = ['MATCH (n:N) RETURN n.id, n.i, n.j, n.u, n.s ORDER BY n.id'];
    assert.deepEqual(await plainly(made, asked), [
      [
        [1, null, null, null, ''],
        [2, null, null, null, null],
      ],
    ]);
  });

  it('loads the other nested values of a table with such a column', async () => {
    const made = [
      'CREATE NODE TABLE N(id INT64 PRIMARY KEY, u UNION(x INT64, y STRING), d DECIMAL(10, 2)[], a STRUCT(street STRING, tags STRING[], m MAP(STRING, INT64[])))',
      "CREATE (:N {id: 1, u: union_value(x := 5), d: [CAST('1.50' AS DECIMAL(10, 2))], a: {street: 'x', tags: ['y'], m: map(['k'], [[1, 2]])}})",
      'CREATE (:N {id: 2, u: NULL, d: NULL, a: NULL})',
      "CREATE (:N {id: 3, u: union_value(y := ''), d: [], a: {street: NULL, tags: ['y', 'z'], m: map(['k'], [[3]])}})",
    ];
    const texts = 'n.id, n.u, CAST(n.d AS STRING), CAST(n.a AS STRING)';
    assert.deepEqual(await plainly(made, [`MATCH (n:N) RETURN ${texts} ORDER BY n.id`]), [
      [
        [1, null, '[1.50]', '{street: x, tags: [y], m: {k=[1,2]}}'],
        [2, null, null, null],
        [3, null, '[]', '{street: , tags: [y,z], m: {k=[3]}}'],
      ],
    ]);
  });

  it('leaves a rel table empty in which the engine would put the keys of the ends into properties', async () => {
    const made = [
      node,
      'CREATE REL TABLE R(FROM A TO A, `from` INT64, w INT64)',
      'CREATE REL TABLE S(FROM A TO A, `To` STRING)',
      'CREATE REL TABLE Z(FROM A TO A, w INT64)',
      'CREATE (:A {id: 1}), (:A {id: 2})',
      pair('R', '`from`: 7, w: 1'),
      pair('S', "`To`: 'x'"),
      pair('Z', 'w: 3'),
    ];
    const asked = ['R', 'S', 'Z'].map((name) => `MATCH ()-[r:${name}]->() RETURN count(*)`);
    assert.deepEqual(await plainly(made, asked), [[[0]], [[0]], [[1]]]);
  });

  it('tells NULL from an empty text, also beside a NULL in JSON', async () => {
    const made = [
      'CREATE NODE TABLE N(id INT64 PRIMARY KEY, s STRING, j JSON)',
      "CREATE (:N {id: 1, s: '', j: NULL}), (:N {id: 2, s: NULL, j: to_json('x')}), (:N {id: 3, s: 'a', j: NULL})",
    ];
    const rows = [
      ['', null],
      [null, null],
      ['a', null],
    ];
    assert.deepEqual(await plainly(made, ['MATCH (n:N) RETURN n.s, n.j ORDER BY n.id']), [rows]);
  });
});
