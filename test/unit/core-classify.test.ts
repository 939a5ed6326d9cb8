import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Dialect } from '../../src/core/dialect/dialect';
import { classify } from '../../src/core/statement/classify';
import { dropObject } from '../../src/core/statement/dropped-object';
import type { StatementKind } from '../../src/core/statement/facts';
import { indexProbe } from '../../src/core/statement/index-probe';
import { tokenize } from '../../src/core/statement/tokens';

/** The effects of a statement in one line: `insert a, drop-pair r`. */
function effects(text: string, dialect: Dialect): string {
  return classify(text, dialect)
    .effects.map((effect) => `${effect.does} ${'table' in effect ? effect.table : effect.name}`)
    .join(', ');
}

function words(text: string, dialect: Dialect): string[] {
  const tokens = tokenize(text, dialect);
  return Array.from({ length: tokens.length }, (_none, at) => tokens.raw(at));
}

describe('the tokens of a statement', () => {
  it('of Cypher leave out comments, and keep strings and names whole', () => {
    assert.deepEqual(words("RETURN // a\n 'it\\'s' /* b **/ */, `a``b`, \"c'\"", 'cypher'), [
      'RETURN',
      "'it\\'s'",
      ',',
      '`a``b`',
      ',',
      '"c\'"',
    ]);
  });

  it('of SQL leave out nested comments, and know dollar quotes, E strings and doubled quotes', () => {
    assert.deepEqual(
      words("SELECT /* a /* b */ c */ 'it''s' -- x\n, E'a\\'b', $t$ ' -- $$ $t$, \"a\"\"b\", x$y$", 'sql'),
      ['SELECT', "'it''s'", ',', "E'a\\'b'", ',', "$t$ ' -- $$ $t$", ',', '"a""b"', ',', 'x$y$'],
    );
  });

  it('cover every text: what is not closed runs to its end', () => {
    const part = fc.constantFrom(
      "'",
      '"',
      '`',
      '/*',
      '*/',
      '--',
      '//',
      '\n',
      '$$',
      '$a$',
      '\\',
      'a',
      ' ',
      '1',
      '.',
      '\u00a0',
    );
    fc.assert(
      fc.property(fc.array(part), fc.constantFrom<Dialect>('cypher', 'sql'), (parts, dialect) => {
        const text = parts.join('');
        const tokens = tokenize(text, dialect);
        let end = 0;
        for (let at = 0; at < tokens.length; at++) {
          assert.ok(tokens.start(at) >= end);
          assert.notEqual(tokens.raw(at), '');
          end = tokens.start(at) + tokens.raw(at).length;
        }
        assert.ok(end <= text.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('of a literal of many megabytes are read without running out of stack', () => {
    assert.deepEqual(words(`RETURN '${'x'.repeat(8e6)}'`, 'cypher').length, 2);
    assert.deepEqual(words(`SELECT $$${'x'.repeat(8e6)}$$`, 'sql').length, 2);
  });
});

describe('the kind of a statement', () => {
  const cypher: [string, StatementKind][] = [
    ['CREATE NODE TABLE A(id INT64 PRIMARY KEY)', 'create-table'],
    ['create /* x */ rel table if not exists R(FROM A TO B)', 'create-table'],
    ['CREATE (node:A)', 'dml'],
    ['CREATE type = (a:A)-[:R]->(b:B)', 'dml'],
    ['CREATE MACRO m(x) AS x', 'create-macro'],
    ['CREATE TYPE t AS INT64', 'create-type'],
    ['CREATE SEQUENCE s', 'create-sequence'],
    ['DROP SEQUENCE s', 'drop-sequence'],
    ['DROP MACRO f', 'drop-macro'],
    ['DROP TYPE IF EXISTS t', 'drop-type'],
    ['DROP TABLE IF EXISTS A', 'drop-table'],
    ['ALTER TABLE A ADD x INT64', 'alter-table'],
    ["COMMENT ON TABLE A IS 'DROP TABLE A'", 'comment'],
    ["COPY A FROM 'a.csv'", 'copy'],
    ["COPY (MATCH (a:A) RETURN a) TO 'a.csv'", 'copy'],
    ['MATCH (a:A) RETURN a.delete', 'query'],
    ['MATCH (a:A) SET a.x = 1', 'dml'],
    ["LOAD FROM 'a.csv' RETURN *", 'query'],
    ['LOAD EXTENSION json', 'extension'],
    ['CALL threads = 2', 'session'],
    ['CALL show_tables() RETURN *', 'query'],
    ["CALL project_graph('g', ['A'], [])", 'call'],
    ["CALL create_FTS_index('A', 'i', ['x'])", 'create-index'],
    ["CALL DROP_VECTOR_INDEX('A', 'i')", 'drop-index'],
    ['CHECKPOINT', 'checkpoint'],
    ['BEGIN TRANSACTION', 'transaction'],
    ["IMPORT DATABASE 'x'", 'import'],
    ["EXPORT DATABASE 'x'", 'export'],
    ["ATTACH 'x' AS y (dbtype kuzu)", 'session'],
    ['EXPLAIN DROP TABLE A', 'query'],
    ['PROFILE CREATE (:A)', 'dml'],
    ["RETURN nextval('s')", 'dml'],
  ];
  const sql: [string, StatementKind][] = [
    ['CREATE OR REPLACE TEMP TABLE a(i INT)', 'create-table'],
    ['CREATE TABLE a AS SELECT 1', 'create-table'],
    ['CREATE UNIQUE INDEX i ON a(x)', 'create-index'],
    ['DROP INDEX i', 'drop-index'],
    ['CREATE FUNCTION f(x) AS x', 'create-macro'],
    ['CREATE VIEW v AS SELECT 1', 'create-view'],
    ['DROP VIEW v', 'drop-view'],
    ['CREATE SCHEMA s', 'other'],
    ['ALTER TABLE a ADD COLUMN b INT', 'alter-table'],
    ['WITH x AS (DELETE FROM b RETURNING *) SELECT 1', 'query'],
    ['WITH x AS (SELECT 1) INSERT INTO a FROM x', 'dml'],
    ['TRUNCATE a', 'dml'],
    ['MERGE INTO a USING b ON true WHEN MATCHED THEN DELETE', 'dml'],
    ["COPY a FROM 'a.csv'", 'copy'],
    ["COPY a TO 'a.csv'", 'copy'],
    ['FROM a', 'query'],
    ["SELECT 'INSERT INTO a'", 'query'],
    ['END', 'transaction'],
    ['START TRANSACTION', 'transaction'],
    ['ABORT', 'transaction'],
    ['FORCE CHECKPOINT', 'checkpoint'],
    ['CALL force_checkpoint()', 'checkpoint'],
    ['USE other', 'session'],
    ['SET threads = 1', 'session'],
    ['PRAGMA database_list', 'session'],
    ['UPDATE EXTENSIONS', 'extension'],
    ['VACUUM', 'other'],
    ['EXPLAIN DELETE FROM a', 'query'],
    ['EXPLAIN ANALYZE DELETE FROM a', 'dml'],
    ["SELECT nextval('s')", 'dml'],
  ];
  for (const [text, kind] of cypher) {
    it(`in Cypher: ${text} is ${kind}`, () => assert.equal(classify(text, 'cypher').kind, kind));
  }
  for (const [text, kind] of sql)
    it(`in SQL: ${text} is ${kind}`, () => assert.equal(classify(text, 'sql').kind, kind));

  it('is there for any text', () => {
    const part = fc.constantFrom(
      ...[
        'CREATE',
        'TABLE',
        'ALTER',
        'DROP',
        'CALL',
        'COPY',
        'FROM',
        'TO',
        'INSERT',
        'IF',
        'a',
        '(',
        ')',
        ',',
        "'x'",
        '`n`',
        '"n"',
      ],
    );
    fc.assert(
      fc.property(fc.array(part), fc.constantFrom<Dialect>('cypher', 'sql'), (parts, dialect) => {
        const facts = classify(parts.join(' '), dialect);
        assert.ok(!facts.tables.includes(''));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('what a statement does', () => {
  const cypher: [string, string][] = [
    ['CREATE (a:A {id: 1})-[:`My R` {w: 1}]->(b:B)', 'insert a, insert my r, insert b'],
    ["MATCH (a:A), (b:B) WHERE a.name = '(:C)' CREATE (a)-[:R]->(b)", 'insert r'],
    ['MERGE (a:A {id: 1}) ON MATCH SET a.x = 1 ON CREATE SET a.y = 1', 'insert a, update a, update a'],
    ['MATCH (a:A)-[r:R|Q]->() DETACH DELETE a', 'delete a'],
    ['MATCH ()-[r:R|Q]->() DELETE r', 'delete r, delete q'],
    ['MATCH (a) SET a.x = 1', 'update '],
    ['MATCH (a:A), (b:B) SET a.x = coalesce(1, 2), b.x = 1', 'update a, update b'],
    ['COPY `A b`(x) FROM (MATCH (c:C) RETURN c.x)', 'insert a b'],
    ['ALTER TABLE A DROP IF EXISTS v', 'drop-column a'],
    ['ALTER TABLE R DROP FROM A TO B', 'drop-pair r'],
    ['ALTER TABLE R ADD IF NOT EXISTS FROM A TO B', 'add-pair r'],
    ['ALTER TABLE A ADD from STRING', 'add-column a'],
    ['ALTER TABLE A RENAME TO B', 'rename-table a'],
    ['ALTER TABLE A RENAME x TO y', 'alter-table a'],
    ['CREATE REL TABLE R(FROM A TO B, w INT64)', 'create-table r, add-pair r'],
    ['CREATE NODE TABLE A AS MATCH (b:B) RETURN b.id', 'create-table a, insert a'],
    ['RETURN "CREATE (:A)"', ''],
  ];
  const sql: [string, string][] = [
    ['INSERT INTO main."A" VALUES (1)', 'insert a'],
    ['INSERT OR REPLACE INTO a VALUES (1)', 'insert a, update a'],
    ['INSERT INTO a VALUES (1) ON CONFLICT DO UPDATE SET x = 2', 'insert a, update a'],
    ['UPDATE db.main.a SET x = 1', 'update db.a'],
    ['DELETE FROM s.a', 'delete s.a'],
    ['ALTER TABLE IF EXISTS a DROP COLUMN b', 'drop-column a'],
    ['ALTER TABLE a DROP CONSTRAINT c', 'alter-table a'],
    ['ALTER TABLE a RENAME TO b', 'rename-table a'],
    ['CREATE INDEX i ON a(x)', 'create-index i, alter-table a'],
    ["ATTACH 'dir/other.db'", 'attach other'],
    ["ATTACH IF NOT EXISTS ':memory:' AS Mem", 'attach mem'],
  ];
  for (const [text, expected] of cypher) {
    it(`in Cypher: ${text}`, () => assert.equal(effects(text, 'cypher'), expected));
  }
  for (const [text, expected] of sql) it(`in SQL: ${text}`, () => assert.equal(effects(text, 'sql'), expected));

  it('is known to lose data where it drops, deletes, replaces or casts', () => {
    const losing: [string, Dialect][] = [
      ['DROP TABLE A', 'cypher'],
      ['ALTER TABLE A DROP x', 'cypher'],
      ['ALTER TABLE R DROP FROM A TO B', 'cypher'],
      ['MATCH (a:A) DELETE a', 'cypher'],
      ['DROP SEQUENCE s', 'cypher'],
      ['TRUNCATE a', 'sql'],
      ['CREATE OR REPLACE TABLE a(i INT)', 'sql'],
      ['ALTER TABLE a ALTER x TYPE INT', 'sql'],
      ['ALTER TABLE a ALTER COLUMN x SET DATA TYPE INT', 'sql'],
      ['DROP SCHEMA s CASCADE', 'sql'],
    ];
    const keeping: [string, Dialect][] = [
      ['MATCH (a:A) RETURN a', 'cypher'],
      ["RETURN 'DELETE a' // DELETE a", 'cypher'],
      ['ALTER TABLE A RENAME x TO y', 'cypher'],
      ['ALTER TABLE a ALTER x SET DEFAULT 1', 'sql'],
      ['DROP VIEW v', 'sql'],
      ['INSERT INTO a VALUES (1)', 'sql'],
    ];
    for (const [text, dialect] of losing) assert.ok(classify(text, dialect).losesData, text);
    for (const [text, dialect] of keeping) assert.ok(!classify(text, dialect).losesData, text);
  });

  it('may be done in a transaction but for a few statements', () => {
    const refused: [string, Dialect][] = [
      ["CALL CREATE_FTS_INDEX('A', 'i', ['x'])", 'cypher'],
      ['CHECKPOINT', 'cypher'],
      ["IMPORT DATABASE 'x'", 'cypher'],
      ['CHECKPOINT', 'sql'],
      ['SELECT * FROM checkpoint()', 'sql'],
    ];
    for (const [text, dialect] of refused) assert.ok(!classify(text, dialect).transactional, text);
    for (const text of ["EXPORT DATABASE 'x'", 'LOAD json', 'CALL threads = 2', 'CREATE MACRO m(x) AS x']) {
      assert.ok(classify(text, 'cypher').transactional, text);
    }
    for (const text of ['CREATE INDEX i ON a(x)', 'VACUUM', "IMPORT DATABASE 'x'", 'DETACH x']) {
      assert.ok(classify(text, 'sql').transactional, text);
    }
  });

  it('may be repeated where that does no harm', () => {
    assert.equal(classify('CHECKPOINT', 'cypher').repeatable, 'yes');
    assert.equal(classify('CREATE TABLE IF NOT EXISTS a(i INT)', 'sql').repeatable, 'yes');
    assert.equal(classify('CREATE (:A)', 'cypher').repeatable, 'no');
    assert.equal(classify("CALL DROP_FTS_INDEX('A', 'i')", 'cypher').repeatable, 'probe');
  });

  it('can be looked up for an index', () => {
    assert.deepEqual(indexProbe("CALL create_fts_index('My T', 'I\\'x', ['a'])", 'cypher'), {
      query:
        "CALL show_indexes() WHERE lower(table_name) = 'my t' AND lower(index_name) = 'i\\'x' RETURN count(*) AS found",
      done: 1,
    });
    assert.equal(indexProbe("CALL DROP_VECTOR_INDEX('T', 'i')", 'cypher')?.done, 0);
    assert.equal(indexProbe('CREATE INDEX i ON a(x)', 'sql'), undefined);
  });
});

describe('DROP of what Kùzu has no statement for', () => {
  it('is read with its name, as written, and its IF EXISTS', () => {
    const cases: [string, ReturnType<typeof dropObject>][] = [
      ['DROP MACRO f', { kind: 'macro', name: 'f', ifExists: false }],
      ['drop /* the */ type if exists `we ird` ;', { kind: 'type', name: 'we ird', ifExists: true }],
      ['DROP MACRO `a``b` // gone', { kind: 'macro', name: 'a``b', ifExists: false }],
      ['DROP MACRO if', { kind: 'macro', name: 'if', ifExists: false }],
      ['DROP TYPE IF EXISTS exists', { kind: 'type', name: 'exists', ifExists: true }],
    ];
    for (const [text, expected] of cases) assert.deepEqual(dropObject(text), expected, text);
  });

  it('is left to the engine where it is anything else, which says what is wrong', () => {
    for (const text of [
      'DROP MACRO',
      'DROP MACRO f g',
      'DROP MACRO f(x)',
      "DROP TYPE 't'",
      'DROP TABLE t',
      'PROFILE DROP MACRO f',
      'DROP MACRO ``',
      'DROP MACRO IF EXISTS',
    ]) {
      assert.equal(dropObject(text), undefined, text);
    }
  });

  it('runs outside of a transaction and may run once more, since a killed one leaves nothing', () => {
    const { transactional, repeatable, losesData } = classify('DROP MACRO f', 'cypher');
    assert.deepEqual(
      { transactional, repeatable, losesData },
      { transactional: false, repeatable: 'yes', losesData: false },
    );
    assert.equal(classify('DROP MACRO f', 'sql').transactional, true);
  });
});
