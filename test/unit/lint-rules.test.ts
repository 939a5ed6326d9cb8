// Over 400 lines: tables of cases, a line or two for each rule.
import assert from 'node:assert/strict';
import type { Dialect } from '../../src/core/dialect/dialect';
import { applyEdits } from '../../src/core/lint/apply-edits';
import { lintScript } from '../../src/core/lint/lint-script';
import type { Schema } from '../../src/core/schema/model';

const EMPTY: Schema = { tables: [], sequences: [], macros: [], indexes: [], types: [] };
/** What is found in a way up, as `KM402@1:5`. */
function lint(dialect: Dialect, up: string, before?: Schema): readonly string[] {
  const way = { file: 'm', dialect, role: 'up' as const, ...(before ? { before } : {}) };
  return lintScript({ ...way, text: `${up};\n` }).map(({ code, line, column }) => `${code}@${line}:${column}`);
}

/** The text with the first fix of a code applied. */
function fixed(dialect: Dialect, text: string, code: string): string {
  const found = lintScript({ file: 'm', text, dialect, role: 'up' }).find((one) => one.code === code);
  assert.ok(found?.fix, `${code} has a fix`);
  return applyEdits(text, found.fix.edits);
}

const NODE = 'CREATE NODE TABLE T(id INT64 PRIMARY KEY';

describe('what Kùzu does not have', () => {
  const cases: [name: string, text: string, found: string[]][] = [
    ['a comment at the end of a line of DDL', `${NODE}, -- the key\n n STRING)`, ['KM401@1:43']],
    ['a comment behind a key', `${NODE} -- the key\n)`, ['KM401@1:42']],
    ['a comment that begins a line', 'MATCH (n)\n-- all of them\nRETURN n', ['KM401@2:1']],
    [
      'what stands behind a comment',
      `${NODE}, -- the n\n m STRING UNIQUE, -- (q\n q INT64 NOT NULL)`,
      ['KM401@1:43', 'KM403@2:11', 'KM401@2:19', 'KM402@3:10'],
    ],
    [
      'what stands behind a comment of an ALTER',
      'ALTER TABLE T -- more\n ADD COLUMN n STRING',
      ['KM401@1:15', 'KM405@2:6'],
    ],
    ['a comment with a quote in it', `${NODE}, -- don't\n n STRING)`, ['KM401@1:43', 'SCRIPT_INVALID@1:49']],
    ['NOT NULL', `${NODE}, n STRING NOT NULL)`, ['KM402@1:52']],
    ['NOT NULL of a new column', 'ALTER TABLE T ADD n STRING NOT NULL', ['KM402@1:28']],
    ['UNIQUE', `${NODE}, n STRING UNIQUE)`, ['KM403@1:52']],
    ['UNIQUE of several columns', `${NODE}, n STRING, UNIQUE (id, n))`, ['KM403@1:53']],
    ['UNIQUE of a new column', 'ALTER TABLE T ADD n STRING UNIQUE', ['KM403@1:28']],
    ['COLUMN behind ADD', 'ALTER TABLE T ADD COLUMN n STRING', ['KM405@1:19']],
    [
      'a COPY that leaves a default to the engine, which doesn’t cast it',
      'CREATE NODE TABLE T(id INT64 PRIMARY KEY, n INT32 DEFAULT 7, s STRING DEFAULT "x");\nCOPY T(id, s) FROM (MATCH (o:O) RETURN o.id, o.s)',
      ['KM437@2:6'],
    ],
    ['a comment behind a text', "MATCH (a:T) SET a.n = 'x' -- comment\n", ['KM401@1:27']],
    ['COLUMN behind ADD IF NOT EXISTS', 'ALTER TABLE T ADD COLUMN IF NOT EXISTS n STRING', ['KM405@1:19']],
    ['COLUMN behind RENAME', 'ALTER TABLE T RENAME COLUMN a TO b', ['KM405@1:22']],
    ['now()', 'MATCH (n:T) SET n.at = now()', ['KM406@1:24']],
    ['now() as a default', 'ALTER TABLE T ADD at TIMESTAMP DEFAULT NOW()', ['KM406@1:40']],
    ['a change of type', 'ALTER TABLE T ALTER n TYPE STRING', ['KM407@1:15']],
    ['several actions', 'ALTER TABLE T ADD a INT64, ADD b STRING[]', ['KM408@1:15']],
    ['a list of new columns', 'ALTER TABLE T ADD (a INT64, b INT64)', ['KM408@1:15']],
    ['a key of two columns', 'CREATE NODE TABLE T(a INT64, b INT64, PRIMARY KEY(a, b))', ['KM409@1:51']],
    ['CREATE INDEX', 'CREATE INDEX i ON T(n)', ['KM410@1:1']],
    ['CREATE UNIQUE INDEX', 'CREATE UNIQUE INDEX i ON T(n)', ['KM410@1:1']],
    ['CREATE CONSTRAINT', 'CREATE CONSTRAINT c FOR (t:T) REQUIRE t.n IS UNIQUE', ['KM410@1:1']],
    ['TRUNCATE', 'TRUNCATE TABLE T', ['KM411@1:1']],
    ['COMMENT ON COLUMN', "COMMENT ON COLUMN T.n IS 'x'", ['KM412@1:1']],
    ['ALTER TABLE IF EXISTS', 'ALTER TABLE IF EXISTS T ADD n STRING', ['KM413@1:13']],
    ['CREATE OR REPLACE', 'CREATE OR REPLACE MACRO m(x) AS x', ['KM414@1:8']],
    ['a macro that may be there', 'CREATE MACRO IF NOT EXISTS m(x) AS x', ['KM414@1:14']],
    ['a type that may be there', 'CREATE TYPE IF NOT EXISTS t AS INT64', ['KM414@1:13']],
  ];
  for (const [name, text, found] of cases) {
    it(`is found: ${name}`, () => assert.deepEqual(lint('cypher', text), found));
  }

  it('is found: CASCADE', () => {
    assert.deepEqual(lint('cypher', 'DROP SEQUENCE IF EXISTS s CASCADE'), ['DL105@1:1', 'KM404@1:27']);
    assert.deepEqual(lint('cypher', 'DROP TABLE R RESTRICT', EMPTY), ['KM404@1:14']);
  });

  for (const text of [
    'MATCH (a:T)--(b:T) RETURN count(*)',
    'MATCH (a:T) -- (b:T) RETURN count(*)',
    'MATCH (a:T)\n--(b:T) RETURN count(*)',
    'MATCH (a:T)<--(b:T)-->(c) RETURN 1',
    'RETURN 5--3',
    'RETURN 5 -- 3',
    'MATCH (a:T) RETURN a.x -- a.y, 2',
    "RETURN '-- no comment'",
    'MATCH (n:T) WHERE n.x IS NOT NULL RETURN n',
    `${NODE}, unique STRING, \`not\` INT64)`,
    'ALTER TABLE T ADD tags STRING[] DEFAULT [1, 2]',
    "CALL CREATE_FTS_INDEX('T', 'i', ['n'])",
    'CREATE index = (:T {id: 1})-[:R]->(:T {id: 2})',
    "COMMENT ON TABLE T IS 'x'",
    'CREATE NODE TABLE IF NOT EXISTS T(id INT64, PRIMARY KEY(id))',
    'CREATE MACRO m(x) AS x + 1',
    'ALTER TABLE T RENAME a TO b',
    'RETURN current_timestamp()',
    'CREATE REL TABLE R(FROM T TO T, since DATE, MANY_ONE)',
  ]) {
    it(`is not found in: ${text.replaceAll('\n', ' ')}`, () => assert.deepEqual(lint('cypher', text), []));
  }

  it('is not found where a macro bears the name', () => {
    const before = { ...EMPTY, macros: [{ name: 'Now', parameters: '', body: '1' }] };
    assert.deepEqual(lint('cypher', 'RETURN now()', before), []);
    assert.deepEqual(lint('cypher', 'CREATE MACRO now() AS 1; RETURN now()'), []);
  });

  const fixes: [string, string, string][] = [
    ['KM401', `${NODE}, -- key\n n STRING);`, `${NODE}, // key\n n STRING);`],
    ['KM402', `${NODE}, n STRING NOT NULL);`, `${NODE}, n STRING);`],
    ['KM403', `${NODE}, n STRING UNIQUE);`, `${NODE}, n STRING);`],
    ['KM404', 'DROP TABLE R CASCADE;', 'DROP TABLE R;'],
    ['KM405', 'ALTER TABLE T DROP COLUMN n;', 'ALTER TABLE T DROP n;'],
    ['KM406', 'MATCH (n:T) SET n.at = now();', 'MATCH (n:T) SET n.at = current_timestamp();'],
    [
      'KM408',
      'ALTER TABLE `my T` ADD a INT64, DROP b, RENAME c TO d;',
      'ALTER TABLE `my T` ADD a INT64;\nALTER TABLE `my T` DROP b;\nALTER TABLE `my T` RENAME c TO d;',
    ],
    ['KM411', 'TRUNCATE `my T`;', 'MATCH (n:`my T`) DETACH DELETE n;'],
    ['KM413', 'ALTER TABLE IF EXISTS T ADD n STRING;', 'ALTER TABLE T ADD n STRING;'],
  ];
  for (const [code, text, result] of fixes) {
    it(`is mended by the fix of ${code}`, () => assert.equal(fixed('cypher', text, code), result));
  }
});

describe('what DuckDB does not have', () => {
  const cases: [string, string[]][] = [
    ['ALTER TABLE t ADD COLUMN a INT, ADD COLUMN b INT', ['KM408@1:15']],
    ['ALTER TABLE t ADD CONSTRAINT u UNIQUE (n)', ['KM421@1:19']],
    ['ALTER TABLE t ADD CHECK (id > 0)', ['KM421@1:19']],
    ['ALTER TABLE t ADD FOREIGN KEY (n) REFERENCES t(id)', ['KM421@1:19']],
    ['ALTER TABLE t DROP CONSTRAINT u', ['KM421@1:20']],
    ['ALTER TABLE t ADD COLUMN z INT NOT NULL', ['KM421@1:32']],
    ['ALTER TABLE t ADD z INT DEFAULT 1 UNIQUE', ['KM421@1:35']],
    ['CREATE TABLE u(id INT, at TIMESTAMP)', ['KM422@1:24']],
    ['CREATE TABLE u("at" TIMESTAMP, PRIMARY KEY (at))', ['KM422@1:45']],
    ['ALTER TABLE u ADD COLUMN at INT', ['KM422@1:26']],
    ['INSERT INTO u (id, at) VALUES (1, 2)', ['KM422@1:20']],
    ['UPDATE u SET id = 1, at = 2', ['KM422@1:22']],
    ['ALTER TABLE t ADD PRIMARY KEY (n)', []],
    ['ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (n)', []],
    ['ALTER TABLE t ADD COLUMN z BOOLEAN DEFAULT (1 IS NOT NULL)', []],
    ['ALTER TABLE t ADD "unique" INT', []],
    ['ALTER TABLE t ALTER n TYPE VARCHAR', []],
    ['SELECT u.at, 1 AS at FROM u', []],
    ['CREATE TABLE u(id INT NOT NULL UNIQUE, n VARCHAR -- a comment\n)', []],
    ['CREATE OR REPLACE VIEW v AS SELECT now()', []],
  ];
  for (const [text, found] of cases) {
    it(`${found.length > 0 ? 'is found' : 'is not found'} in: ${text}`, () =>
      assert.deepEqual(lint('sql', text), found));
  }

  it('is mended by the fixes', () => {
    assert.equal(
      fixed('sql', 'ALTER TABLE app.t ADD a INT, DROP b;', 'KM408'),
      'ALTER TABLE app.t ADD a INT;\nALTER TABLE app.t DROP b;',
    );
    assert.equal(fixed('sql', 'CREATE TABLE u(At INT);', 'KM422'), 'CREATE TABLE u("At" INT);');
  });
});

describe('what a script removes', () => {
  const cases: [Dialect, string, string[]][] = [
    ['cypher', 'DROP TABLE T', ['DL101@1:1']],
    ['sql', 'DROP TABLE IF EXISTS t', ['DL101@1:1']],
    ['sql', 'CREATE OR REPLACE TABLE t(id INT)', ['DL101@1:1']],
    ['cypher', 'ALTER TABLE T DROP n', ['DL102@1:1']],
    ['sql', 'ALTER TABLE t DROP COLUMN n', ['DL102@1:1']],
    ['cypher', 'ALTER TABLE R DROP FROM A TO B', ['DL103@1:1']],
    ['sql', 'DROP SEQUENCE s', ['DL105@1:1']],
    ['cypher', 'MATCH (n:T) DETACH DELETE n', ['DL106@1:1']],
    ['cypher', 'MATCH (n) DETACH DELETE n', ['KM313@1:1', 'DL106@1:1']],
    ['cypher', 'MATCH ()-[r:R]->() DELETE r', ['DL106@1:1']],
    ['sql', 'DELETE FROM t', ['DL106@1:1']],
    ['sql', 'TRUNCATE t', ['DL106@1:1']],
    ['cypher', 'MATCH (n:T {id: 1}) DELETE n', []],
    ['cypher', 'MATCH (n:T) WHERE n.id = 1 DELETE n', []],
    ['cypher', 'MATCH (n:T)-[:R]->(:U) DETACH DELETE n', []],
    ['sql', 'DELETE FROM t WHERE id = 1', []],
    ['cypher', `${NODE}); DROP TABLE T`, []],
    ['cypher', 'ALTER TABLE T ADD n INT64; ALTER TABLE T DROP n', []],
    ['sql', 'CREATE SEQUENCE s; DROP SEQUENCE s', []],
    [
      'cypher',
      'ALTER TABLE T RENAME TO T_old; CREATE NODE TABLE T(id INT64 PRIMARY KEY); COPY T FROM (MATCH (o:T_old) RETURN o.id); DROP TABLE T_old',
      [],
    ],
    [
      'sql',
      'CREATE TEMP TABLE r AS FROM t; DROP TABLE t; CREATE TABLE t(id INT); INSERT INTO t FROM r; DROP TABLE r',
      [],
    ],
    ['cypher', 'ALTER TABLE T RENAME TO U; DROP TABLE U', ['DL101@1:28']],
    [
      'cypher',
      'ALTER TABLE R RENAME TO O; CREATE REL TABLE R(FROM A TO B); COPY R FROM (MATCH (a:A)-[r:O]->(b:B) RETURN a.id, b.id); DROP TABLE O; DROP TABLE B; ALTER TABLE A DROP n',
      ['DL101@1:133', 'DL102@1:147'],
    ],
    [
      'cypher',
      'MATCH (a:A), (b:B {id: a.b}) CREATE (:C {id: a.id, n: b.n}); DROP TABLE A; DROP TABLE B',
      ['DL101@1:76'],
    ],
    ['cypher', "COPY T FROM 'T.csv'; DROP TABLE csv", ['DL101@1:22']],
    ['cypher', 'COPY C FROM (MATCH (a:A) RETURN a.id); ALTER TABLE A DROP n', ['DL102@1:40']],
    ['sql', 'INSERT INTO c SELECT a.id, b.n FROM a JOIN b USING (id); DROP TABLE a; DROP TABLE b', ['DL101@1:72']],
    ['sql', 'INSERT INTO c SELECT a.id FROM a, b; DROP TABLE a; DROP TABLE b', ['DL101@1:52']],
    [
      'sql',
      'INSERT INTO c SELECT id FROM a WHERE EXISTS (SELECT 1 FROM b); DROP TABLE a; DROP TABLE b',
      ['DL101@1:78'],
    ],
    ['sql', 'INSERT INTO c(id) (SELECT id FROM app.a UNION ALL FROM b); DROP TABLE app.a; DROP TABLE b', []],
    [
      'sql',
      'WITH RECURSIVE k AS (SELECT * FROM a), l AS (SELECT * FROM k UNION ALL SELECT k.* FROM k JOIN b ON k.x = b.x) INSERT INTO c SELECT * FROM l; DROP TABLE a; DROP TABLE b',
      ['DL101@1:156'],
    ],
    ['sql', 'INSERT INTO c SELECT * FROM a; ALTER TABLE a DROP n', ['DL102@1:32']],
  ];
  for (const [dialect, text, found] of cases) {
    it(`${found[0] ?? 'nothing'} in: ${text.slice(0, 90)}`, () => assert.deepEqual(lint(dialect, text), found));
  }

  it('is not told of a way down, which removes what the way up has made', () => {
    const text = '-- UP\nCREATE NODE TABLE T(id INT64 PRIMARY KEY);\n-- DOWN\nDROP TABLE T;\n';
    assert.deepEqual(lintScript({ file: 'm', text, dialect: 'cypher', role: 'single' }), []);
  });

  it('is told with what would be counted', () => {
    const text = 'ALTER TABLE User DROP `e mail`;';
    const [found] = lintScript({ file: 'm', text, dialect: 'cypher', role: 'up' });
    assert.deepEqual(found?.lost, { what: 'column', table: 'user', column: 'e mail' });
  });

  it('is nothing where the schema has no such table', () =>
    assert.deepEqual(lint('cypher', 'DROP TABLE T', EMPTY), []));
});

describe('IF NOT EXISTS', () => {
  const before: Schema = {
    ...EMPTY,
    tables: [
      {
        kind: 'node',
        name: 'User',
        columns: [
          { name: 'id', type: 'INT64' },
          { name: 'name', type: 'STRING' },
        ],
        primaryKey: 'id',
      },
    ],
  };
  const cases: [string, string | undefined][] = [
    ['CREATE NODE TABLE IF NOT EXISTS user(id INT64, name STRING, PRIMARY KEY(id))', undefined],
    ['CREATE NODE TABLE IF NOT EXISTS User(id INT64, Name string, PRIMARY KEY(id))', undefined],
    ['CREATE NODE TABLE IF NOT EXISTS User(id INT64, PRIMARY KEY(id))', '@lint.shape.more:name'],
    [
      'CREATE NODE TABLE IF NOT EXISTS User(id INT64, name STRING, age INT64, PRIMARY KEY(id))',
      '@lint.shape.missing:age',
    ],
    ['CREATE NODE TABLE IF NOT EXISTS User(id STRING, name STRING, PRIMARY KEY(id))', '@lint.shape.type:id INT64'],
    ['CREATE NODE TABLE IF NOT EXISTS User(id INT64, name my_type, PRIMARY KEY(id))', undefined],
    ['CREATE REL TABLE IF NOT EXISTS User(FROM User TO User)', '@lint.shape.kind:node'],
    ['CREATE NODE TABLE IF NOT EXISTS City(name STRING, PRIMARY KEY(name))', undefined],
    ['CREATE NODE TABLE User(id STRING, PRIMARY KEY(id))', undefined],
    ['ALTER TABLE User ADD IF NOT EXISTS name STRING', undefined],
    ['ALTER TABLE User ADD IF NOT EXISTS name INT64 DEFAULT 1', '@lint.shape.type:name STRING'],
    ['DROP TABLE User; CREATE NODE TABLE IF NOT EXISTS User(x STRING, PRIMARY KEY(x))', undefined],
  ];
  for (const [text, detail] of cases) {
    it(`${detail ?? 'is fine'}: ${text.slice(0, 90)}`, () => {
      const found = lintScript({ file: 'm', text: `${text};`, dialect: 'cypher', role: 'up', before });
      const shapes = found.filter(({ code }) => code === 'KM433');
      assert.deepEqual(
        shapes.map(({ message }) => message.params.detail),
        detail === undefined ? [] : [detail],
      );
    });
  }

  it('reads the types of DuckDB by all of their names', () => {
    const column = (name: string, type: string) => ({ name, type });
    const columns = [column('id', 'BIGINT'), column('n', 'VARCHAR'), column('i', 'INTEGER')];
    const sql: Schema = { ...EMPTY, tables: [{ kind: 'table', schema: 'main', name: 't', columns, constraints: [] }] };
    assert.deepEqual(lint('sql', 'CREATE TABLE IF NOT EXISTS t(id int8, n TEXT, i INT)', sql), []);
    assert.deepEqual(lint('sql', 'CREATE TABLE IF NOT EXISTS main.t(id INT, n TEXT, i INT)', sql), ['KM433@1:1']);
  });
});

describe('IF NOT EXISTS of another shape', () => {
  const shape = (dialect: Dialect, text: string, before: Schema) =>
    lintScript({ file: 'm', text: `${text};`, dialect, role: 'up', before })
      .filter(({ code }) => code === 'KM433')
      .map(({ message }) => String(message.params.detail).replace('@lint.shape.', ''))
      .join();
  const column = (name: string, type: string, rest: object = {}) => ({ name, type, ...rest });
  const sequence = { name: 's', start: '5', increment: '1', min: '1', max: '9223372036854775807', cycle: false };
  const kuzu: Schema = {
    ...EMPTY,
    tables: [
      {
        kind: 'node',
        name: 'A',
        columns: [
          column('id', 'INT64'),
          column('n', 'STRING', { default: "'x'" }),
          column('w', 'DOUBLE', { default: '1.500000' }),
        ],
        primaryKey: 'id',
      },
      {
        kind: 'rel',
        name: 'R',
        columns: [column('w', 'INT64')],
        connections: [{ from: 'A', to: 'A' }],
        multiplicity: 'MANY_MANY',
        storageDirection: 'fwd',
      },
    ],
    sequences: [sequence],
  };
  it('shows names as they are written, or as the schema has them', () => {
    const argument = (text: string) =>
      lintScript({ file: 'm', text: `${text};`, dialect: 'cypher', role: 'up', before: kuzu })
        .filter(({ code }) => code === 'KM433' || code === 'DL105')
        .map(({ message }) => message.params.argument);
    assert.deepEqual(argument('ALTER TABLE a ADD IF NOT EXISTS N STRING'), ['A.N']);
    assert.deepEqual(argument('DROP SEQUENCE `My Counter`'), ['My Counter']);
  });

  const fwd = "WITH (storage_direction = 'fwd')";
  const ofKuzu: [string, string][] = [
    [`CREATE REL TABLE IF NOT EXISTS R(FROM a TO A, w INT64) ${fwd}`, ''],
    [`CREATE REL TABLE IF NOT EXISTS R(FROM A TO A, w INT64, MANY_MANY) ${fwd}`, ''],
    [`CREATE REL TABLE IF NOT EXISTS R(FROM A TO B, w INT64) ${fwd}`, 'setting:FROM A TO A'],
    [`CREATE REL TABLE IF NOT EXISTS R(FROM A TO A, FROM A TO B, w INT64) ${fwd}`, 'setting:FROM A TO A'],
    [`CREATE REL TABLE IF NOT EXISTS R(FROM A TO A, w INT64, MANY_ONE) ${fwd}`, 'setting:MANY_MANY'],
    ['CREATE REL TABLE IF NOT EXISTS R(FROM A TO A, w INT64)', "setting:storage_direction = 'fwd'"],
    ["CREATE NODE TABLE IF NOT EXISTS A(id INT64 PRIMARY KEY, n STRING DEFAULT 'x', w DOUBLE DEFAULT 1.5)", ''],
    ['CREATE NODE TABLE IF NOT EXISTS A(id INT64 PRIMARY KEY, n STRING DEFAULT "x", w DOUBLE DEFAULT 3 / 2)', ''],
    [
      "CREATE NODE TABLE IF NOT EXISTS A(id INT64 PRIMARY KEY, n STRING DEFAULT 'y', w DOUBLE)",
      "default:n DEFAULT 'x'",
    ],
    [
      'CREATE NODE TABLE IF NOT EXISTS A(id INT64 PRIMARY KEY, n STRING DEFAULT NULL, w DOUBLE)',
      "default:n DEFAULT 'x'",
    ],
    [
      "CREATE NODE TABLE IF NOT EXISTS A(id INT64, n STRING DEFAULT 'x', w DOUBLE DEFAULT 1.5, PRIMARY KEY (n))",
      'key:id',
    ],
    ["ALTER TABLE A ADD IF NOT EXISTS n STRING DEFAULT 'x'", ''],
    ['ALTER TABLE A ADD IF NOT EXISTS n STRING', "default:n DEFAULT 'x'"],
    ['CREATE SEQUENCE IF NOT EXISTS s START 5', ''],
    ['CREATE SEQUENCE IF NOT EXISTS S START WITH 5 INCREMENT BY 1 NO CYCLE', ''],
    ['CREATE SEQUENCE IF NOT EXISTS s START 6', 'setting:START 5'],
    ['CREATE SEQUENCE IF NOT EXISTS s', 'setting:START 5'],
    ['CREATE SEQUENCE IF NOT EXISTS s START 5 INCREMENT 2', 'setting:INCREMENT 1'],
    ['CREATE SEQUENCE IF NOT EXISTS s START 5 CYCLE', 'setting:NO CYCLE'],
    ['CREATE SEQUENCE IF NOT EXISTS other START 6', ''],
    ['CREATE SEQUENCE s START 6', ''],
    ['DROP SEQUENCE s; CREATE SEQUENCE IF NOT EXISTS s START 6', ''],
  ];
  for (const [text, detail] of ofKuzu) {
    it(`${detail || 'is fine'}: ${text.slice(0, 110)}`, () => assert.equal(shape('cypher', text, kuzu), detail));
  }

  const sql: Schema = {
    ...EMPTY,
    tables: [
      {
        kind: 'table',
        schema: 'main',
        name: 't',
        columns: [
          column('id', 'INTEGER'),
          column('n', 'INTEGER', { notNull: true, default: '5' }),
          column('o', 'INTEGER'),
        ],
        constraints: [
          { kind: 'primary-key', columns: ['id'] },
          { kind: 'unique', columns: ['n', 'o'] },
          { kind: 'check', expression: '(n > 0)' },
          { kind: 'foreign-key', columns: ['o'], schema: 'main', table: 'u', referenced: ['id'] },
        ],
      },
    ],
    sequences: [{ ...sequence, schema: 'main' }],
  };
  const create = (id: string, n: string, o: string, ...rest: string[]) =>
    `CREATE TABLE IF NOT EXISTS t(${[`id INT ${id}`, `n INT ${n}`, `o INT ${o}`, ...rest].join(', ')})`;
  const [n, o, unique] = ['DEFAULT 5 NOT NULL CHECK (n > 0)', 'REFERENCES u(id)', 'UNIQUE (n, o)'];
  const ofSql: [string, string][] = [
    [create('PRIMARY KEY', n, o, unique), ''],
    [
      create('', 'NOT NULL DEFAULT +5', '', unique, 'PRIMARY KEY (id)', 'CHECK (n>0)', 'FOREIGN KEY (o) REFERENCES u'),
      '',
    ],
    [create('', n, o, 'CONSTRAINT a UNIQUE (n, o)', 'CONSTRAINT b PRIMARY KEY (ID)'), ''],
    [create('PRIMARY KEY', 'DEFAULT 6 NOT NULL CHECK (n > 0)', o, unique), 'default:n DEFAULT 5'],
    [create('PRIMARY KEY', 'DEFAULT 5 CHECK (n > 0)', o, unique), 'setting:n NOT NULL'],
    [create('PRIMARY KEY', n, `NOT NULL ${o}`, unique), 'setting:o NULL'],
    [create('', n, o, unique), 'constraint:PRIMARY KEY (id)'],
    [create('PRIMARY KEY', n, o), 'constraint:UNIQUE (n, o)'],
    [create('PRIMARY KEY', n, '', unique), 'constraint:FOREIGN KEY (o) REFERENCES u (id)'],
    [
      create('PRIMARY KEY', n, `UNIQUE ${o}`, unique),
      'constraints:PRIMARY KEY (id), UNIQUE (n, o), CHECK (n > 0), FOREIGN KEY (o) REFERENCES u (id)',
    ],
    ['CREATE SEQUENCE IF NOT EXISTS main.s', ''],
    ['CREATE SEQUENCE IF NOT EXISTS s INCREMENT BY -1', 'setting:INCREMENT 1'],
  ];
  for (const [text, detail] of ofSql) {
    it(`${detail || 'is fine'}: ${text.slice(29, 140)}`, () => assert.equal(shape('sql', text, sql), detail));
  }
});

describe('names that the engine’s own export fails on', () => {
  const cases: [string, string[]][] = [
    ['CREATE NODE TABLE T(`my id` INT64 PRIMARY KEY)', ['KM441@1:21']],
    ['CREATE NODE TABLE T(`my id` INT64, PRIMARY KEY(`my id`))', ['KM441@1:48']],
    ['CREATE NODE TABLE T(`größe` INT64 PRIMARY KEY)', []],
    ['CREATE REL TABLE R(FROM T TO T, `from` INT64)', ['KM442@1:33']],
    ['CREATE REL TABLE R(FROM T TO T); ALTER TABLE R ADD `to` INT64', ['KM442@1:52']],
    ['CREATE NODE TABLE `a/b`(id INT64 PRIMARY KEY)', ['KM443@1:19']],
    ["ALTER TABLE T RENAME TO `it's`", ['KM443@1:25']],
    ['CREATE NODE TABLE `my table`(id INT64 PRIMARY KEY)', []],
  ];
  for (const [text, found] of cases)
    it(`${found[0] ?? 'is fine'}: ${text}`, () => assert.deepEqual(lint('cypher', text), found));
});
