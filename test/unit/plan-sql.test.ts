import assert from 'node:assert/strict';
import { changeRows } from '../../src/core/report/changes';
import type { Rename } from '../../src/core/schema/change';
import { diffSchemas } from '../../src/core/schema/diff';
import type { Schema, SqlColumn, SqlTable } from '../../src/core/schema/model';
import { planSql } from '../../src/core/schema/plan/sql';
import { invertRenames } from '../../src/core/schema/rename';

const EMPTY: Schema = { schemas: [], types: [], sequences: [], macros: [], tables: [], views: [], indexes: [] };

function table(name: string, columns: readonly SqlColumn[], more: Partial<SqlTable> = {}): SqlTable {
  return { kind: 'table', schema: 'main', name, columns, constraints: [], ...more };
}

const id: SqlColumn = { name: 'id', type: 'INTEGER' };
const age: SqlColumn = { name: 'age', type: 'INTEGER' };
const key = { kind: 'primary-key', columns: ['id'] } as const;

function way(before: Partial<Schema>, after: Partial<Schema>, renames: readonly Rename[] = []): string[] {
  const planned = planSql({ before: { ...EMPTY, ...before }, after: { ...EMPTY, ...after }, renames });
  assert.ok(planned.transactional);
  assert.deepEqual(planned.left, []);
  return planned.statements.map(({ text }) => text);
}

const toTables = (before: readonly SqlTable[], after: readonly SqlTable[], renames: readonly Rename[] = []) =>
  way({ tables: before }, { tables: after }, renames);

describe('a plan for DuckDB', () => {
  it('is empty between equal schemas, whatever the order of columns and the case of names', () => {
    assert.deepEqual(toTables([table('t', [id, age])], [table('T', [age, id])]), []);
  });

  it('alters what the engine can alter, one action a statement', () => {
    const after = [
      { ...id, type: 'BIGINT' },
      { ...age, default: '18', notNull: true } as const,
      { name: 'mail', type: 'VARCHAR' },
    ];
    assert.deepEqual(toTables([table('t', [id, age, { name: 'old', type: 'DATE' }])], [table('t', after)]), [
      'ALTER TABLE t DROP COLUMN old',
      'ALTER TABLE t ALTER COLUMN id SET DATA TYPE BIGINT USING CAST(id AS BIGINT)',
      'ALTER TABLE t ADD COLUMN mail VARCHAR',
      'ALTER TABLE t ALTER COLUMN age SET DEFAULT 18',
      'ALTER TABLE t ALTER COLUMN age SET NOT NULL',
    ]);
  });

  it('renames tables and columns instead of dropping them', () => {
    const renames: Rename[] = [
      { kind: 'rename-table', sqlSchema: 'main', from: 't', to: 'people' },
      { kind: 'rename-column', sqlSchema: 'main', table: 'people', from: 'age', to: 'years' },
    ];
    assert.deepEqual(toTables([table('t', [id, age])], [table('people', [id, { ...age, name: 'years' }])], renames), [
      'ALTER TABLE t RENAME TO people',
      'ALTER TABLE people RENAME COLUMN age TO years',
    ]);
  });

  it('makes a table anew in another schema, with its rows, and the tables that lead to it', () => {
    const up = { kind: 'foreign-key', columns: ['id'], table: 't', referenced: ['id'] } as const;
    const index = (schema: string, on: string) => ({
      schema,
      name: 'i',
      table: 't',
      type: 'ART',
      columns: ['age'],
      definition: `CREATE INDEX i ON ${on}(age)`,
    });
    const side = (schema: string, on: string) => ({
      schemas: schema === 'main' ? [] : [schema],
      tables: [
        table('t', [id, age], { schema, constraints: [key] }),
        table('c', [id], { schema, constraints: [{ ...up, schema }] }),
      ],
      indexes: [index(schema, on)],
    });
    const move = (name: string): Rename => ({
      kind: 'rename-table',
      sqlSchema: 'main',
      toSchema: 'app',
      from: name,
      to: name,
    });
    const renames = [move('t'), move('c')];
    const [older, newer] = [side('main', 't'), side('app', 'app.t')];
    assert.deepEqual(way(older, newer, renames), [
      'CREATE SCHEMA app',
      'CREATE TEMP TABLE t_rows AS FROM t',
      'CREATE TEMP TABLE c_rows AS FROM c',
      'DROP TABLE c',
      'DROP TABLE t',
      'CREATE TABLE app.t (\n  id INTEGER,\n  age INTEGER,\n  PRIMARY KEY (id)\n)',
      'INSERT INTO app.t (id, age) SELECT id, age FROM t_rows',
      'DROP TABLE t_rows',
      'CREATE TABLE app.c (\n  id INTEGER,\n  FOREIGN KEY (id) REFERENCES app.t (id)\n)',
      'INSERT INTO app.c (id) SELECT id FROM c_rows',
      'DROP TABLE c_rows',
      'CREATE INDEX i ON app.t(age)',
    ]);
    assert.equal(way(newer, older, invertRenames(renames)).at(-1), 'DROP SCHEMA app');
    const changes = diffSchemas({ ...EMPTY, ...older }, { ...EMPTY, ...newer }, renames);
    assert.deepEqual(
      changes.map(({ kind }) => kind),
      ['rename-table', 'rename-table', 'add-schema'],
    );
    assert.deepEqual(changeRows(changes).map(({ text }) => text)[0], 'ALTER TABLE t RENAME TO app.t');
  });

  it('gives the name of what is dropped to what is renamed', () => {
    const renames: Rename[] = [{ kind: 'rename-column', sqlSchema: 'main', table: 't', from: 'age_text', to: 'age' }];
    const text: SqlColumn = { name: 'age_text', type: 'VARCHAR' };
    assert.deepEqual(
      toTables([table('t', [id, age, text])], [table('t', [id, { ...age, type: 'VARCHAR' }])], renames),
      ['ALTER TABLE t DROP COLUMN age', 'ALTER TABLE t RENAME COLUMN age_text TO age'],
    );
  });

  it('makes a table anew for a constraint, and puts its rows and comments back', () => {
    const before = table('t', [id, { ...age, comment: 'in years' }], { comment: 'people' });
    const after = { ...before, constraints: [{ kind: 'check', expression: '(age > 0)' } as const] };
    assert.deepEqual(toTables([before], [after]), [
      'CREATE TEMP TABLE t_rows AS FROM t',
      'DROP TABLE t',
      'CREATE TABLE t (\n  id INTEGER,\n  age INTEGER,\n  CHECK (age > 0)\n)',
      'INSERT INTO t (id, age) SELECT id, age FROM t_rows',
      'DROP TABLE t_rows',
      "COMMENT ON TABLE t IS 'people'",
      "COMMENT ON COLUMN t.age IS 'in years'",
    ]);
  });

  it('casts the values of a rebuilt table, and never takes the name of another table for its rows', () => {
    const before = table('t', [id, age], { constraints: [key] });
    const after = table('t', [{ ...id, type: 'BIGINT' }, age], { constraints: [key] });
    const other = table('T_Rows', [id]);
    const statements = toTables([before, other], [after, other]);
    assert.deepEqual(
      [statements[0], statements[3]],
      ['CREATE TEMP TABLE t_rows_2 AS FROM t', 'INSERT INTO t (id, age) SELECT CAST(id AS BIGINT), age FROM t_rows_2'],
    );
  });

  const foreign = { kind: 'foreign-key', schema: 'main', table: 't', referenced: ['id'] } as const;
  const child = table('child', [{ name: 'up', type: 'INTEGER' }], { constraints: [{ ...foreign, columns: ['up'] }] });

  it('makes the tables that refer to a table anew with it, rows in the order of their keys', () => {
    const before = table('t', [id, age], { constraints: [key] });
    const after = table('t', [id, { ...age, type: 'BIGINT' }], { constraints: [key] });
    const statements = toTables([before, child], [after, child]);
    assert.deepEqual(
      statements.map((text) => text.replace(/\(.*/s, '').trim()),
      [
        'CREATE TEMP TABLE child_rows AS FROM child',
        'DROP TABLE child',
        'ALTER TABLE t ALTER COLUMN age SET DATA TYPE BIGINT USING CAST',
        'CREATE TABLE child',
        'INSERT INTO child',
        'DROP TABLE child_rows',
      ],
    );
  });

  it('leaves a table that refers to another one alone where only a column or a default is added', () => {
    const before = table('t', [id, age], { constraints: [key] });
    const after = table('t', [id, { ...age, default: '1' }, { name: 'n', type: 'DATE' }], { constraints: [key] });
    assert.deepEqual(toTables([before, child], [after, child]), [
      'ALTER TABLE t ADD COLUMN n DATE',
      'ALTER TABLE t ALTER COLUMN age SET DEFAULT 1',
    ]);
  });

  it('puts rows that refer to rows of their own table back level by level, and makes sure that none is lost', () => {
    const own = table('t', [id, { name: 'up', type: 'INTEGER' }], {
      constraints: [key, { ...foreign, columns: ['up'] }],
    });
    const statements = toTables([own], [{ ...own, columns: [...own.columns, { ...age, notNull: true }] }]);
    assert.match(
      statements[3] ?? '',
      /^INSERT INTO t \(id, up\) WITH RECURSIVE .* kept JOIN level ON kept\.up = level\.id/,
    );
    assert.match(statements[4] ?? '', /THEN error\('t: /);
  });

  it('drops indexes before an ALTER and makes them again behind it, but not for a new column', () => {
    const index = {
      schema: 'main',
      name: 'i',
      table: 't',
      type: 'ART',
      columns: ['id'],
      definition: 'CREATE INDEX i ON t(id)',
      comment: 'by id',
    };
    const from = { tables: [table('t', [id, age])], indexes: [index] };
    assert.deepEqual(way(from, { tables: [table('t', [id, { ...age, notNull: true }])], indexes: [index] }), [
      'DROP INDEX i',
      'ALTER TABLE t ALTER COLUMN age SET NOT NULL',
      'CREATE INDEX i ON t(id)',
      "COMMENT ON INDEX i IS 'by id'",
    ]);
    const more = { name: 'n', type: 'DATE' };
    assert.deepEqual(way(from, { tables: [table('t', [id, age, more])], indexes: [index] }), [
      'ALTER TABLE t ADD COLUMN n DATE',
    ]);
  });

  it('takes a DEFAULT off while its sequence is replaced', () => {
    const tables = [table('t', [id, { ...age, default: "nextval('s')" }])];
    const sequence = { schema: 'main', name: 's', start: '1', increment: '1', min: '1', max: '9', cycle: false };
    const after = { tables, sequences: [{ ...sequence, increment: '5' }] };
    assert.deepEqual(way({ tables, sequences: [sequence] }, after), [
      'ALTER TABLE t ALTER COLUMN age DROP DEFAULT',
      'DROP SEQUENCE s',
      'CREATE SEQUENCE s INCREMENT BY 5 MAXVALUE 9',
      "ALTER TABLE t ALTER COLUMN age SET DEFAULT nextval('s')",
    ]);
  });

  it('leaves a sequence alone that only has been used', () => {
    const tables = [table('t', [id, { ...age, default: "nextval('s')" }])];
    const sequence = { schema: 'main', name: 's', start: '1', increment: '1', min: '1', max: '9', cycle: false };
    const used = { ...sequence, start: '7' };
    const wider = [table('t', [id, { ...age, default: "nextval('s')" }, { name: 'n', type: 'DATE' }])];
    assert.deepEqual(way({ tables, sequences: [sequence] }, { tables: wider, sequences: [used] }), [
      'ALTER TABLE t ADD COLUMN n DATE',
    ]);
  });

  it('takes the DEFAULT off a column that goes together with its sequence', () => {
    const numbered = { ...age, default: "nextval('s')" };
    const sequence = { schema: 'main', name: 's', start: '1', increment: '1', min: '1', max: '9', cycle: false };
    const before = { tables: [table('t', [id, numbered])], sequences: [sequence] };
    assert.deepEqual(way(before, { tables: [table('t', [id])] }), [
      'ALTER TABLE t ALTER COLUMN age DROP DEFAULT',
      'DROP SEQUENCE s',
      'ALTER TABLE t DROP COLUMN age',
    ]);
  });

  it('replaces a macro, and makes what reads from it anew in the order of need', () => {
    const macro = { schema: 'main', name: 'm', parameters: 'x', body: 'x' };
    const views = [
      { schema: 'main', name: 'a', definition: 'CREATE VIEW a AS SELECT * FROM z', comment: 'first' },
      { schema: 'main', name: 'z', definition: 'CREATE VIEW z AS SELECT m(1) AS n' },
      { schema: 'main', name: 'other', definition: 'CREATE VIEW other AS SELECT 1' },
    ];
    assert.deepEqual(way({ macros: [macro], views }, { macros: [{ ...macro, body: '(x + 1)' }], views }), [
      'DROP VIEW a',
      'DROP VIEW z',
      'CREATE OR REPLACE MACRO m(x) AS (x + 1)',
      'CREATE VIEW z AS SELECT m(1) AS n',
      'CREATE VIEW a AS SELECT * FROM z',
      "COMMENT ON VIEW a IS 'first'",
    ]);
  });

  it('makes a schema before what is in it, and drops one behind that', () => {
    const [from, to] = [table('t', [id], { schema: 'old' }), table('t', [id], { schema: 'new' })];
    assert.deepEqual(way({ schemas: ['old'], tables: [from] }, { schemas: ['new'], tables: [to] }), [
      'CREATE SCHEMA new',
      'DROP TABLE old.t',
      'CREATE TABLE new.t (\n  id INTEGER\n)',
      'DROP SCHEMA old',
    ]);
  });
});
