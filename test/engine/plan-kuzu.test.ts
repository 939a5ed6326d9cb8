import assert from 'node:assert/strict';
import path from 'node:path';
import { diffSchemas } from '../../src/core/schema/diff';
import { planCypher } from '../../src/core/schema/plan/cypher';
import { queryKuzu, withTempDir } from '../support/kuzu-script';
import { errorsOf, rows, schemaOf, statementsOf, travel } from '../support/kuzu-trip';
import { withDrivers } from '../support/project';
import { WayRunner } from '../support/run-way';

describe('a way of a Kùzu database', () => {
  it('keeps the values of columns of a rel table that are called from and to', () =>
    travel(
      {
        from: `CREATE NODE TABLE A(id INT64 PRIMARY KEY); CREATE NODE TABLE B(id STRING PRIMARY KEY);
          CREATE REL TABLE R(FROM A TO B, \`from\` INT64, \`to\` STRING DEFAULT 't', w INT64);
          CREATE (:A {id: -1}); CREATE (:B {id: 'end'});
          MATCH (a:A), (b:B) CREATE (a)-[:R {\`from\`: 3, w: 1}]->(b), (a)-[:R {\`to\`: '', w: 2}]->(b);`,
        to: `CREATE NODE TABLE A(id INT64 PRIMARY KEY); CREATE NODE TABLE B(id STRING PRIMARY KEY);
          CREATE REL TABLE R(FROM A TO B, \`from\` INT32, \`to\` STRING DEFAULT 't', w DOUBLE);`,
      },
      async (session) => {
        const asked = 'MATCH (a:A)-[r:R]->(b:B) RETURN a.id, b.id, r.`from`, r.`to`, r.w ORDER BY r.w';
        assert.deepEqual(await rows(session, asked), [
          [-1, 'end', 3, 't', 1],
          [-1, 'end', null, '', 2],
        ]);
      },
    ));

  it('leaves such a column that is new to its default', () =>
    travel(
      {
        from: `CREATE NODE TABLE A(id INT64 PRIMARY KEY); CREATE REL TABLE R(FROM A TO A, w INT64);
          CREATE (:A {id: 1}); MATCH (a:A) CREATE (a)-[:R {w: 1}]->(a);`,
        to: `CREATE NODE TABLE A(id INT64 PRIMARY KEY);
          CREATE REL TABLE R(FROM A TO A, w DOUBLE, \`from\` INT64 DEFAULT 9, \`to\` STRING);`,
      },
      async (session) => {
        assert.deepEqual(await rows(session, 'MATCH ()-[r:R]->() RETURN r.w, r.`from`, r.`to`'), [[1, 9, null]]);
      },
    ));

  it('moves no relationships with a SERIAL column called from, and asks first whether there are any', () =>
    withDrivers((drivers) =>
      withTempDir(async (dir) => {
        const driver = drivers.get('kuzu');
        const ddl = (type: string) =>
          `CREATE NODE TABLE A(id INT64 PRIMARY KEY); CREATE REL TABLE R(FROM A TO A, w ${type}, \`from\` SERIAL);`;
        const after = await schemaOf(driver, path.join(dir, 'after'), ddl('DOUBLE'));
        const runner = await WayRunner.open(driver, path.join(dir, 'db'));
        try {
          await runner.run([
            ...statementsOf(ddl('INT64')),
            'CREATE (:A {id: 1})',
            'MATCH (a:A) CREATE (a)-[:R {w: 1}]->(a)',
          ]);
          const before = await driver.introspect(runner.session);
          const way = planCypher({ before, after, renames: [] });
          assert.deepEqual(way.left, [{ key: 'plan.left.ends', params: { table: 'R', column: 'from' } }]);
          await assert.rejects(runner.runWay(way), /not so: MATCH \(\)-\[r:R\]->\(\)/);
          await runner.run(['MATCH ()-[r:R]->() DELETE r']);
          await runner.runWay(way);
          assert.deepEqual(diffSchemas(await driver.introspect(runner.session), after), []);
        } finally {
          await runner.close();
        }
      }),
    ));

  it('goes on numbering behind the highest number of a SERIAL key, also under another name', () =>
    travel(
      {
        from: `CREATE NODE TABLE P(id SERIAL PRIMARY KEY, name STRING);
          CREATE (:P {name: 'a'}); CREATE (:P {name: 'b'}); CREATE (:P {name: 'c'});
          MATCH (p:P {name: 'a'}) DELETE p`,
        to: 'CREATE NODE TABLE Post(id SERIAL PRIMARY KEY, name STRING)',
        renames: [{ kind: 'rename-table', from: 'P', to: 'Post' }],
      },
      async (session) => {
        await session.run([{ text: "CREATE (:Post {name: 'd'})" }]);
        const found = await rows(session, 'MATCH (p:Post) RETURN p.id, p.name ORDER BY p.id');
        assert.deepEqual(found, [
          [1, 'b'],
          [2, 'c'],
          [3, 'd'],
        ]);
        await session.run([{ text: 'DROP TABLE Post' }]);
      },
    ));

  it('gives the rows of a table a SERIAL key that they did not have, and keeps their relationships', () =>
    travel(
      {
        from: `CREATE NODE TABLE P(name STRING PRIMARY KEY); CREATE REL TABLE R(FROM P TO P);
          CREATE (:P {name: 'a'}), (:P {name: 'b'});
          MATCH (a:P {name: 'a'}), (b:P {name: 'b'}) CREATE (a)-[:R]->(b)`,
        to: `CREATE NODE TABLE P(id SERIAL PRIMARY KEY, name STRING); CREATE REL TABLE R(FROM P TO P)`,
      },
      async (session) => {
        await session.run([{ text: "CREATE (:P {name: 'c'})" }]);
        assert.deepEqual(await rows(session, 'MATCH (p:P) RETURN p.id, p.name ORDER BY p.id'), [
          [0, 'a'],
          [1, 'b'],
          [2, 'c'],
        ]);
        assert.deepEqual(await rows(session, 'MATCH (a:P)-[:R]->(b:P) RETURN a.name, b.name'), [['a', 'b']]);
      },
    ));

  it('gives a table the name of another one that goes', () =>
    travel(
      {
        from: `CREATE NODE TABLE Old(id SERIAL PRIMARY KEY); CREATE NODE TABLE P(id INT64 PRIMARY KEY, a INT64, b INT64);
          CREATE REL TABLE R(FROM Old TO P, FROM P TO P);
          CREATE (:P {id: 1, a: 2, b: 3}); CREATE (:Old)`,
        to: `CREATE NODE TABLE Old(id INT64 PRIMARY KEY, b INT64); CREATE REL TABLE R(FROM Old TO Old)`,
        renames: [
          { kind: 'rename-table', from: 'P', to: 'Old' },
          { kind: 'rename-column', table: 'Old', from: 'a', to: 'b' },
        ],
      },
      async (session) => {
        assert.deepEqual(await rows(session, 'MATCH (o:Old) RETURN o.id, o.b'), [[1, 2]]);
      },
    ));

  it('finds a text again by an index that stood on a table which was made anew', () =>
    travel(
      {
        from: `CREATE NODE TABLE Doc(id INT64 PRIMARY KEY, body STRING, stars INT64);
          CREATE (:Doc {id: 1, body: 'an apple', stars: 5});
          CALL CREATE_FTS_INDEX('Doc', 'words', ['body'])`,
        to: `CREATE NODE TABLE Doc(id INT64 PRIMARY KEY, body STRING, stars STRING);
          CALL CREATE_FTS_INDEX('Doc', 'words', ['body'])`,
      },
      async (session) => {
        const query = "CALL QUERY_FTS_INDEX('Doc', 'words', 'apple') RETURN node.id, node.stars";
        assert.deepEqual(await rows(session, query), [[1, '5']]);
      },
    ));

  it('changes nothing where a new key has no value for a row', () =>
    withDrivers((drivers) =>
      withTempDir(async (dir) => {
        const driver = drivers.get('kuzu');
        const after = await schemaOf(driver, path.join(dir, 'after'), 'CREATE NODE TABLE P(code STRING PRIMARY KEY)');
        const runner = await WayRunner.open(driver, path.join(dir, 'db'));
        try {
          await runner.run(['CREATE NODE TABLE P(id INT64 PRIMARY KEY)', 'CREATE (:P {id: 1})']);
          const before = await driver.introspect(runner.session);
          const way = planCypher({ before, after, renames: [] });
          assert.deepEqual(way.left, [{ key: 'plan.left.key', params: { table: 'P', column: 'code' } }]);
          await assert.rejects(runner.runWay(way), { code: 'STATEMENT_FAILED' });
          assert.deepEqual(diffSchemas(await driver.introspect(runner.session), before), []);
          assert.deepEqual(await rows(runner.session, 'MATCH (p:P) RETURN p.id'), [[1]]);
        } finally {
          await runner.close();
        }
      }),
    ));
});

describe('a way of an empty Kùzu database', () => {
  it('leads also to a key that no row could have', () =>
    travel(
      {
        from: 'CREATE NODE TABLE P(id INT64 PRIMARY KEY); CREATE REL TABLE R(FROM P TO P, w INT64)',
        to: 'CREATE NODE TABLE P(code STRING PRIMARY KEY); CREATE REL TABLE R(FROM P TO P, w INT64)',
      },
      async (session) => assert.deepEqual(await rows(session, 'MATCH (p:P) RETURN p'), []),
    ));
});

describe('Kùzu', () => {
  it('does not count given values of a SERIAL column, and gives all rows of a query one number', async () => {
    await withTempDir(async (dir) => {
      const statements = [
        'CREATE NODE TABLE P(id SERIAL PRIMARY KEY, n INT64)',
        'COPY P(id, n) FROM (UNWIND [4, 5] AS i RETURN i, 0 AS n)',
        'CREATE (:P)',
        'MATCH (p:P) RETURN p.id AS id ORDER BY id',
        "UNWIND [1, 2, 3] AS i RETURN nextval('P_id_serial') AS n",
      ];
      const [answers] = await queryKuzu([{ path: path.join(dir, 'db'), statements }]);
      assert.deepEqual(answers?.[3], [{ id: 0 }, { id: 4 }, { id: 5 }]);
      assert.deepEqual(answers?.[4], [{ n: 1 }, { n: 1 }, { n: 1 }]);
    });
  });

  it('fills only one of two columns from an expression that a COPY’s query returns twice', async () => {
    await withTempDir(async (dir) => {
      const statements = [
        'CREATE NODE TABLE P(id INT64 PRIMARY KEY, a INT64, b INT64)',
        'COPY P(id, a, b) FROM (UNWIND [4] AS i RETURN i + 1, i AS a, i AS b)',
        'MATCH (p:P) RETURN p.a AS a, p.b AS b',
      ];
      const [answers] = await queryKuzu([{ path: path.join(dir, 'db'), statements }]);
      assert.deepEqual(answers?.[2], [{ a: null, b: 4 }]);
    });
  });

  it('drops a renamed SERIAL table once a sequence of its new name is there', async () => {
    const steps = ['CREATE NODE TABLE P(id SERIAL PRIMARY KEY)', 'ALTER TABLE P RENAME TO Q', 'DROP TABLE Q'];
    const errors = await errorsOf(...steps, 'CREATE SEQUENCE Q_id_serial', 'DROP TABLE Q');
    assert.match(errors[2] ?? '', /Q_id_serial does not exist in catalog/);
    assert.equal(errors[4], undefined);
  });

  it('adds a SERIAL column without a sequence, and leaves the sequence of one that is dropped', async () => {
    const errors = await errorsOf(
      'CREATE NODE TABLE P(id INT64 PRIMARY KEY, a SERIAL)',
      'ALTER TABLE P ADD b SERIAL',
      'CREATE (:P {id: 1})',
      'ALTER TABLE P DROP a',
      'CREATE SEQUENCE P_a_serial',
    );
    assert.match(errors[2] ?? '', /P_b_serial does not exist in catalog/);
    assert.match(errors[4] ?? '', /P_a_serial already exists in catalog/);
  });

  it('adds a column to a rel table only with a constant default', async () => {
    const errors = await errorsOf(
      'CREATE SEQUENCE s',
      'CREATE NODE TABLE P(id INT64 PRIMARY KEY)',
      'CREATE REL TABLE R(FROM P TO P)',
      "ALTER TABLE R ADD a INT64 DEFAULT nextval('s')",
    );
    assert.match(errors[3] ?? '', /Cannot set a non-constant default value/);
  });

  it('fills columns called from and to with the keys of both ends, whatever a COPY says', async () => {
    await withTempDir(async (dir) => {
      const statements = [
        'CREATE NODE TABLE A(id INT64 PRIMARY KEY)',
        'CREATE REL TABLE R(FROM A TO A, w INT64)',
        'CREATE REL TABLE N(FROM A TO A, w INT64, `from` INT64 DEFAULT 9)',
        'CREATE (:A {id: 1})',
        'MATCH (a:A) CREATE (a)-[:R {w: 7}]->(a)',
        "COPY N(w) FROM (MATCH (a:A)-[r:R]->(b:A) RETURN a.id, b.id, r.w) (from = 'A', to = 'A')",
        'MATCH ()-[r:N]->() RETURN r.w AS w, r.`from` AS f',
      ];
      const [answers] = await queryKuzu([{ path: path.join(dir, 'db'), statements }]);
      assert.deepEqual(answers?.at(-1), [{ w: 7, f: 1 }]);
    });
  });

  it('reads nothing from a rel table that is stored backwards only', async () => {
    const errors = await errorsOf(
      'CREATE NODE TABLE P(id INT64 PRIMARY KEY)',
      "CREATE REL TABLE R(FROM P TO P) WITH (storage_direction = 'bwd')",
      'MATCH (a:P)-[r:R]->(b:P) RETURN r',
      'MATCH (a:P)<-[r:R]-(b:P) RETURN r',
    );
    for (const error of errors.slice(2)) assert.match(error ?? '', /bwd-only storage direction isn't supported/);
  });

  it('makes no full-text index on a column whose name needs quotes, and no vector index on such a table', async () => {
    const errors = await errorsOf(
      'CREATE NODE TABLE P(id INT64 PRIMARY KEY, `when` STRING)',
      "CALL CREATE_FTS_INDEX('P', 'words', ['when'])",
      'CREATE NODE TABLE `my table`(id INT64 PRIMARY KEY, v FLOAT[2])',
      "CALL CREATE_VECTOR_INDEX('my table', 'near', 'v')",
      'ALTER TABLE P RENAME `when` TO body',
      "CALL CREATE_FTS_INDEX('P', 'words', ['body'])",
      'ALTER TABLE P RENAME body TO `when`',
    );
    assert.match(errors[1] ?? '', /Parser exception/);
    assert.match(errors[3] ?? '', /Parser exception/);
    assert.deepEqual(errors.slice(4), [undefined, undefined, undefined]);
  });
});
