import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MigrateError } from '../../src/core/errors';
import { buildSchema, orderFolder } from '../../src/core/schema/build/build';
import type { DdlFile } from '../../src/core/schema/build/types';
import { scan } from '../../src/core/script/scan';

function files(contents: Readonly<Record<string, string>>): DdlFile[] {
  return Object.entries(contents).map(([file, text]) => {
    return { file, text, dialect: file.endsWith('.sql') ? 'sql' : 'cypher' };
  });
}

const build = (contents: Readonly<Record<string, string>>) => buildSchema(files(contents), { folder: 'ddl/core' });

/** The statements in their order, each by its first words. */
function order(contents: Readonly<Record<string, string>>): string[] {
  const { statements, findings } = build(contents);
  assert.deepEqual(findings.map(String), []);
  return statements.map(({ text }) => text.replace(/\s+/g, ' '));
}

/** Each finding as `CODE file:line:column`. */
function findings(contents: Readonly<Record<string, string>>): string[] {
  return build(contents).findings.map(({ code, where }) => `${code} ${where.file}:${where.line}:${where.column}`);
}

const KUZU = {
  'ddl/core/edges/follows.cypher': 'CREATE REL TABLE Follows (FROM User TO User, since DATE)',
  'ddl/core/edges/lives.cypher': 'CREATE REL TABLE Lives (FROM user TO City, MANY_ONE);',
  'ddl/core/nodes/city.cypher': 'CREATE NODE TABLE City (name STRING PRIMARY KEY, at Point);',
  'ddl/core/nodes/user.cypher':
    "// All who signed up.\n/* Never\n   deleted. */\nCREATE NODE TABLE User (id INT64 DEFAULT nextval('ids'), n INT64 DEFAULT twice(1), PRIMARY KEY (id));\nCOMMENT ON TABLE User IS 'us';\nALTER TABLE User ADD mail STRING;",
  'ddl/core/macros/all.cypher': 'CREATE MACRO thrice(x) AS x + twice(x); CREATE MACRO twice(x) AS x + x;',
  'ddl/core/types/point.cypher':
    'CREATE TYPE Line AS STRUCT(a point, b Point[]);\n\nCREATE TYPE Point AS STRUCT(x DOUBLE, y DOUBLE)',
  'ddl/core/sequences/ids.cypher': 'CREATE SEQUENCE ids START 10',
  'ddl/core/indexes/city.cypher': "LOAD EXTENSION fts; CALL CREATE_FTS_INDEX('City', 'ix', ['name'])",
};

const SQL = {
  'ddl/core/a_views.sql': 'CREATE VIEW a AS SELECT b.x FROM z_view b JOIN app.item i ON twice(i.id) = b.x;',
  'ddl/core/child.sql': 'CREATE TABLE a_child (p INTEGER REFERENCES parent (id), m mood)',
  'ddl/core/index.sql': 'CREATE INDEX ON_P ON parent (id)',
  'ddl/core/macros.sql':
    'CREATE MACRO rows_of(n) AS TABLE SELECT * FROM a LIMIT n; CREATE MACRO twice(x) AS x * two(); CREATE MACRO two() AS 2;',
  'ddl/core/parent.sql':
    "-- The parents.\nCREATE TABLE parent (id INTEGER PRIMARY KEY DEFAULT nextval('main.s'), note STRUCT(m mood, parent INTEGER), CHECK (twice(id) > 0));\nCOMMENT ON COLUMN parent.id IS 'the id'",
  'ddl/core/schema.sql': 'CREATE TABLE app.item (id INTEGER); CREATE SCHEMA app;',
  'ddl/core/types.sql': "CREATE TYPE mood AS ENUM ('a', 'b'); CREATE SEQUENCE s",
  'ddl/core/z.sql':
    'CREATE VIEW z_view AS WITH a AS (SELECT 1 AS x) SELECT a.x FROM a, (SELECT * FROM rows(1)) UNION ALL SELECT p FROM a_child',
};

describe('the order of a schema', () => {
  it('puts what Kùzu needs first, then goes by kind and path', () => {
    assert.deepEqual(
      order(KUZU).map((text) => /(?:LOAD|CALL|ALTER|COMMENT|TYPE|SEQUENCE|MACRO) \w+|TABLE \w+/.exec(text)?.[0]),
      [
        'LOAD EXTENSION',
        'TYPE Point',
        'TYPE Line',
        'SEQUENCE ids',
        'MACRO twice',
        'MACRO thrice',
        'TABLE City',
        'TABLE User',
        'COMMENT ON',
        'ALTER TABLE',
        'TABLE Follows',
        'TABLE Lives',
        'CALL CREATE_FTS_INDEX',
      ],
    );
  });

  it('puts what DuckDB needs first: keys, types, functions, views behind views, macros behind tables', () => {
    const texts = order(SQL);
    const at = (start: string) => {
      const index = texts.findIndex((text) => text.startsWith(start));
      assert.notEqual(index, -1, start);
      return index;
    };
    for (const [before, after] of [
      ['CREATE SCHEMA app', 'CREATE TABLE app.item'],
      ['CREATE TYPE mood', 'CREATE TABLE parent'],
      ['CREATE SEQUENCE s', 'CREATE TABLE parent'],
      ['CREATE MACRO two()', 'CREATE MACRO twice'],
      ['CREATE MACRO twice', 'CREATE TABLE parent'],
      ['CREATE TABLE parent', 'CREATE TABLE a_child'],
      ['CREATE TABLE a_child', 'CREATE VIEW z_view'],
      ['CREATE VIEW z_view', 'CREATE VIEW a AS'],
      ['CREATE VIEW a AS', 'CREATE MACRO rows_of'],
      ['CREATE TABLE parent', 'COMMENT ON COLUMN'],
      ['CREATE TABLE parent', 'CREATE INDEX ON_P'],
    ] as const) {
      assert.ok(at(before) < at(after), `${before} before ${after}`);
    }
  });

  it('adds a column before anything reads the table', () => {
    const texts = order({
      'a.sql': 'CREATE VIEW v AS SELECT later FROM t',
      'b.sql': 'CREATE TABLE t (x INTEGER)',
      'c.sql': 'ALTER TABLE t ADD COLUMN later INTEGER',
    });
    assert.deepEqual(
      texts.map((text) => text.slice(0, 11)),
      ['CREATE TABL', 'ALTER TABLE', 'CREATE VIEW'],
    );
  });

  it('lets a word that only may be a table give way to a need that is sure', () => {
    const texts = order({
      'a.sql': 'CREATE VIEW a AS SELECT 1 AS x, b.b FROM (SELECT 2 AS b) c, LATERAL (SELECT c.b) b',
      'b.sql': 'CREATE VIEW b AS SELECT * FROM a',
    });
    assert.deepEqual(
      texts.map((text) => text.slice(0, 13)),
      ['CREATE VIEW a', 'CREATE VIEW b'],
    );
  });

  it('takes an extension that several files ask for once', () => {
    const load = "load extension  FTS;\nCALL CREATE_FTS_INDEX('A', 'B', ['n'])";
    const texts = order({
      'a.cypher': 'CREATE NODE TABLE A (n STRING PRIMARY KEY); LOAD EXTENSION fts',
      'b.cypher': load,
    });
    assert.deepEqual(
      texts.filter((text) => /^load/i.test(text)),
      ['LOAD EXTENSION fts'],
    );
  });

  for (const [name, contents] of [
    ['Kùzu', KUZU],
    ['DuckDB', SQL],
  ] as const) {
    it(`is the same for ${name} whatever order the files come in`, () => {
      const { text } = build(contents);
      fc.assert(
        fc.property(fc.shuffledSubarray(files(contents), { minLength: Object.keys(contents).length }), (shuffled) => {
          assert.equal(buildSchema(shuffled, { folder: 'ddl/core' }).text, text);
        }),
      );
    });
  }

  it('puts everything behind all that it needs, the very first object among it', () => {
    const sql = order({
      'a.sql':
        'CREATE SCHEMA s1; CREATE TABLE s1.c(a INTEGER REFERENCES s1.t(x)); CREATE TABLE s1.t(x INTEGER PRIMARY KEY);',
    });
    assert.deepEqual(
      sql.map((text) => text.split('(')[0]),
      ['CREATE SCHEMA s1', 'CREATE TABLE s1.t', 'CREATE TABLE s1.c'],
    );
    const cypher = order({
      'a.cypher': 'CREATE TYPE a0 AS INT64; CREATE TYPE b AS STRUCT(x a0, y c); CREATE TYPE c AS INT64;',
    });
    assert.deepEqual(
      cypher.map((text) => text.split(' AS ')[0]),
      ['CREATE TYPE a0', 'CREATE TYPE c', 'CREATE TYPE b'],
    );
  });

  it('puts random chains and trees of views behind what they read, in any spread over files', () => {
    const tree = fc.array(fc.nat(), { minLength: 1, maxLength: 40 }).chain((seeds) => {
      return fc.record({
        reads: fc.constant(seeds.map((seed, index) => (index === 0 ? -1 : seed % index))),
        places: fc.array(fc.nat({ max: 4 }), { minLength: seeds.length, maxLength: seeds.length }),
        names: fc.shuffledSubarray([...seeds.keys()], { minLength: seeds.length }),
      });
    });
    fc.assert(
      fc.property(tree, ({ reads, places, names }) => {
        const texts = new Map<string, string>();
        reads.forEach((read, index) => {
          const from = read < 0 ? '(SELECT 1)' : `v${names[read]}`;
          const file = `${places[index]}.sql`;
          texts.set(file, `${texts.get(file) ?? ''}CREATE VIEW v${names[index]} AS SELECT * FROM base, ${from};\n`);
        });
        texts.set('0.sql', `CREATE TABLE base(x INT);\n${texts.get('0.sql') ?? ''}`);
        const [base, ...views] = order(Object.fromEntries(texts));
        assert.match(base ?? '', /base/);
        const made = views.map((text) => /VIEW (v\d+).* (\S+)$/.exec(text));
        const seen = new Set(['1)']);
        for (const [, name = '', from = ''] of made.flatMap((one) => (one ? [one] : []))) {
          assert.ok(seen.has(from), `${name} reads ${from}`);
          seen.add(name);
        }
        assert.equal(seen.size, reads.length + 1);
      }),
    );
  });
});

describe('the text of a built schema', () => {
  it('says what made it, names each file, and keeps the comments directly above a statement', () => {
    const { text } = build({
      'ddl/core/nodes/b.cypher':
        '// License.\n\n// About B.\r\n/* More. */\r\nCREATE NODE TABLE B (\n  id INT64, // the key\n  PRIMARY KEY (id)\n); // behind\n',
      'ddl/core/nodes/a.cypher': 'CREATE NODE TABLE A (id INT64 PRIMARY KEY)\n// not above anything',
    });
    assert.equal(
      text,
      `// Made by \`kuzu-migrate schema build\` from ddl/core. Do not edit.

// ddl/core/nodes/a.cypher
CREATE NODE TABLE A (id INT64 PRIMARY KEY);

// ddl/core/nodes/b.cypher
// About B.
/* More. */
CREATE NODE TABLE B (
  id INT64, // the key
  PRIMARY KEY (id)
);
`,
    );
  });

  it('has the comments of SQL in SQL, and no line break out of the name of a file', () => {
    const { text } = build({ 'ddl/core/a\n; DROP.sql': 'CREATE TABLE a (x INTEGER)' });
    assert.match(text, /^-- Made by .*\n\n-- ddl\/core\/a\?; DROP\.sql\nCREATE TABLE a \(x INTEGER\);\n$/);
  });

  it('holds exactly the statements of the files, and building it again gives them in the same order', () => {
    for (const [contents, file] of [
      [KUZU, 'x.cypher'],
      [SQL, 'x.sql'],
    ] as const) {
      const { text, statements } = build(contents);
      const found = scan(text, file === 'x.sql' ? 'sql' : 'cypher').map((one) => one.text);
      assert.deepEqual(
        found,
        statements.map((one) => one.text),
      );
      assert.deepEqual(
        build({ [file]: text }).statements.map((one) => one.text),
        found,
      );
    }
  });

  it('lists the objects with their places', () => {
    assert.deepEqual(build({ 'a.cypher': '\nCREATE NODE TABLE `A b` (id SERIAL PRIMARY KEY)' }).objects, [
      { kind: 'table', name: 'A b', file: 'a.cypher', line: 2 },
    ]);
  });
});

describe('what is wrong with a schema', () => {
  it('is told all at once, with file, line and column', () => {
    const found = findings({
      'a.cypher': "CREATE NODE TABLE A (\n  id INT64 DEFAULT nextval('gone'),\n  p Nope,\n  PRIMARY KEY (id));",
      'b.cypher': 'CREATE NODE TABLE `a` (id INT64 PRIMARY KEY);\nMATCH (n) DELETE n;\nDROP TABLE A;',
      'c.cypher': "CREATE REL TABLE R (FROM A TO Missing);COMMENT ON TABLE Away IS 'x'",
      'd.cypher': 'CREATE NODE TABLE D (id STRING PRIMARY KEY DEFAULT "x',
    });
    assert.deepEqual(found, [
      'DDL_UNDEFINED a.cypher:2:28',
      'DDL_UNDEFINED a.cypher:3:5',
      'DDL_DUPLICATE b.cypher:1:1',
      'STATEMENT_NOT_ALLOWED b.cypher:2:1',
      'STATEMENT_NOT_ALLOWED b.cypher:3:1',
      'DDL_UNDEFINED c.cypher:1:31',
      'DDL_UNDEFINED c.cypher:1:57',
      'SCRIPT_INVALID d.cypher:1:1',
    ]);
  });

  it('names both places of what is defined twice', () => {
    const [found] = build({
      'a.cypher': 'CREATE SEQUENCE s',
      'b.cypher': '\nCREATE SEQUENCE IF NOT EXISTS S',
    }).findings;
    assert.deepEqual(found?.params, {
      kind: '@ddl.kind.sequence',
      name: 'S',
      place: 'a.cypher:1',
      other: 'b.cypher:2',
    });
  });

  it('takes objects of different kinds for different ones, as the engines do', () => {
    assert.deepEqual(
      findings({
        'a.cypher':
          'CREATE SEQUENCE s; CREATE NODE TABLE s (id INT64 PRIMARY KEY); CREATE TYPE s AS INT64; CREATE MACRO s(x) AS x',
      }),
      [],
    );
    const sql =
      "CREATE SEQUENCE a; CREATE TYPE a AS ENUM('x'); CREATE MACRO a(x) AS x; CREATE MACRO a(x) AS TABLE SELECT x; CREATE TABLE a(id INTEGER); CREATE INDEX a ON a(id)";
    assert.deepEqual(findings({ 'a.sql': sql }), []);
    assert.deepEqual(findings({ 'a.sql': `${sql}; CREATE VIEW a AS SELECT 1` }).length, 1);
  });

  it('is a circle, told whole', () => {
    const { findings: found } = build({
      'a.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER REFERENCES b (id))',
      'b.sql': '\nCREATE TABLE b (id INTEGER PRIMARY KEY, c INTEGER REFERENCES c (id))',
      'c.sql': 'CREATE TABLE c (id INTEGER PRIMARY KEY, a INTEGER REFERENCES main.a (id))',
      'd.sql': 'CREATE TABLE d (id INTEGER PRIMARY KEY, d INTEGER REFERENCES d (id), a INTEGER REFERENCES a)',
    });
    assert.deepEqual(
      found.map(({ code, params }) => [code, params.circle]),
      [['DDL_CYCLE', 'a (a.sql:1) → b (b.sql:2) → c (c.sql:1) → a']],
    );
  });

  it('is a schema or a type of SQL that nothing makes, but no built-in type or name inside of one', () => {
    assert.deepEqual(
      findings({
        'a.sql':
          'CREATE TABLE app.t (a DOUBLE PRECISION, b TIMESTAMP WITH TIME ZONE, c STRUCT(mine INTEGER, d MAP(VARCHAR, other)), g AS (a + 1), h INTEGER[3], i DECIMAL(4, 2), k VARCHAR COLLATE nocase, UNIQUE (a), CONSTRAINT z CHECK (extract(year FROM b) > 1))',
      }),
      ['DDL_UNDEFINED a.sql:1:14', 'DDL_UNDEFINED a.sql:1:107'],
    );
  });

  it('is no sequence that a SERIAL column makes', () => {
    assert.deepEqual(
      findings({ 'a.cypher': "RETURN nextval('T_id_serial'); CREATE NODE TABLE T (id SERIAL PRIMARY KEY)" }),
      [],
    );
  });
});

describe('a folder of DDL', () => {
  it('that takes something back keeps the order of its paths', () => {
    const texts = orderFolder(
      files({
        '2.cypher': 'ALTER TABLE A RENAME TO B',
        '3.cypher': 'CREATE NODE TABLE A (id INT64 PRIMARY KEY)',
        '1.cypher': 'CREATE NODE TABLE A (id INT64 PRIMARY KEY)',
      }),
    ).map(({ file }) => file);
    assert.deepEqual(texts, ['1.cypher', '2.cypher', '3.cypher']);
  });

  it('with several mistakes is refused with the places of all', () => {
    assert.throws(
      () => orderFolder(files({ 'a.cypher': 'CREATE REL TABLE R (FROM A TO B)' })),
      (error) => MigrateError.is(error, 'DDL_INVALID') && error.params.count === 2 && error.where.line === 1,
    );
    assert.throws(
      () => orderFolder(files({ 'a.cypher': 'CREATE REL TABLE R (FROM A TO A)' })),
      (error) => MigrateError.is(error, 'DDL_UNDEFINED') && error.params.name === 'A',
    );
  });
});
