import assert from 'node:assert/strict';
import path from 'node:path';
import { diffSchemas } from '../../src/core/schema/diff';
import { planCypher } from '../../src/core/schema/plan/cypher';
import { queryKuzu, runKuzu, withTempDir } from '../support/kuzu-script';
import { errorsOf, rows, schemaOf, statementsOf, travel } from '../support/kuzu-trip';
import { withDrivers } from '../support/project';
import { WayRunner } from '../support/run-way';

describe('a way to other types of a Kùzu database', () => {
  it('keeps the fields that a STRUCT had and still has, in structs inside of it and in rel tables too', () =>
    travel(
      {
        from: `CREATE NODE TABLE P(id INT64 PRIMARY KEY, s STRUCT(x INT64, w STRING, inner STRUCT(a INT64)));
          CREATE REL TABLE R(FROM P TO P, s STRUCT(x INT64));
          CREATE (:P {id: 1, s: {x: 1, w: 'gone', inner: {a: 5}}}); CREATE (:P {id: 2});
          MATCH (a:P {id: 1}), (b:P {id: 2}) CREATE (a)-[:R {s: {x: 7}}]->(b);`,
        to: `CREATE NODE TABLE P(id INT64 PRIMARY KEY, s STRUCT(inner STRUCT(a DOUBLE, b STRING), x INT64, y DATE));
          CREATE REL TABLE R(FROM P TO P, s STRUCT(x INT64, y INT64));`,
      },
      async (session) => {
        const inside = 'MATCH (p:P {id: 1}) RETURN p.s.x, p.s.inner.a, p.s.inner.b, p.s.y';
        assert.deepEqual(await rows(session, inside), [[1, 5, null, null]]);
        const missing = 'MATCH (p:P) RETURN p.id, p.s IS NULL ORDER BY p.id';
        assert.deepEqual(await rows(session, missing), [
          [1, false],
          [2, true],
        ]);
        assert.deepEqual(await rows(session, 'MATCH (:P)-[r:R]->(:P) RETURN r.s.x, r.s.y'), [[7, null]]);
      },
    ));

  it('casts the values of a column whose type changes, in the table and in rel tables', () =>
    travel(
      {
        from: `CREATE NODE TABLE P(id INT64 PRIMARY KEY, price DECIMAL(10, 2), tags INT64[]);
          CREATE REL TABLE R(FROM P TO P, w DOUBLE);
          CREATE (:P {id: 1, price: CAST(-0.05 AS DECIMAL(10, 2)), tags: [1, 2]}), (:P {id: 2});
          MATCH (a:P {id: 1}), (b:P {id: 2}) CREATE (a)-[:R {w: 2.0}]->(b)`,
        to: `CREATE NODE TABLE P(id STRING PRIMARY KEY, price STRING, tags STRING[]);
          CREATE REL TABLE R(FROM P TO P, w INT64)`,
      },
      async (session) => {
        assert.deepEqual(await rows(session, 'MATCH (p:P) RETURN p.id, p.price, p.tags ORDER BY p.id'), [
          ['1', '-0.05', ['1', '2']],
          ['2', null, null],
        ]);
        assert.deepEqual(await rows(session, 'MATCH (a:P)-[r:R]->(b:P) RETURN a.id, b.id, r.w'), [['1', '2', 2]]);
      },
    ));

  it('casts the numbers of lists, arrays and structs one by one, in rel tables too', () =>
    travel(
      {
        from: `CREATE NODE TABLE P(id INT64 PRIMARY KEY, l DECIMAL(10, 2)[], a DECIMAL(5, 2)[2], t DECIMAL(5, 2)[],
            s STRUCT(x DECIMAL(5, 2), y DECIMAL(5, 2), n STRUCT(l STRING[])));
          CREATE REL TABLE R(FROM P TO P, p DECIMAL(5, 2)[]);
          CREATE (:P {id: 1, l: [CAST(12.34 AS DECIMAL(10, 2)), CAST(-1.5 AS DECIMAL(10, 2))],
            a: [CAST(-0.05 AS DECIMAL(5, 2)), CAST(1.25 AS DECIMAL(5, 2))], t: [CAST(-0.05 AS DECIMAL(5, 2)), NULL],
            s: {x: CAST(-0.05 AS DECIMAL(5, 2)), y: CAST(1.25 AS DECIMAL(5, 2)), n: {l: ['-0.05', '7']}}});
          CREATE (:P {id: 2, l: CAST([] AS DECIMAL(10, 2)[])});
          MATCH (a:P {id: 1}), (b:P {id: 2}) CREATE (a)-[:R {p: [CAST(-12.34 AS DECIMAL(5, 2))]}]->(b);`,
        to: `CREATE NODE TABLE P(id INT64 PRIMARY KEY, l DECIMAL(14, 4)[], a DECIMAL(9, 4)[2], t STRING[],
            s STRUCT(x STRING, y DECIMAL(9, 4), n STRUCT(l DECIMAL(5, 2)[])));
          CREATE REL TABLE R(FROM P TO P, p DECIMAL(9, 4)[]);`,
      },
      async (session) => {
        const lists = 'MATCH (p:P) RETURN p.id, CAST(p.l AS DOUBLE[]), CAST(p.a AS DOUBLE[]), p.t ORDER BY p.id';
        assert.deepEqual(await rows(session, lists), [
          [1, [12.34, -1.5], [-0.05, 1.25], ['-0.05', null]],
          [2, [], null, null],
        ]);
        const inside = 'MATCH (p:P {id: 1}) RETURN p.s.x, CAST(p.s.y AS STRING), CAST(p.s.n.l AS DOUBLE[])';
        assert.deepEqual(await rows(session, inside), [['-0.05', '1.2500', [-0.05, 7]]]);
        assert.deepEqual(await rows(session, 'MATCH (p:P {id: 2}) RETURN p.s IS NULL'), [[true]]);
        assert.deepEqual(await rows(session, 'MATCH ()-[r:R]->() RETURN CAST(r.p AS DOUBLE[])'), [[[-12.34]]]);
      },
    ));

  for (const [type, text] of [
    ['INT64', '5'],
    ['DATE', '2024-01-01'],
    ['UUID', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
    ['BOOL', 'True'],
    ['DECIMAL(5, 2)', '1.50'],
    ['INTERVAL', '3 days'],
    ['TIMESTAMP', '2024-01-01 00:00:00'],
  ] as const) {
    it(`makes a ${type} of a text in a struct, and nothing of a struct that is NULL`, () =>
      travel(
        {
          from: `CREATE NODE TABLE P(id INT64 PRIMARY KEY, s STRUCT(n STRING, x INT64), i STRUCT(s STRUCT(n STRING)));
            CREATE (:P {id: 1, s: {n: '${text}', x: 1}, i: {s: {n: '${text}'}}}), (:P {id: 2}),
              (:P {id: 3, s: {n: CAST(NULL AS STRING), x: 1}, i: {s: CAST(NULL AS STRUCT(n STRING))}});`,
          to: `CREATE NODE TABLE P(id INT64 PRIMARY KEY, s STRUCT(n ${type}), i STRUCT(s STRUCT(n ${type}, x INT64)));`,
        },
        async (session) => {
          const fields =
            'MATCH (p:P) RETURN CAST(p.s.n AS STRING), CAST(p.i.s.n AS STRING), p.s IS NULL, p.i IS NULL, p.i.s IS NULL ORDER BY p.id';
          const [one, two, three] = (await rows(session, fields)) as unknown[][];
          assert.deepEqual(one, [text, text, false, false, false]);
          assert.deepEqual(two?.slice(2, 4), [true, true]);
          assert.deepEqual([three?.[0], ...(three ?? []).slice(2)], [null, false, false, true]);
        },
      ));
  }

  it('says that it leaves out what it can’t cast: arrays of another length, decimal numbers deeper inside', () =>
    withDrivers((drivers) =>
      withTempDir(async (dir) => {
        const driver = drivers.get('kuzu');
        const ddl = (array: string, map: string) =>
          `CREATE NODE TABLE P(id INT64 PRIMARY KEY, a ${array}, s STRUCT(a ${array}), m MAP(STRING, ${map}));`;
        const after = await schemaOf(driver, path.join(dir, 'after'), ddl('FLOAT[3]', 'DECIMAL(9, 4)'));
        const runner = await WayRunner.open(driver, path.join(dir, 'db'));
        try {
          await runner.run([
            ...statementsOf(ddl('FLOAT[2]', 'DECIMAL(5, 2)')),
            "CREATE (:P {id: 1, a: [1.5, 2.5], m: map(['k'], [CAST(7.5 AS DECIMAL(5, 2))])})",
          ]);
          const before = await driver.introspect(runner.session);
          const way = planCypher({ before, after, renames: [] });
          assert.deepEqual(
            way.left.map(({ key, params }) => [key, params.column]),
            [
              ['plan.left.cast', 'a'],
              ['plan.left.cast', 's'],
              ['plan.left.cast', 'm'],
            ],
          );
          await runner.runWay(way);
          assert.deepEqual(diffSchemas(await driver.introspect(runner.session), after), []);
          assert.deepEqual(await rows(runner.session, 'MATCH (p:P) RETURN p.id, p.a, p.s, p.m'), [
            [1, null, null, null],
          ]);
        } finally {
          await runner.close();
        }
      }),
    ));

  it('brings arrays to lists, and lists to arrays that they fit', () =>
    travel(
      {
        from: `CREATE NODE TABLE P(id INT64 PRIMARY KEY, a FLOAT[2], l FLOAT[]);
          CREATE (:P {id: 1, a: [1.5, 2.5], l: [3.5, 4.5]}), (:P {id: 2});`,
        to: 'CREATE NODE TABLE P(id INT64 PRIMARY KEY, a FLOAT[], l DOUBLE[2]);',
      },
      async (session) =>
        assert.deepEqual(await rows(session, 'MATCH (p:P) RETURN p.a, p.l ORDER BY p.id'), [
          [
            [1.5, 2.5],
            [3.5, 4.5],
          ],
          [null, null],
        ]),
    ));
});

describe('a cast of Kùzu', () => {
  it('moves the point of a DECIMAL that it casts inside of another type, but not of one that a lambda casts', async () => {
    await withTempDir(async (dir) => {
      const number = (text: string) => `CAST(${text} AS DECIMAL(5, 2))`;
      const statements = [
        `RETURN CAST(CAST([${number('12.34')}] AS DECIMAL(14, 4)[]) AS STRING) AS x`,
        `RETURN CAST(CAST({a: ${number('1.25')}} AS STRUCT(a DECIMAL(9, 4))) AS STRING) AS x`,
        `RETURN CAST(CAST([${number('-1.25')}] AS DECIMAL(12, 2)[]) AS STRING) AS x`,
        `RETURN CAST(list_transform([${number('-1.25')}], x -> CAST(x AS DECIMAL(14, 4))) AS STRING) AS x`,
        `RETURN CAST(${number('-0.05')} AS STRING) AS x`,
      ];
      const [answers] = await queryKuzu([{ path: path.join(dir, 'db'), statements }]);
      assert.deepEqual(
        answers?.map((found) => found[0]?.x),
        ['[0.1234]', '{a: 0.0125}', '[42949671.71]', '[-1.2500]', '0.-5'],
      );
    });
  });

  for (const cast of ['[CAST(1.5 AS DECIMAL(5, 2))] AS STRING[]', "['1.5'] AS DECIMAL(5, 2)[]"]) {
    it(`ends the process with CAST(${cast})`, () =>
      withTempDir(async (dir) => {
        const { answers, signal } = await runKuzu([
          { path: path.join(dir, 'db'), statements: [`RETURN CAST(${cast})`] },
        ]);
        assert.equal(answers, undefined);
        assert.equal(signal, 'SIGSEGV');
      }));
  }

  it('makes other structs, and lists of those that are NULL, in a lambda behind 2048 elements, and 0 of a map’s NULL', async () => {
    await withTempDir(async (dir) => {
      const inner = 'list_transform([[i, i], NULL, [i]], y -> list_transform(y, x -> CAST(x AS INT32)))';
      const statements = [
        `UNWIND range(1, 3000) AS i RETURN sum(size(list_extract(${inner}, 2))) > 0 AS x`,
        "RETURN map_values(map(['a', 'b'], [1, NULL])) AS x",
        'CREATE NODE TABLE P(id INT64 PRIMARY KEY, l STRUCT(a INT64)[])',
        'COPY P FROM (UNWIND range(1, 3000) AS i RETURN i, [{a: i}, {a: i + 1}])',
        `MATCH (p:P) WITH p.id AS id, list_transform(p.l, y -> struct_pack(a := struct_extract(y, 'a'))) AS l
          WHERE struct_extract(list_extract(l, 1), 'a') <> id RETURN count(*) > 0 AS x`,
      ];
      const [answers] = await queryKuzu([{ path: path.join(dir, 'db'), statements }]);
      assert.deepEqual([answers?.[0], answers?.[1], answers?.[4]], [[{ x: true }], [{ x: [1, 0] }], [{ x: true }]]);
    });
  });

  it('takes the text of a struct that is NULL for an empty one, unless the CAST itself is given NULL', async () => {
    const errors = await errorsOf(
      'CREATE NODE TABLE P(id INT64 PRIMARY KEY, s STRUCT(n STRING), a FLOAT[2])',
      "CREATE (:P {id: 1}), (:P {id: 2, s: {n: '5'}})",
      "MATCH (p:P) RETURN CASE WHEN p.s IS NULL THEN NULL ELSE CAST(struct_extract(p.s, 'n') AS INT64) END",
      "MATCH (p:P) RETURN CAST(CASE WHEN p.s IS NULL THEN NULL ELSE struct_extract(p.s, 'n') END AS INT64)",
      'MATCH (p:P) RETURN CAST(p.a AS FLOAT[3])',
    );
    assert.match(errors[2] ?? '', /Could not convert "" to INT64/);
    assert.equal(errors[3], undefined);
    assert.match(errors[4] ?? '', /should not be modified/);
  });
});
