import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findDangers } from '../../src/core/danger/find';
import { diffSchemas } from '../../src/core/schema/diff';
import type { Column, NodeTable, RelTable, Schema, Table } from '../../src/core/schema/model';
import { planCypher } from '../../src/core/schema/plan/cypher';
import { lostBy } from '../../src/core/schema/plan/lost';
import { planWay } from '../../src/core/schema/plan/plan';
import { temporaryName } from '../../src/core/schema/plan/temporary-name';
import type { WayRequest } from '../../src/core/schema/plan/types';
import { invertRenames } from '../../src/core/schema/rename';
import { relatedSchemas } from '../support/mutate-kuzu-schema';
import { parseWay } from '../support/run-way';

const schema = (...tables: Table[]): Schema => ({ tables, sequences: [], macros: [], indexes: [], types: [] });
const node = (name: string, ...columns: Column[]): NodeTable => ({
  kind: 'node',
  name,
  columns: [{ name: 'id', type: 'INT64' }, ...columns],
  primaryKey: 'id',
});
const rel = (name: string, pairs: string, ...columns: Column[]): RelTable => ({
  kind: 'rel',
  name,
  columns,
  connections: pairs.split(' ').map((pair) => {
    const [from = '', to = ''] = pair.split('>');
    return { from, to };
  }),
  multiplicity: 'MANY_MANY',
  storageDirection: 'both',
});
const index = (table: string) => ({
  name: 'words',
  table,
  type: 'FTS',
  columns: ['body'],
  definition: `CALL CREATE_FTS_INDEX('${table}', 'words', ['body'])`,
});
const age: Column = { name: 'age', type: 'INT64' };
const body: Column = { name: 'body', type: 'STRING' };

const way = (before: Schema, after: Schema, renames: WayRequest['renames'] = []) =>
  planCypher({ before, after, renames });
const texts = (before: Schema, after: Schema, renames: WayRequest['renames'] = []) =>
  way(before, after, renames).statements.map(({ text }) => text);

describe('the way between two Kùzu schemas', () => {
  it('is empty where they are equal', () => {
    const one = schema(node('P', age));
    assert.deepEqual(way(one, one), { statements: [], transactional: true, left: [] });
  });

  it('asks of the rows what a new key and a stricter multiplicity need, in the words of the older schema', () => {
    const byAge = { ...node('Person', age), primaryKey: 'age' };
    const before = schema(node('P', age), rel('R', 'P>P'));
    const renames = [{ kind: 'rename-table', from: 'P', to: 'Person' }] as const;
    assert.deepEqual(
      way(before, schema(byAge, { ...rel('R', 'Person>Person'), multiplicity: 'ONE_ONE' }), renames).assertions,
      [
        'MATCH (n:P) WITH n.age AS k, count(*) AS c WHERE k IS NULL OR c > 1 RETURN count(*) = 0',
        'MATCH (a:P)-[r:R]->(b:P) WITH a, count(r) AS c WHERE c > 1 RETURN count(*) = 0',
        'MATCH (a:P)-[r:R]->(b:P) WITH b, count(r) AS c WHERE c > 1 RETURN count(*) = 0',
      ],
    );
  });

  it('asks whether there is one row at most where a new key has one value for all', () => {
    const keyed = (value: string) => ({
      ...node('P'),
      columns: [...node('P').columns, { name: 'k', type: 'INT64', default: value }],
      primaryKey: 'k',
    });
    assert.deepEqual(way(schema(node('P')), schema(keyed('-3'))).assertions, ['MATCH (n:P) RETURN count(*) <= 1']);
    assert.equal(way(schema(node('P')), schema(keyed("nextval('s')"))).assertions, undefined);
  });

  it('alters what the engine can alter, in one transaction', () => {
    const before = schema(node('P', age), node('Q'), rel('R', 'P>P'));
    const after = schema({ ...node('Person', body), comment: 'people' }, node('Q'), rel('R', 'Person>Q'), node('New'));
    const shared = { ...after, tables: [...after.tables.slice(0, 2), rel('R', 'Person>Person Person>Q'), node('New')] };
    assert.deepEqual(texts(before, shared, [{ kind: 'rename-table', from: 'P', to: 'Person' }]), [
      'ALTER TABLE P RENAME TO Person',
      'CREATE NODE TABLE New (id INT64, PRIMARY KEY (id))',
      'ALTER TABLE R ADD FROM Person TO Q',
      'ALTER TABLE Person ADD body STRING',
      'ALTER TABLE Person DROP age',
      "COMMENT ON TABLE Person IS 'people'",
    ]);
    assert.equal(way(before, shared).transactional, true);
  });

  it('makes a table anew for what the engine cannot alter, with its rows and the relationships at it', () => {
    const before = schema(node('P', age), rel('R', 'P>P', body));
    const after = schema(node('P', { ...age, type: 'STRING', default: "'x'" }), rel('R', 'P>P', body));
    assert.deepEqual(texts(before, after), [
      'ALTER TABLE P RENAME TO P_old',
      'ALTER TABLE R RENAME TO R_old',
      "CREATE NODE TABLE P (id INT64, age STRING DEFAULT 'x', PRIMARY KEY (id))",
      'COPY P(id, age) FROM (MATCH (o:P_old) RETURN o.id, CAST(o.age AS STRING))',
      'CREATE REL TABLE R (FROM P TO P, body STRING, MANY_MANY)',
      "COPY R(body) FROM (MATCH (a:P_old)-[r:R_old]->(b:P_old) RETURN a.id, b.id, r.body) (from = 'P', to = 'P')",
      'DROP TABLE R_old',
      'DROP TABLE P_old',
    ]);
    assert.equal(way(before, after).transactional, true);
  });

  it('leaves other tables alone when one is made anew', () => {
    const before = schema(node('P', age), node('Q', age), rel('R', 'Q>Q'));
    const after = schema(node('P', { ...age, default: '1' }), node('Q', age), rel('R', 'Q>Q'));
    assert.deepEqual(
      texts(before, after).filter((text) => /\b[QR]\b/.test(text)),
      [],
    );
  });

  it('adds a pair before it drops one, and drops a column after both', () => {
    const before = schema(node('P'), rel('R', 'P>P P>Q', age), node('Q'));
    const after = schema(node('P'), rel('R', 'P>P Q>P'), node('Q'));
    assert.deepEqual(texts(before, after), [
      'ALTER TABLE R ADD FROM Q TO P',
      'ALTER TABLE R DROP FROM P TO Q',
      'ALTER TABLE R DROP age',
    ]);
  });

  it('drops an index before a table is made anew and makes it after, without a transaction', () => {
    const before = { ...schema(node('P', body)), indexes: [index('P')] };
    const after = { ...schema(node('P', { ...body, default: "'x'" })), indexes: [index('P')] };
    const { statements, transactional } = way(before, after);
    assert.equal(statements.at(0)?.text, "CALL DROP_FTS_INDEX('P', 'words')");
    assert.equal(statements.at(-1)?.text, "CALL CREATE_FTS_INDEX('P', 'words', ['body'])");
    assert.equal(transactional, false);
  });

  it('leaves an index alone that follows its renamed table', () => {
    const before = { ...schema(node('P', body)), indexes: [index('P')] };
    const after = { ...schema(node('Q', body)), indexes: [index('Q')] };
    assert.deepEqual(texts(before, after, [{ kind: 'rename-table', from: 'P', to: 'Q' }]), [
      'ALTER TABLE P RENAME TO Q',
    ]);
  });

  it('goes through another name where only the case of a name changes', () => {
    assert.deepEqual(texts(schema(node('p')), schema(node('P')), [{ kind: 'rename-table', from: 'p', to: 'P' }]), [
      'ALTER TABLE p RENAME TO P_old',
      'ALTER TABLE P_old RENAME TO P',
    ]);
  });

  it('goes no way that leads back: the numbers of a SERIAL column would begin anew', () => {
    const serial = schema({ ...node('P', age), columns: [{ name: 'id', type: 'SERIAL' }, age] });
    const there = { kind: 'rename-table', from: 'P', to: 'p' } as const;
    const back = { kind: 'rename-table', from: 'p', to: 'P' } as const;
    assert.deepEqual(texts(serial, serial, [there, back]), []);
    assert.deepEqual(texts(serial, serial, [there, back, there, back]), []);
  });

  it('renames nothing that is not there', () => {
    const renames: WayRequest['renames'] = [
      { kind: 'rename-table', from: 'Gone', to: 'Q' },
      { kind: 'rename-column', table: 'P', from: 'gone', to: 'GONE' },
    ];
    assert.deepEqual(texts(schema(node('P')), schema(node('P')), renames), []);
  });

  it('replaces a macro and a type, without a transaction', () => {
    const macro = (text: string) => ({ name: 'TWICE', parameters: 'x', body: text });
    const type = (definition: string) => ({ name: 'money', definition });
    const before = { ...schema(), macros: [macro('x + x')], types: [type('INT64')] };
    const after = { ...schema(), macros: [macro('x * 2')], types: [type('DOUBLE')] };
    assert.deepEqual(texts(before, after), [
      'DROP TYPE money',
      'DROP MACRO TWICE',
      'CREATE TYPE money AS DOUBLE',
      'CREATE MACRO TWICE(x) AS x * 2',
    ]);
    assert.equal(way(before, after).transactional, false);
    assert.deepEqual(texts(after, schema()), ['DROP MACRO TWICE', 'DROP TYPE money']);
    assert.equal(way(schema(), after).transactional, true);
  });

  it('says which values have no cast, and leaves them out', () => {
    const after = schema(node('P', { ...age, type: 'DATE' }));
    const { statements, left } = planWay({ before: schema(node('P', age)), after, renames: [] });
    const params = { table: 'P', column: 'age', before: 'INT64', after: 'DATE' };
    assert.deepEqual(left, [{ key: 'plan.left.cast', params }]);
    assert.equal(statements[2]?.text, 'COPY P(id) FROM (MATCH (o:P_old) RETURN o.id)');
  });

  it('spells a table as its index does in the newer schema', () => {
    const before = { ...schema(node('doc', { ...body, name: 'BODY' })), indexes: [] };
    const after = { ...schema(node('Doc', body)), indexes: [index('Doc')] };
    assert.deepEqual(texts(before, after), [
      'ALTER TABLE doc RENAME TO Doc_old',
      'ALTER TABLE Doc_old RENAME TO Doc',
      'ALTER TABLE Doc RENAME BODY TO body_old',
      'ALTER TABLE Doc RENAME body_old TO body',
      "CALL CREATE_FTS_INDEX('Doc', 'words', ['body'])",
    ]);
  });

  it('says which index can’t be made anew', () => {
    const when = { ...index('P'), columns: ['when'], definition: "CALL CREATE_FTS_INDEX('P', 'words', ['when'])" };
    const before = { ...schema(node('P', age, { ...body, name: 'when' })), indexes: [when] };
    const after = { ...schema(node('P', { ...age, default: '1' }, { ...body, name: 'when' })), indexes: [when] };
    const params = { index: 'words', table: 'P', name: 'when' };
    assert.deepEqual(way(before, after).left, [{ key: 'plan.left.index', params }]);
  });

  it('holds no statement that is refused, whatever the schemas are, and is the same each time', () => {
    fc.assert(
      fc.property(relatedSchemas, ({ before, after, renames }) => {
        const back = { before: after, after: before, renames: invertRenames(renames) };
        for (const request of [{ before, after, renames }, back]) {
          const found = planCypher(request);
          const { statements, problems } = parseWay(found);
          assert.deepEqual(problems, []);
          const { transactional } = found;
          assert.deepEqual(findDangers(statements, { dialect: 'cypher', transactional }).dangers, []);
          assert.deepEqual(planCypher(request), found);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a temporary name', () => {
  it('is the same for the same names, and never one of them', () => {
    const taken = new Set(['p_old', 'p_old2']);
    assert.equal(temporaryName('P_old', taken), 'P_old3');
    assert.equal(temporaryName('P_old', taken), 'P_old4');
    assert.equal(temporaryName('Q', taken), 'Q');
  });
});

describe('what a way destroys', () => {
  it('are rows, values, relationships and the numbers of sequences', () => {
    const sequence = { name: 's', start: '1', increment: '1', min: '1', max: '9', cycle: false };
    const before = { ...schema(node('P', age, body), node('Q'), rel('R', 'P>P P>Q')), sequences: [sequence] };
    const after = schema(node('P', { ...age, type: 'INT8' }), rel('R', 'P>P'));
    assert.deepEqual(lostBy(diffSchemas(before, after)), [
      { key: 'plan.lost.sequence', params: { sequence: 's' } },
      { key: 'plan.lost.values', params: { table: 'P', column: 'age', before: 'INT64', after: 'INT8' } },
      { key: 'plan.lost.column', params: { table: 'P', column: 'body' } },
      { key: 'plan.lost.table', params: { table: 'Q' } },
      { key: 'plan.lost.connection', params: { table: 'R', from: 'P', to: 'Q' } },
    ]);
    assert.deepEqual(lostBy(diffSchemas(after, { ...after, tables: [...after.tables, node('New')] })), []);
  });
});
