import assert from 'node:assert/strict';
import type { Dialect } from '../../src/core/dialect/dialect';
import { lostInRebuilds, rebuiltTables } from '../../src/core/lint/lost-in-rebuilds';
import { lostInStatements } from '../../src/core/lint/lost-in-statements';
import { lostInChange } from '../../src/core/loss/lost-in-change';
import { countedRows } from '../../src/core/report/counted-rows';
import type { Change, Rename } from '../../src/core/schema/change';
import type { Schema } from '../../src/core/schema/model';
import { scan } from '../../src/core/script/scan';
import { type LostData, lostDataText } from '../../src/core/text/data-losses';
import { translate } from '../../src/core/text/translate';

const lostIn = (text: string, dialect: Dialect) =>
  lostInStatements(
    scan(text, dialect).map((one) => ({ ...one, ignores: [] })),
    dialect,
  );

describe('what statements take of what was there', () => {
  const cases: readonly [Dialect, string, ReturnType<typeof lostIn>][] = [
    ['cypher', 'DROP TABLE A; DROP TABLE IF EXISTS A;', [{ what: 'table', table: 'a' }]],
    [
      'cypher',
      'ALTER TABLE A RENAME TO B; ALTER TABLE B RENAME x TO y; ALTER TABLE B RENAME y TO z; ALTER TABLE B DROP z;',
      [{ what: 'column', table: 'a', column: 'x' }],
    ],
    ['cypher', 'ALTER TABLE A ADD x INT64; ALTER TABLE A RENAME x TO y; ALTER TABLE A DROP y;', []],
    ['cypher', 'ALTER TABLE A RENAME x TO y; ALTER TABLE A ADD x INT64; ALTER TABLE A DROP x;', []],
    [
      'cypher',
      'ALTER TABLE A RENAME TO B; ALTER TABLE R DROP FROM B TO C;',
      [{ what: 'connection', table: 'r', from: 'a', to: 'c' }],
    ],
    ['cypher', 'CREATE NODE TABLE N(id INT64 PRIMARY KEY); DROP TABLE N;', []],
    ['cypher', 'MATCH (a:A) DETACH DELETE a; MATCH (b:B {id: 1}) DELETE b;', [{ what: 'rows', table: 'a' }]],
    [
      'sql',
      'ALTER TABLE app.a RENAME COLUMN x TO y; ALTER TABLE app.a DROP COLUMN y; TRUNCATE t;',
      [
        { what: 'column', table: 'app.a', column: 'x' },
        { what: 'rows', table: 't' },
      ],
    ],
    ['sql', 'INSERT INTO b SELECT * FROM a; DROP TABLE a;', []],
    [
      'sql',
      'DROP TABLE "x.y"; DROP TABLE main."x.y"; DROP TABLE x.y; ALTER TABLE "x.y".z RENAME TO "a.b"; DROP TABLE "x.y"."a.b";',
      [
        { what: 'table', table: '"x.y"' },
        { what: 'table', table: 'x.y' },
        { what: 'table', table: '"x.y".z' },
      ],
    ],
    ['cypher', 'DROP TABLE `x.y`', [{ what: 'table', table: 'x.y' }]],
  ];
  for (const [dialect, text, expected] of cases) {
    it(`of ${text}`, () => assert.deepEqual(lostIn(text, dialect), expected));
  }
});

describe('what tables made anew leave out', () => {
  const column = (name: string, generated?: string) => ({
    name,
    type: 'INTEGER',
    ...(generated === undefined ? {} : { generated }),
  });
  const empty = { sequences: [], macros: [], indexes: [], types: [] };
  const sql: Schema = {
    ...empty,
    views: [],
    schemas: ['ap'],
    tables: [
      {
        kind: 'table',
        schema: 'main',
        name: 'T',
        columns: [column('A'), column('B'), column('C', '(1)')],
        constraints: [],
      },
      { kind: 'table', schema: 'ap', name: 'u', columns: [column('a')], constraints: [] },
    ],
  };
  const cypher: Schema = {
    ...empty,
    tables: [{ kind: 'node', name: 'T', columns: [column('A'), column('B')], primaryKey: 'A' }],
  };
  const of = (text: string, dialect: Dialect, renames: readonly string[] = []) => {
    const statements = scan(text, dialect);
    const rebuilt = rebuiltTables(statements, dialect);
    return lostInRebuilds(rebuilt, statements, renames, dialect === 'sql' ? sql : cypher, dialect).map((lost) =>
      lost.what === 'column' ? `${lost.table}.${lost.column}` : lost.what,
    );
  };
  const cases: readonly [string, Dialect, string, readonly string[], (readonly string[])?][] = [
    ['a column', 'sql', 'DROP TABLE t; CREATE TABLE t(a INT, c INT)', ['t.B']],
    ['one that is computed', 'sql', 'DROP TABLE t; CREATE TABLE t(a INT, b INT AS (a), c INT)', ['t.B']],
    ['nothing that was computed', 'sql', 'DROP TABLE t; CREATE TABLE t(a INT, b INT, c INT AS (a))', []],
    [
      'what a table put aside had',
      'sql',
      'ALTER TABLE t RENAME TO o; CREATE TABLE t(b INT, c INT); DROP TABLE o',
      ['t.A'],
    ],
    ['what a replaced one had', 'sql', 'CREATE OR REPLACE TABLE t(b INT, c INT)', ['t.A']],
    [
      'what the one that takes its name has not',
      'sql',
      'CREATE TABLE n(x INT, c INT); ALTER TABLE n RENAME COLUMN x TO b; DROP TABLE t; ALTER TABLE n RENAME TO t',
      ['t.A'],
    ],
    [
      'nothing that came in time',
      'sql',
      'DROP TABLE t; CREATE TABLE t(a INT); ALTER TABLE t ADD b INT; ALTER TABLE t ADD c INT',
      [],
    ],
    ['nothing under another name', 'sql', 'DROP TABLE t; CREATE TABLE t(a INT, d INT, c INT)', [], ['T.B=D']],
    ['of a table that moves', 'sql', 'DROP TABLE t; CREATE TABLE ap.t(a INT, c INT)', ['t.B'], ['main.t=ap.t']],
    ['nothing of another table', 'sql', 'DROP TABLE u; CREATE TABLE u(x INT)', []],
    ['nothing of what stays', 'sql', 'DROP TABLE o; CREATE TABLE IF NOT EXISTS t(a INT)', []],
    ['nothing of columns that are not written down', 'sql', 'DROP TABLE t; CREATE TABLE t AS SELECT 1 AS a', []],
    [
      'a property',
      'cypher',
      'ALTER TABLE T RENAME TO o; CREATE NODE TABLE T(A INT64 PRIMARY KEY); DROP TABLE o',
      ['t.B'],
    ],
  ];
  for (const [name, dialect, text, expected, renames] of cases) {
    it(`is ${name}`, () => assert.deepEqual(of(text, dialect, renames), expected));
  }
});

describe('what a change takes', () => {
  const renames: readonly Rename[] = [
    { kind: 'rename-table', from: 'User', to: 'Person' },
    { kind: 'rename-table', from: 'person', to: 'human', sqlSchema: 'app' },
    { kind: 'rename-table', from: 'm', to: 'm', sqlSchema: 'main', toSchema: 'ap' },
    { kind: 'rename-column', table: 'm', from: 'b', to: 'c', sqlSchema: 'ap' },
    { kind: 'rename-column', table: 'Person', from: 'email', to: 'mail' },
  ];
  const column = { name: 'Nick', type: 'STRING' };
  const generated = (before: string | undefined, after: string | undefined) => {
    const of = (expression: string | undefined) => ({
      name: 'c',
      type: 'INTEGER',
      ...(expression === undefined ? {} : { generated: expression }),
    });
    return { before: of(before), after: of(after) };
  };
  const cases: readonly [string, Change, ReturnType<typeof lostInChange>][] = [
    [
      'a column of a table that is renamed',
      { kind: 'drop-column', table: 'Person', column },
      { what: 'column', table: 'user', column: 'Nick' },
    ],
    [
      'the same in another schema, where the name is another table’s',
      { kind: 'drop-column', table: 'Person', sqlSchema: 'other', column },
      { what: 'column', table: 'other.person', column: 'Nick' },
    ],
    [
      'in a schema of SQL',
      { kind: 'drop-column', table: 'human', sqlSchema: 'app', column },
      { what: 'column', table: 'app.person', column: 'Nick' },
    ],
    [
      'a connection whose ends are renamed',
      { kind: 'drop-connection', table: 'Knows', connection: { from: 'Person', to: 'City' } },
      { what: 'connection', table: 'knows', from: 'user', to: 'city' },
    ],
    [
      'a column of a table that moves to another schema',
      { kind: 'drop-column', table: 'm', sqlSchema: 'ap', column },
      { what: 'column', table: 'm', column: 'Nick' },
    ],
    [
      'a column of another table of the name that it had',
      { kind: 'drop-column', table: 'm', sqlSchema: 'main', column },
      { what: 'column', table: 'm', column: 'Nick' },
    ],
    [
      'a column that is computed from now on, under the name that it had',
      { kind: 'change-generated', table: 'm', sqlSchema: 'ap', ...generated(undefined, '(1)') },
      { what: 'column', table: 'm', column: 'b' },
    ],
    [
      'nothing where it was computed before',
      { kind: 'change-generated', table: 'm', sqlSchema: 'ap', ...generated('(1)', '(2)') },
      undefined,
    ],
    [
      'nothing where it is stored from now on',
      { kind: 'change-generated', table: 'm', sqlSchema: 'ap', ...generated('(1)', undefined) },
      undefined,
    ],
    [
      'a table with a dot in its name',
      {
        kind: 'drop-table',
        table: { kind: 'table', schema: 'main', name: 'X.y', columns: [], constraints: [] },
      },
      { what: 'table', table: '"x.y"' },
    ],
    [
      'values of a column, renamed with its table, that have no cast to their new type',
      {
        kind: 'change-column-type',
        table: 'Person',
        before: { name: 'mail', type: 'FLOAT[2]' },
        after: { name: 'mail', type: 'FLOAT[3]' },
      },
      { what: 'column', table: 'user', column: 'email' },
    ],
    [
      'values that may not fit',
      {
        kind: 'change-column-type',
        table: 'Person',
        before: { name: 'Nick', type: 'STRING' },
        after: { name: 'Nick', type: 'INT64' },
      },
      undefined,
    ],
    ['nothing', { kind: 'add-column', table: 'Person', column }, undefined],
  ];
  for (const [name, change, expected] of cases) {
    it(`is told for ${name}`, () => assert.deepEqual(lostInChange(change, renames), expected));
  }
});

describe('counted losses', () => {
  const row = { kind: 'drop-table' as const, object: 'A', hazards: ['DL101'], text: 'DROP TABLE A' };
  const loss = (object: string, count: number): LostData => ({
    text: { key: 'gone.rows', params: { object } },
    counted: { what: 'rows', object, count },
  });

  it('stand in the rows of changes, where there are any', () => {
    const counted = { what: 'rows', object: 'A', count: 3 } as const;
    const lost = { what: 'rows', count: 3, database: 'dev' };
    assert.deepEqual(countedRows([row, row], [undefined, counted], 'dev'), [row, { ...row, lost }]);
  });

  it('are one list in both languages, and a long one ends with how many more there are', () => {
    const list: readonly LostData[] = [
      loss('A', 1204),
      { text: { key: 'plan.lost.column', params: { table: 'B', column: 'c' } } },
    ];
    const text = (language: 'en' | 'ja') =>
      lostDataText(list, 'dev', (key, params) => translate(language, key, params));
    assert.equal(text('en'), 'rows of A (1,204 in dev), values of B.c');
    assert.equal(text('ja'), 'A の行 (dev では 1,204 件)、B.c の値');
    const many = Array.from({ length: 20 }, (_, at) => loss(`T${at}`, at));
    assert.match(
      lostDataText(many, 'dev', (key, params) => translate('en', key, params)),
      /T11 \(11 in dev\), 8 more$/,
    );
    assert.equal(
      lostDataText([], 'dev', (key) => key),
      '',
    );
  });
});
