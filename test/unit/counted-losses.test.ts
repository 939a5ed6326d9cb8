import assert from 'node:assert/strict';
import type { Dialect } from '../../src/core/dialect/dialect';
import { lostInStatements } from '../../src/core/lint/lost-in-statements';
import { lostInChange } from '../../src/core/loss/lost-in-change';
import { countedRows } from '../../src/core/report/counted-rows';
import type { Change, Rename } from '../../src/core/schema/change';
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
  ];
  for (const [dialect, text, expected] of cases) {
    it(`of ${text}`, () => assert.deepEqual(lostIn(text, dialect), expected));
  }
});

describe('what a change takes', () => {
  const renames: readonly Rename[] = [
    { kind: 'rename-table', from: 'User', to: 'Person' },
    { kind: 'rename-table', from: 'person', to: 'human', sqlSchema: 'app' },
    { kind: 'rename-column', table: 'Person', from: 'email', to: 'mail' },
  ];
  const column = { name: 'Nick', type: 'STRING' };
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
