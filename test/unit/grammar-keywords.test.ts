import assert from 'node:assert/strict';
import type { IGrammar } from 'vscode-textmate';
import { loadGrammar, projectFile, tokenize } from '../support/grammar';

// Each keyword in a statement where it is one. The engine reserves the last five and uses them in no statement.
const KEYWORDS: Record<string, string> = {
  ACYCLIC: 'MATCH (a)-[e:T* ACYCLIC 1..3]->(b) RETURN e',
  ADD: 'ALTER TABLE t ADD c STRING',
  ALL: 'RETURN 1 UNION ALL RETURN 2',
  ALTER: 'ALTER TABLE t DROP c',
  AND: 'RETURN a AND b',
  ANY: 'RETURN any(x IN l WHERE x > 1)',
  AS: 'RETURN 1 AS one',
  ASC: 'MATCH (a) RETURN a.id ORDER BY a.id ASC',
  ASCENDING: 'MATCH (a) RETURN a.id ORDER BY a.id ASCENDING',
  ATTACH: "ATTACH 'x' AS y (DBTYPE duckdb)",
  BEGIN: 'BEGIN TRANSACTION',
  BY: 'MATCH (a) RETURN a.id ORDER BY a.id',
  CALL: 'CALL show_tables() RETURN *',
  CASE: 'RETURN CASE WHEN a THEN 1 END',
  CAST: "RETURN CAST('1' AS INT64)",
  CHECKPOINT: 'CHECKPOINT',
  COLUMN: "COPY t FROM ('a.npy') BY COLUMN",
  COMMENT: "COMMENT ON TABLE t IS 'x'",
  COMMIT: 'COMMIT',
  CONTAINS: "RETURN a CONTAINS 'b'",
  COPY: "COPY t FROM 'x.csv'",
  COUNT: 'MATCH (a) RETURN COUNT { MATCH (a)-[]->() }',
  CREATE: "CREATE (:User {name: 'x'})",
  CYCLE: 'CREATE SEQUENCE s NO CYCLE',
  DATABASE: "IMPORT DATABASE 'x'",
  DBTYPE: "ATTACH 'x' (DBTYPE kuzu)",
  DECIMAL: 'ALTER TABLE t ADD c DECIMAL(10, 2)',
  DEFAULT: 'ALTER TABLE t ADD c INT64 DEFAULT 1',
  DELETE: 'MATCH (a) DELETE a',
  DESC: 'MATCH (a) RETURN a.id ORDER BY a.id DESC',
  DESCENDING: 'MATCH (a) RETURN a.id ORDER BY a.id DESCENDING',
  DETACH: 'MATCH (a) DETACH DELETE a',
  DISTINCT: 'MATCH (a) RETURN DISTINCT a.id',
  DROP: 'DROP TABLE t',
  ELSE: 'RETURN CASE WHEN a THEN 1 ELSE 2 END',
  END: 'RETURN CASE WHEN a THEN 1 END',
  ENDS: "RETURN a ENDS WITH 'b'",
  EXISTS: 'DROP TABLE IF EXISTS t',
  EXPLAIN: 'EXPLAIN MATCH (a) RETURN a',
  EXPORT: "EXPORT DATABASE 'x'",
  EXTENSION: 'LOAD EXTENSION json',
  FALSE: 'RETURN FALSE',
  FORCE: 'FORCE INSTALL json',
  FROM: "LOAD FROM 'x.csv' RETURN *",
  GLOB: "LOAD FROM glob('*.csv') RETURN *",
  GROUP: 'CREATE REL TABLE GROUP g(FROM a TO b, FROM b TO a)',
  HEADERS: "LOAD WITH HEADERS (a INT64) FROM 'x.csv' RETURN a",
  HINT: 'MATCH (a)-[e]->(b) HINT (a JOIN e) JOIN b RETURN a',
  IF: 'DROP TABLE IF EXISTS t',
  IMPORT: "IMPORT DATABASE 'x'",
  IN: 'RETURN 1 IN [1]',
  INCREMENT: 'CREATE SEQUENCE s INCREMENT BY 2',
  INSTALL: 'INSTALL json',
  IS: 'RETURN a IS NULL',
  JOIN: 'MATCH (a)-[e]->(b) HINT (a JOIN e) JOIN b RETURN a',
  KEY: 'CREATE NODE TABLE t(id INT64, PRIMARY KEY (id))',
  LIMIT: 'MATCH (a) RETURN a LIMIT 1',
  LOAD: "LOAD FROM 'x.csv' RETURN *",
  LOGICAL: 'EXPLAIN LOGICAL MATCH (a) RETURN a',
  MACRO: 'CREATE MACRO m(x) AS x + 1',
  MATCH: 'MATCH (a) RETURN a',
  MAXVALUE: 'CREATE SEQUENCE s MAXVALUE 9',
  MERGE: 'MERGE (a:User {id: 1})',
  MINVALUE: 'CREATE SEQUENCE s NO MINVALUE',
  MULTI_JOIN: 'MATCH (a)-[e]->(b) HINT (a JOIN e) MULTI_JOIN b RETURN a',
  NO: 'CREATE SEQUENCE s NO CYCLE',
  NODE: 'CREATE NODE TABLE t(id INT64 PRIMARY KEY)',
  NONE: 'RETURN none(x IN l WHERE x > 1)',
  NOT: 'RETURN NOT a',
  NULL: 'RETURN NULL',
  ON: 'MERGE (a:User {id: 1}) ON MATCH SET a.n = 1',
  ONLY: 'BEGIN TRANSACTION READ ONLY',
  OPTIONAL: 'OPTIONAL MATCH (a) RETURN a',
  OR: 'RETURN a OR b',
  ORDER: 'MATCH (a) RETURN a.id ORDER BY a.id',
  PRIMARY: 'CREATE NODE TABLE t(id INT64 PRIMARY KEY)',
  PROFILE: 'PROFILE MATCH (a) RETURN a',
  READ: 'BEGIN TRANSACTION READ ONLY',
  REL: 'CREATE REL TABLE r(FROM a TO b)',
  RENAME: 'ALTER TABLE t RENAME TO u',
  RETURN: 'RETURN 1',
  ROLLBACK: 'ROLLBACK',
  SEQUENCE: 'CREATE SEQUENCE s',
  SET: 'MATCH (a) SET a.n = 1',
  SHORTEST: 'MATCH (a)-[e:T* SHORTEST 1..3]->(b) RETURN e',
  SINGLE: 'RETURN single(x IN l WHERE x > 1)',
  SKIP: 'MATCH (a) RETURN a SKIP 1',
  START: 'CREATE SEQUENCE s START WITH 1',
  STARTS: "RETURN a STARTS WITH 'b'",
  STRUCT: 'CREATE TYPE p AS STRUCT(a INT64)',
  TABLE: 'DROP TABLE t',
  THEN: 'RETURN CASE WHEN a THEN 1 END',
  TO: "COPY (MATCH (a) RETURN a.id) TO 'x.csv'",
  TRAIL: 'MATCH (a)-[e:T* TRAIL 1..3]->(b) RETURN e',
  TRANSACTION: 'BEGIN TRANSACTION',
  TRUE: 'RETURN TRUE',
  TYPE: 'CREATE TYPE p AS INT64',
  UNINSTALL: 'UNINSTALL json',
  UNION: 'RETURN 1 UNION RETURN 2',
  UNWIND: 'UNWIND [1] AS x RETURN x',
  UPDATE: 'UPDATE json',
  USE: 'USE other',
  USER: 'CREATE USER alice',
  WHEN: 'RETURN CASE WHEN a THEN 1 END',
  WHERE: 'MATCH (a) WHERE a.id = 1 RETURN a',
  WITH: 'MATCH (a) WITH a RETURN a',
  WSHORTEST: 'MATCH (a)-[e:T* WSHORTEST(w)]->(b) RETURN e',
  XOR: 'RETURN a XOR b',
  YIELD: 'CALL show_tables() YIELD name RETURN name',
  COMMIT_SKIP_CHECKPOINT: 'COMMIT_SKIP_CHECKPOINT',
  ROLLBACK_SKIP_CHECKPOINT: 'ROLLBACK_SKIP_CHECKPOINT',
  PROJECT: 'PROJECT GRAPH g',
  GRAPH: 'PROJECT GRAPH g',
  WRITE: 'BEGIN TRANSACTION READ WRITE',
};

const COLOURED = /^(?:keyword|storage\.type|constant\.language|support\.function)\b/;

describe('The grammar and the keywords of the engine', () => {
  let grammar: IGrammar;
  before(async () => {
    grammar = await loadGrammar();
  });

  it('holds the list of keywords that the engine is built from', () => {
    const source = ['node_modules', 'kuzu', 'kuzu-source', 'src', 'antlr4'];
    const listed = projectFile(...source, 'keywords.txt')
      .split('\n')
      .filter(Boolean);
    const spelled = [...projectFile(...source, 'Cypher.g4').matchAll(/^(?:L_)?([A-Z]+) *: \( '[A-Z]' \|/gm)].map(
      (match) => match[1],
    );
    assert.deepEqual(spelled.sort(), ['DECIMAL', 'SKIP'], 'keywords spelled out in the grammar file');
    assert.deepEqual(Object.keys(KEYWORDS).sort(), [...listed, ...spelled].sort());
  });

  for (const [keyword, statement] of Object.entries(KEYWORDS)) {
    it(`colours ${keyword} in: ${statement}`, () => {
      for (const text of [statement, statement.toLowerCase(), `${statement};`]) {
        const found = tokenize(grammar, text).tokens.filter((token) => token.text.trim().toUpperCase() === keyword);
        assert.notEqual(found.length, 0, `no token of its own in: ${text}`);
        for (const { scopes } of found) assert.match(scopes.at(-1) ?? '', COLOURED);
      }
    });
  }

  it('leaves every statement closed at its semicolon', () => {
    const open = Object.values(KEYWORDS).filter((statement) => !tokenize(grammar, `${statement};`).closed);
    assert.deepEqual(open, []);
  });
});
