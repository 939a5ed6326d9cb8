import assert from 'node:assert/strict';
import { rows, travel } from '../support/kuzu-trip';

const OLD = `CREATE SEQUENCE sq; CREATE MACRO plus(x) AS x + 1; CREATE MACRO nx() AS nextval('sq');
CREATE NODE TABLE A(id INT64 PRIMARY KEY, v INT32); CREATE REL TABLE R(FROM A TO A, w INT32);
UNWIND range(1, 3000) AS i CREATE (:A {id: i, v: CAST(i AS INT32)});
MATCH (a:A), (b:A) WHERE b.id = a.id + 1 CREATE (a)-[:R {w: 1}]->(b);`;
const SAME = `CREATE SEQUENCE sq; CREATE MACRO plus(x) AS x + 1; CREATE MACRO nx() AS nextval('sq');`;

describe('the default of a column that comes to a Kùzu table with rows', () => {
  const columns = [
    ['i INT32 DEFAULT 7', '7'],
    ['d DECIMAL(9, 2) DEFAULT 1.5', "CAST('1.5' AS DECIMAL(9, 2))"],
    ['f FLOAT DEFAULT 1.5', 'CAST(1.5 AS FLOAT)'],
    ['x DOUBLE DEFAULT 1', '1.0'],
    ['h INT128 DEFAULT 5', 'CAST(5 AS INT128)'],
    ['s STRING DEFAULT 5', "'5'"],
    ['m INT16 DEFAULT plus(2)', '3'],
    ['l DOUBLE[] DEFAULT [1, 2]', '[1.0, 2.0]'],
    ['t STRUCT(x INT32) DEFAULT {x: 1}', '{x: CAST(1 AS INT32)}'],
    ['again INT32 DEFAULT 7', '7'],
    ['twice INT16 DEFAULT plus(2)', '3'],
  ] as const;
  const more = columns.map(([text]) => text).join(', ');

  // As it is added, and where the table is made anew for another change.
  for (const [how, v] of [
    ['with ALTER', 'INT32'],
    ['in a new table', 'INT64'],
  ]) {
    it(`is that value in each row, ${how}`, () =>
      travel(
        {
          from: OLD,
          to: `${SAME} CREATE NODE TABLE A(id INT64 PRIMARY KEY, v ${v}, ${more}); CREATE REL TABLE R(FROM A TO A, w ${v}, ${more});`,
        },
        async (session, left) => {
          assert.deepEqual(left, []);
          for (const match of ['MATCH (t:A)', 'MATCH ()-[t:R]->()']) {
            for (const [text, value] of columns) {
              const name = text.split(' ')[0];
              const found = await rows(session, `${match} RETURN DISTINCT t.${name} = ${value}`);
              assert.deepEqual(found, [[true]], `${match} ${text}`);
            }
          }
        },
      ));

    it(`is another one in each row where it has to be, ${how}`, () =>
      travel(
        {
          from: OLD,
          to: `${SAME} CREATE NODE TABLE A(id INT64 PRIMARY KEY, v ${v}, u UUID DEFAULT gen_random_uuid(), n INT64 DEFAULT nextval('sq'), k INT64 DEFAULT nx(), u2 UUID DEFAULT gen_random_uuid()); CREATE REL TABLE R(FROM A TO A, w ${v}, u UUID DEFAULT gen_random_uuid());`,
        },
        async (session, left) => {
          assert.deepEqual(left, []);
          assert.deepEqual(
            await rows(
              session,
              'MATCH (t:A) RETURN count(DISTINCT t.u), count(DISTINCT t.n), count(DISTINCT t.k), count(DISTINCT t.u2)',
            ),
            [[3000, 3000, 3000, 3000]],
          );
          assert.deepEqual(await rows(session, 'MATCH ()-[t:R]->() RETURN count(DISTINCT t.u)'), [[2999]]);
        },
      ));
  }

  it('is left out, and said, where the engine would give many rows the same or anything', () =>
    travel(
      {
        from: OLD,
        to: `${SAME} CREATE NODE TABLE A(id INT64 PRIMARY KEY, v INT32, n INT32 DEFAULT nextval('sq'), k INT64 DEFAULT nextval('sq') * 2); CREATE REL TABLE R(FROM A TO A, w INT32);`,
      },
      async (session, left) => {
        assert.deepEqual(left, ['plan.left.default A.n', 'plan.left.default A.k']);
        assert.deepEqual(await rows(session, 'MATCH (t:A) RETURN DISTINCT t.n, t.k'), [[null, null]]);
      },
    ));

  it('makes keys of a random text, and of the numbers of a macro, which the relationships find', async () => {
    for (const key of ['STRING DEFAULT CAST(gen_random_uuid() AS STRING)', 'INT64 DEFAULT nx()']) {
      await travel(
        {
          from: OLD,
          to: `${SAME} CREATE NODE TABLE A(key ${key} PRIMARY KEY, id INT64, v INT32); CREATE REL TABLE R(FROM A TO A, w INT32);`,
        },
        async (session) => {
          assert.deepEqual(await rows(session, 'MATCH (t:A) RETURN count(DISTINCT t.key)'), [[3000]]);
          assert.deepEqual(await rows(session, 'MATCH (a:A)-[:R]->(b:A) WHERE b.id = a.id + 1 RETURN count(*)'), [
            [2999],
          ]);
        },
      );
    }
  });
});
