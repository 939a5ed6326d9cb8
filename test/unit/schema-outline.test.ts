import assert from 'node:assert/strict';
import type { Schema } from '../../src/core/schema/model';
import { type OutlineRow, outline } from '../../src/core/schema/outline';

const EMPTY: Schema = { tables: [], sequences: [], macros: [], indexes: [], types: [] };

/** Each row as a line, what is below it indented. */
function lines(rows: readonly OutlineRow[], indent = ''): string[] {
  return rows.flatMap(({ kind, name, detail, children }) => [
    `${indent}${kind} ${name}${detail === '' ? '' : `: ${detail}`}`,
    ...lines(children, `${indent}  `),
  ]);
}

describe('the outline of a schema', () => {
  it('of Kùzu has tables by name, rels last, then everything else in groups', () => {
    const schema: Schema = {
      ...EMPTY,
      tables: [
        {
          kind: 'rel',
          name: 'Knows',
          columns: [{ name: 'since', type: 'DATE' }],
          connections: [
            { from: 'User', to: 'User' },
            { from: 'User', to: 'City' },
            { from: 'City', to: 'City' },
          ],
          multiplicity: 'MANY_ONE',
          storageDirection: 'both',
        },
        {
          kind: 'node',
          name: 'User',
          primaryKey: 'id',
          columns: [
            { name: 'id', type: 'INT64' },
            { name: 'mail', type: 'STRING', default: "''" },
          ],
          comment: 'people',
        },
        { kind: 'node', name: 'City', primaryKey: 'name', columns: [{ name: 'name', type: 'STRING' }] },
      ],
      indexes: [
        { name: 'byMail', table: 'User', type: 'FTS', columns: ['mail'], definition: "CALL CREATE_FTS_INDEX('User')" },
      ],
      sequences: [{ name: 'ids', start: '1', increment: '2', min: '1', max: '9', cycle: true }],
      macros: [{ name: 'twice', parameters: 'x', body: 'x * 2' }],
      types: [{ name: 'Mail', definition: 'STRING' }],
    };
    const rows = outline(schema);
    assert.deepEqual(lines(rows), [
      'node City',
      '  key name: STRING',
      'node User',
      '  key id: INT64',
      "  column mail: STRING · DEFAULT ''",
      '  index byMail: FTS · mail',
      'rel Knows: User → User, User → City, … · MANY_ONE',
      '  connection User → User',
      '  connection User → City',
      '  connection City → City',
      '  column since: DATE',
      'sequences sequences: 1',
      '  sequence ids: START 1 · INCREMENT 2 · CYCLE',
      'macros macros: 1',
      '  macro twice: (x)',
      'types types: 1',
      '  type Mail: STRING',
    ]);
    assert.equal(rows[1]?.comment, 'people');
    assert.deepEqual(rows[1]?.children[1]?.object, { kind: 'column', table: 'User', name: 'mail' });
  });

  it('of DuckDB has schemas in front of names, and constraints', () => {
    const schema: Schema = {
      ...EMPTY,
      tables: [
        {
          kind: 'table',
          schema: 'app',
          name: 'invoice',
          columns: [
            { name: 'id', type: 'INTEGER', notNull: true },
            { name: 'total', type: 'DOUBLE', comment: 'in euros' },
            { name: 'double', type: 'DOUBLE', generated: '(total * 2)' },
          ],
          constraints: [
            { kind: 'primary-key', columns: ['id'] },
            { kind: 'check', expression: '(total > 0)' },
          ],
        },
      ],
      views: [
        {
          schema: 'main',
          name: 'totals',
          definition: 'CREATE VIEW totals AS SELECT 1 AS sum, 2 AS n',
          columnComments: [{ name: 'sum', comment: 'of a year' }],
        },
      ],
      schemas: ['app'],
    };
    const rows = outline(schema);
    assert.deepEqual(lines(rows), [
      'table app.invoice',
      '  key id: INTEGER · NOT NULL',
      '  column total: DOUBLE',
      '  column double: DOUBLE · AS (total * 2)',
      '  constraint CHECK (total > 0)',
      'views views: 1',
      '  view totals',
      '    column sum',
    ]);
    assert.equal(rows[0]?.children[1]?.comment, 'in euros');
    assert.equal(rows[1]?.children[0]?.children[0]?.comment, 'of a year');
    assert.deepEqual(rows[0]?.object, { kind: 'table', sqlSchema: 'app', name: 'invoice' });
  });

  it('of an empty schema is empty', () => {
    assert.deepEqual(outline(EMPTY), []);
  });
});
