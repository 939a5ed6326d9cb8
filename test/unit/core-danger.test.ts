import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dangerError } from '../../src/core/danger/error';
import { type DangerOptions, findDangers } from '../../src/core/danger/find';
import { openedState, type SessionState } from '../../src/core/danger/session-state';
import { DangerWatch } from '../../src/core/danger/watch';
import type { Dialect } from '../../src/core/dialect/dialect';
import type { ScriptStatement } from '../../src/core/script/script';
import { translate } from '../../src/core/text/translate';

function statement(text: string, more: Partial<ScriptStatement> = {}): ScriptStatement {
  return { text, start: 0, end: text.length, line: 1, column: 1, ignores: [], ...more };
}

const look = (dialect: Dialect, texts: readonly string[], more: Partial<DangerOptions> = {}) =>
  findDangers(
    texts.map((text) => statement(text)),
    { dialect, transactional: true, ...more },
  );

/** What is found, as `KM302@1`. */
const codes = (dialect: Dialect, texts: readonly string[], more: Partial<DangerOptions> = {}) =>
  look(dialect, texts, more).dangers.map(({ code, index }) => `${code}@${index}`);

const deep = (open: string, close: string, depth: number) => `RETURN ${open.repeat(depth)}1${close.repeat(depth)}`;

describe('dangerous statements', () => {
  const found: [Dialect, string[], string[]][] = [
    ['cypher', ['/* x */ begin transaction'], ['KM301@0']],
    ['cypher', ['COMMIT'], ['KM301@0']],
    ['sql', ['END'], ['KM301@0']],
    ['sql', ['-- x\nstart transaction'], ['KM301@0']],
    ['cypher', ['CREATE (:Y {id: 2})', 'ALTER TABLE y DROP v'], ['KM302@1']],
    ['cypher', ['ALTER TABLE `Y` DROP IF EXISTS v', 'MERGE (:y {id: 2})'], ['KM302@1']],
    ['cypher', ['MATCH (a) SET a.x = 1', 'ALTER TABLE Y DROP v'], ['KM313@0', 'KM302@1']],
    ['cypher', ["COPY Y FROM 'y.csv'", 'ALTER TABLE Y RENAME TO Z', 'ALTER TABLE Z DROP v'], ['KM302@2']],
    ['cypher', ['MATCH (a:A), (b:B) CREATE (a)-[:R]->(b)', 'DROP TABLE R'], ['KM303@1']],
    ['cypher', ['ALTER TABLE R DROP w', 'ALTER TABLE R ADD FROM B TO A'], ['KM304@1']],
    ['cypher', ['CALL SHOW_FUNCTIONS() RETURN *'], ['KM306@0']],
    ['cypher', [deep('(', ')', 501)], ['KM307@0']],
    ['cypher', [deep('abs(', ')', 501)], ['KM307@0']],
    ['cypher', [deep('[', ']', 101)], ['KM307@0']],
    ['cypher', ["ATTACH 'x' AS y (dbtype kuzu)"], ['KM310@0']],
    ['cypher', ['USE other'], ['KM310@0']],
    ['cypher', ['CREATE (:A)', "COPY A FROM 'a.csv'", 'MATCH (a:A) DELETE a'], ['KM311@2']],
    ['cypher', ['CREATE NODE TABLE S(id SERIAL PRIMARY KEY)', 'ALTER TABLE S RENAME TO T'], ['KM312@1']],
    ['cypher', ['MATCH (n) DETACH DELETE n'], ['KM313@0']],
    ['cypher', ['MATCH (n {id: 1}), (a:A) SET n.name = a.name'], ['KM313@0']],
    ['cypher', ['MATCH (n:A:B) DETACH DELETE n'], []],
    ['cypher', ['MATCH (a:A)-[:R]->(n) DETACH DELETE n'], []],
    ['cypher', ['MATCH (n) RETURN n'], []],
    ['sql', ['UPDATE o.d SET x = 1', 'ALTER TABLE o.d RENAME TO e', 'ALTER TABLE o.e DROP x'], ['KM321@2']],
    ['sql', ['UPDATE d SET x = 1', 'ALTER TABLE d DROP x', 'DROP TABLE d', 'CREATE TABLE d(x INT)'], ['KM321@1']],
    ['sql', ['UPDATE d SET x = 1', 'ALTER TABLE main.D ADD COLUMN y INT'], ['KM321@1']],
    ['sql', ['INSERT OR REPLACE INTO d VALUES (1)', 'ALTER TABLE d ALTER x TYPE BIGINT'], ['KM321@1']],
    ['sql', ['TRUNCATE d', 'ALTER TABLE d ADD PRIMARY KEY (x)'], ['KM321@1']],
    ['sql', ['DELETE FROM d', 'ALTER TABLE d ALTER x SET NOT NULL'], ['KM321@1']],
    ['sql', ['USE other'], ['KM322@0']],
    ['sql', ["SET SESSION search_path = 'x'"], ['KM322@0']],
    ['sql', ["ATTACH 'x.db' AS o", 'INSERT INTO O.q VALUES (1)'], ['KM323@1']],
  ];
  for (const [dialect, texts, expected] of found) {
    it(`are found: ${texts.join('; ').slice(0, 100)}`, () => assert.deepEqual(codes(dialect, texts), expected));
  }

  for (const expression of ['x = 1', 'x <> 1', 'x >= 1', 'x AND true', 'NOT x', 'x IS NULL', 'any(y IN x WHERE y)']) {
    it(`are found: a macro and a default with ${expression}`, () => {
      assert.deepEqual(codes('cypher', [`CREATE MACRO m(x, z := 3) AS ${expression}`]), ['KM308@0']);
      assert.deepEqual(codes('cypher', [`ALTER TABLE A ADD b BOOL DEFAULT ${expression}`]), ['KM308@0']);
      const table = `CREATE NODE TABLE A(id INT64 PRIMARY KEY, b BOOL DEFAULT ${expression}, c INT64)`;
      assert.deepEqual(codes('cypher', [table]), ['KM308@0']);
    });
  }

  it('are found: a macro with a lambda', () => {
    assert.deepEqual(codes('cypher', ['CREATE MACRO m(x) AS list_transform(x, y -> y + 1)']), ['KM308@0']);
  });

  const missed: [Dialect, string[]][] = [
    ['cypher', ["RETURN 'COMMIT' // COMMIT"]],
    ['cypher', ['MATCH (commit:A) RETURN commit']],
    ['sql', ['SELECT \'BEGIN\' AS "END" -- COMMIT']],
    ['cypher', ['CREATE (:Y {id: 2})', 'ALTER TABLE Z DROP v']],
    ['cypher', ["RETURN 'CREATE (:Y)'", '/* CREATE (:Y) */ ALTER TABLE Y DROP v']],
    ['cypher', ['MATCH (y:Y) DETACH DELETE y', 'ALTER TABLE Y DROP v']],
    ['cypher', ['CREATE (:Y {id: 2})', 'ALTER TABLE Y ADD v INT64']],
    [
      'cypher',
      ['CREATE (:Y)', 'ALTER TABLE Y RENAME TO Z', 'CREATE NODE TABLE Y(id INT64 PRIMARY KEY)', 'ALTER TABLE Y DROP v'],
    ],
    ['cypher', ["COPY Y FROM 'y.csv'", 'DROP TABLE Y']],
    ['cypher', ['DROP TABLE Y', 'CREATE NODE TABLE Y(id INT64 PRIMARY KEY)', 'CREATE (:Y {id: 1})']],
    ['cypher', ['ALTER TABLE R ADD FROM B TO A', 'ALTER TABLE R DROP w']],
    ['cypher', ["RETURN 'show_functions()'"]],
    ['cypher', [deep('(', ')', 500)]],
    ['cypher', [`RETURN '${'('.repeat(3000)}'`]],
    ['cypher', [`RETURN ${Array.from({ length: 3000 }, () => '(1)').join(' + ')}`]],
    ['cypher', ['CREATE MACRO m(x, y := 3) AS CASE WHEN x THEN 1 ELSE x << 2 END']],
    ['cypher', ["CREATE MACRO m(x) AS x + ' a = b AND c'"]],
    ['cypher', ["CREATE MACRO m(x) AS x =~ 'a' + (x - 1)"]],
    ['cypher', ['CREATE NODE TABLE A(b INT64 DEFAULT -1, id INT64 PRIMARY KEY)']],
    ['cypher', ['CREATE NODE TABLE A(`default` INT64, `not` BOOL, id INT64 DEFAULT 1 PRIMARY KEY)']],
    ['cypher', ['CREATE NODE TABLE A AS MATCH (b:B) WHERE b.x = 1 AND NOT b.y RETURN b.id']],
    ['cypher', ["ATTACH 'x' AS y (dbtype postgres)"]],
    ['cypher', ["COPY A FROM 'a.csv'", 'CREATE (:B)', 'MATCH (a:A) SET a.x = 1']],
    ['cypher', ['CREATE NODE TABLE S(serial INT64 PRIMARY KEY)', 'ALTER TABLE S RENAME TO T']],
    ['sql', ['ALTER TABLE d ADD COLUMN y INT', 'UPDATE d SET x = 1']],
    ['sql', ['INSERT INTO d VALUES (1)', 'ALTER TABLE d ADD COLUMN y INT']],
    ['sql', ['UPDATE d SET x = 1', 'ALTER TABLE d RENAME COLUMN x TO y', 'ALTER TABLE d ALTER y SET DEFAULT 3']],
    ['sql', ['UPDATE s.d SET x = 1', 'ALTER TABLE d ADD COLUMN y INT']],
    ['sql', ['CREATE TABLE d(x INT)', 'DELETE FROM d', 'ALTER TABLE d ADD COLUMN y INT']],
    ['sql', ["SET VARIABLE schema = 'x'"]],
    ['sql', ['SELECT schema FROM use']],
    ['sql', ["ATTACH 'x.db' AS o", 'INSERT INTO main.q SELECT * FROM o.q']],
  ];
  for (const [dialect, texts] of missed) {
    it(`are not seen where there are none: ${texts.join('; ').slice(0, 100)}`, () =>
      assert.deepEqual(codes(dialect, texts), []));
  }

  it('of one transaction are none where each statement commits, or a reopen stands between', () => {
    const texts = ['CREATE (:Y {id: 2})', 'ALTER TABLE Y DROP v', 'DROP TABLE Y', "IMPORT DATABASE 'x'"];
    assert.deepEqual(codes('cypher', texts, { transactional: false }), []);
    const statements = [statement('CREATE (:Y)'), statement('DROP TABLE Y', { reopenBefore: true })];
    assert.deepEqual(findDangers(statements, { dialect: 'cypher', transactional: true }).dangers, []);
    assert.deepEqual(codes('sql', ['UPDATE d SET x = 1', 'ALTER TABLE d DROP COLUMN x'], { transactional: false }), []);
  });

  it('are let through by a lint-ignore, above the statement or in the header, but not all', () => {
    const show = statement('CALL show_functions() RETURN *', { ignores: ['KM306'] });
    assert.deepEqual(findDangers([show], { dialect: 'cypher', transactional: true }).dangers, []);
    assert.deepEqual(codes('cypher', [show.text], { ignores: ['KM306'] }), []);
    assert.deepEqual(codes('cypher', ['COMMIT'], { ignores: ['KM301'] }), ['KM301@0']);
  });

  it('of a rename are a warning only', () => {
    const texts = ['CREATE NODE TABLE S(id SERIAL PRIMARY KEY)', 'ALTER TABLE S RENAME TO T'];
    assert.deepEqual(
      look('cypher', texts).dangers.map(({ severity }) => severity),
      ['warn'],
    );
  });

  it('make an error that says what it is and the way round', () => {
    const [danger] = look('cypher', ['CREATE (:Y)', 'DROP TABLE Y']).dangers;
    assert.ok(danger);
    const error = dangerError(danger, { file: 'a.cypher', line: 2, statement: 'DROP TABLE Y' });
    assert.equal(error.code, 'STATEMENT_DANGEROUS');
    assert.equal(error.where.line, 2);
    assert.match(translate('en', 'error.STATEMENT_DANGEROUS', error.params), /^KM303: .*“Y”.*migration of its own/);
    assert.match(translate('ja', 'error.STATEMENT_DANGEROUS', error.params), /^KM303: .*「Y」/);
  });
});

describe('what has to happen between statements', () => {
  const needs = (texts: readonly string[], more: Partial<DangerOptions> = {}) => {
    const { reopenBefore, checkpointBefore } = look('cypher', texts, more);
    return { reopenBefore, checkpointBefore };
  };
  const step = { transactional: false };

  it('is a checkpoint between changed rows and a dropped column, in either order', () => {
    const none = { reopenBefore: [], checkpointBefore: [] };
    assert.deepEqual(needs(['CREATE (:Y)', 'ALTER TABLE Y DROP v'], step), { ...none, checkpointBefore: [1] });
    assert.deepEqual(needs(['ALTER TABLE Y DROP v', 'MATCH (y:Y) SET y.w = 1'], step), {
      ...none,
      checkpointBefore: [1],
    });
    assert.deepEqual(needs(['CREATE (:Y)', 'CHECKPOINT', 'ALTER TABLE Y DROP v'], step), none);
    assert.deepEqual(needs(['CREATE (:Z)', 'ALTER TABLE Y DROP v'], step), none);
    assert.deepEqual(needs(['CREATE (:Y)', 'ALTER TABLE Y DROP v', 'ALTER TABLE Y DROP w'], step), {
      ...none,
      checkpointBefore: [1],
    });
  });

  it('is known from one migration to the next, and done before the transaction begins', () => {
    const { state } = look('cypher', ['CREATE (:Y)', 'ALTER TABLE Y RENAME TO Z']);
    const next = look('cypher', ['CREATE (:X)', 'ALTER TABLE Z DROP v'], { state });
    assert.deepEqual(next.checkpointBefore, [0]);
    assert.deepEqual(next.dangers, []);
    assert.deepEqual(look('cypher', ['MATCH (z:Z) SET z.w = 1'], { state: next.state }).checkpointBefore, [0]);
    assert.deepEqual(look('cypher', ['ALTER TABLE X ADD v INT64'], { state: next.state }).checkpointBefore, []);
  });

  it('is a reopening between a dropped column and a new pair; a checkpoint is not enough', () => {
    assert.deepEqual(needs(['ALTER TABLE R DROP w', 'CHECKPOINT', 'ALTER TABLE R ADD FROM A TO B'], step), {
      reopenBefore: [2],
      checkpointBefore: [],
    });
    const { state } = look('cypher', ['ALTER TABLE R DROP w']);
    assert.deepEqual(needs(['ALTER TABLE R ADD FROM A TO B'], { state }).reopenBefore, [0]);
    assert.deepEqual(needs(['ALTER TABLE Q ADD FROM A TO B'], { state }).reopenBefore, []);
  });

  it('is a reopening where a WAL was left behind, since anything may be in it', () => {
    const state = openedState(true);
    assert.deepEqual(needs(['ALTER TABLE R ADD FROM A TO B'], { state }).reopenBefore, [0]);
    assert.deepEqual(needs(['CREATE NODE TABLE A(id INT64 PRIMARY KEY)'], { state }).reopenBefore, []);
    assert.equal(look('cypher', ['ALTER TABLE R ADD x INT64'], { state }).state.replayed, false);
  });

  it('is the same for a script in two sections, where the second goes on from the state of the first', () => {
    const table = fc.constantFrom('A', 'B', 'C');
    const one = fc.oneof(
      table.map((name) => `CREATE (:${name} {id: 1})`),
      table.map((name) => `ALTER TABLE ${name} DROP v`),
      table.map((name) => `ALTER TABLE ${name} ADD FROM A TO B`),
      fc.tuple(table, table).map(([from, to]) => `ALTER TABLE ${from} RENAME TO ${to}`),
      table.map((name) => `COPY ${name} FROM 'x.csv'`),
      fc.constantFrom('MATCH (a:A)-[r]->(b) DELETE r', 'MATCH (a:A) DETACH DELETE a', 'CHECKPOINT', 'RETURN 1'),
    );
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), fc.nat(12), fc.boolean(), (texts, at, replayed) => {
        const more = { transactional: false, state: openedState(replayed) };
        const plain = ({ written, lostColumn, unlinked, lostSinceOpen, ...state }: SessionState) => {
          return { written, lostColumn, unlinked, lostSinceOpen, replayed: state.replayed };
        };
        const whole = look('cypher', texts, more);
        const first = look('cypher', texts.slice(0, at), more);
        const left = structuredClone(plain(first.state));
        const second = look('cypher', texts.slice(at), { ...more, state: first.state });
        const later = (indexes: readonly number[]) => indexes.map((index) => index + Math.min(at, texts.length));
        assert.deepEqual(plain(first.state), left, 'a state is left as it is');
        assert.deepEqual(whole.reopenBefore, [...first.reopenBefore, ...later(second.reopenBefore)]);
        assert.deepEqual(whole.checkpointBefore, [...first.checkpointBefore, ...later(second.checkpointBefore)]);
        assert.deepEqual(plain(whole.state), plain(second.state));
      }),
    );
  });

  it('is a question before a pair is dropped', () => {
    const [guard] = look('cypher', ['RETURN 1', "ALTER TABLE `It's` DROP FROM A TO B"]).guards;
    assert.equal(guard?.index, 1);
    assert.equal(guard?.query, "CALL show_connection('it\\'s') RETURN count(*) > 1 AS allowed");
    assert.equal(guard?.danger.code, 'KM305');
  });

  it('is a commit into the file where DuckDB could not replay its WAL', () => {
    const direct = (...texts: string[]) => look('sql', texts).commitToFile;
    assert.ok(direct("ALTER TABLE d ALTER x SET DEFAULT nextval('s')"));
    assert.ok(direct('INSERT INTO d SELECT * FROM e'));
    assert.ok(direct("COPY d FROM 'd.csv'"));
    assert.ok(direct('DROP INDEX i', 'CREATE INDEX i ON d(x)'));
    assert.ok(direct("COMMENT ON COLUMN d.x IS 'y'"));
    assert.ok(direct('UPDATE d SET x = 1'));
    assert.ok(direct('MERGE INTO d USING e ON d.x = e.x WHEN MATCHED THEN UPDATE SET y = 2'));
    assert.ok(direct(`INSERT INTO d VALUES ${'(1),'.repeat(123_000)}(2)`));
    assert.ok(!direct('CREATE TABLE d(x INT)', 'INSERT INTO d VALUES (1)', 'CREATE INDEX i ON d(x)'));
    assert.ok(!direct("COMMENT ON TABLE d IS 'y'"));
    assert.ok(!look('cypher', ['ALTER TABLE d ADD x INT64']).commitToFile);
  });

  it('is a checkpoint before nodes are detached that may have lost a relationship, and behind a transaction that does both', () => {
    const one = 'MATCH (a:A {id: 1}) DETACH DELETE a';
    const other = 'MATCH (b:B {id: 2}) DETACH DELETE b';
    assert.deepEqual(look('cypher', [one, other], { transactional: false }).checkpointBefore, [1]);
    assert.deepEqual(look('cypher', [one, 'CHECKPOINT', other], { transactional: false }).checkpointBefore, []);
    const first = look('cypher', ['MATCH (:A)-[r:R]->(:B) DELETE r']);
    assert.deepEqual(look('cypher', [other], { state: first.state }).checkpointBefore, [0]);
    assert.ok(look('cypher', [one, other]).commitToFile);
    assert.ok(look('cypher', ['MATCH (a:A)-[:R]->(b:B) DETACH DELETE a, b'], { transactional: false }).commitToFile);
    assert.ok(!look('cypher', [one, other], { transactional: false }).commitToFile);
    assert.ok(!look('cypher', [one]).commitToFile);
    assert.ok(look('cypher', ['DROP SEQUENCE IF EXISTS `My T_id_serial`']).commitToFile);
    assert.ok(look('cypher', ['DROP SEQUENCE T_id_serial']).commitToFile);
    assert.ok(!look('cypher', ['DROP SEQUENCE numbers']).commitToFile);
  });
});

describe('statements that come one by one', () => {
  it('are looked at with those before them in mind', () => {
    const watch = new DangerWatch('cypher', true);
    assert.deepEqual(watch.next(statement('CREATE (:Y)')).dangers, []);
    for (let at = 0; at < 100; at++) assert.deepEqual(watch.next(statement('CREATE (:Y)')).dangers, []);
    const { dangers, need } = watch.next(statement('ALTER TABLE Y DROP v'));
    assert.deepEqual(
      dangers.map(({ code, index }) => [code, index]),
      [['KM302', 101]],
    );
    assert.equal(need, 'checkpoint');
  });

  it('tell what has to happen before them where each commits', () => {
    const watch = new DangerWatch('cypher', false);
    watch.next(statement('ALTER TABLE R DROP w'));
    assert.equal(watch.next(statement('ALTER TABLE R ADD FROM A TO B')).need, 'reopen');
    assert.equal(watch.next(statement('ALTER TABLE R ADD FROM B TO A')).need, undefined);
    assert.equal(watch.next(statement('ALTER TABLE R DROP FROM B TO A')).guards.length, 1);
  });

  it('give the same dangers as a script of the same statements', () => {
    const table = fc.constantFrom('A', 'B', 'C');
    const pools: Record<Dialect, fc.Arbitrary<string>> = {
      cypher: fc.oneof(
        ...['CREATE (:T)', 'ALTER TABLE T DROP v', 'DROP TABLE T', "COPY T FROM 'x.csv'", 'MATCH (t:T) SET t.x = 1']
          .concat('CREATE NODE TABLE T(id SERIAL PRIMARY KEY)', 'ALTER TABLE T ADD FROM A TO B')
          .map((text) => table.map((name) => text.replaceAll('T)', `${name})`).replaceAll(/\bT\b/g, name))),
        fc.tuple(table, table).map(([from, to]) => `ALTER TABLE ${from} RENAME TO ${to}`),
        fc.constantFrom('MATCH (a) SET a.x = 1', 'RETURN 1', "CALL CREATE_FTS_INDEX('A', 'i', ['x'])"),
      ),
      sql: fc.oneof(
        ...['INSERT INTO T VALUES (1)', 'UPDATE T SET x = 1', 'ALTER TABLE T DROP x', 'CREATE TABLE T(x INT)']
          .concat('INSERT INTO o.T VALUES (1)', 'DROP TABLE T')
          .map((text) => table.map((name) => text.replaceAll(/\bT\b/g, name))),
        fc.tuple(table, table).map(([from, to]) => `ALTER TABLE ${from} RENAME TO ${to}`),
        fc.constantFrom("ATTACH 'o.duckdb' AS o", 'CREATE INDEX i ON A(x)', 'SELECT 1'),
      ),
    };
    const script = fc
      .constantFrom<Dialect>('cypher', 'sql')
      .chain((dialect) => fc.tuple(fc.constant(dialect), fc.array(pools[dialect], { maxLength: 30 })));
    fc.assert(
      fc.property(script, ([dialect, texts]) => {
        const watch = new DangerWatch(dialect, true);
        const found = texts.flatMap((text) => watch.next(statement(text)).dangers);
        assert.deepEqual(found, look(dialect, texts).dangers);
      }),
      { numRuns: 2000 },
    );
  });
});
