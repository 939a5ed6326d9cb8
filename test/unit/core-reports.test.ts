import assert from 'node:assert/strict';
import { applyPatch } from 'diff';
import fc from 'fast-check';
import { changelogEntry } from '../../src/core/report/changelog';
import { changeRows } from '../../src/core/report/changes';
import { diffReport } from '../../src/core/report/json';
import { markdownDiff } from '../../src/core/report/markdown';
import { codeBlock, codeCell, codeSpan, plainText } from '../../src/core/report/markdown-text';
import { oneLine } from '../../src/core/report/one-line';
import { unifiedDiff } from '../../src/core/report/unified';
import type { Change } from '../../src/core/schema/change';
import { diffSchemas } from '../../src/core/schema/diff';
import type { NodeTable, RelTable, Schema } from '../../src/core/schema/model';
import { printPair } from '../../src/core/schema/print';
import { schemaPair } from './core-schema-arbitraries';

const column = { name: 'e mail', type: 'STRING', default: "'x|y'" };
const user: NodeTable = {
  kind: 'node',
  name: 'User',
  columns: [{ name: 'id', type: 'INT64' }, column],
  primaryKey: 'id',
};
const follows: RelTable = {
  kind: 'rel',
  name: 'Follows',
  connections: [{ from: 'User', to: 'User' }],
  columns: [],
  multiplicity: 'MANY_ONE',
  storageDirection: 'fwd',
};
const sequence = { name: 's', start: '1', increment: '1', min: '1', max: '9223372036854775807', cycle: false };
const macro = { name: 'M', parameters: 'x', body: 'x +\n  1' };
const index = {
  name: 'fx',
  table: 'User',
  type: 'FTS',
  columns: ['id'],
  definition: "CALL CREATE_FTS_INDEX('User', 'fx', ['id'])",
};
const type = { name: 'money', definition: 'INT64' };

describe('the rows of a difference', () => {
  const cases: [Change, string, string][] = [
    [
      { kind: 'add-table', table: user },
      'User',
      "CREATE NODE TABLE User (id INT64, `e mail` STRING DEFAULT 'x|y', PRIMARY KEY (id))",
    ],
    [
      { kind: 'add-table', table: follows },
      'Follows',
      "CREATE REL TABLE Follows (FROM User TO User, MANY_ONE) WITH (storage_direction = 'fwd')",
    ],
    [{ kind: 'drop-table', table: user }, 'User', 'DROP TABLE User'],
    [
      { kind: 'add-column', table: 'User', column },
      'User.e mail',
      "ALTER TABLE User ADD `e mail` STRING DEFAULT 'x|y'",
    ],
    [{ kind: 'drop-column', table: 'User', column }, 'User.e mail', 'ALTER TABLE User DROP `e mail`'],
    [
      { kind: 'change-column-type', table: 'User', before: column, after: { ...column, type: 'INT64' } },
      'User.e mail',
      'ALTER TABLE User CHANGE `e mail` STRING TO INT64',
    ],
    [
      { kind: 'change-default', table: 'User', before: column, after: { name: 'e mail', type: 'STRING' } },
      'User.e mail',
      "ALTER TABLE User CHANGE `e mail` DEFAULT 'x|y' TO DEFAULT NULL",
    ],
    [
      { kind: 'change-primary-key', table: 'User', before: 'id', after: 'e mail' },
      'User',
      'ALTER TABLE User CHANGE PRIMARY KEY (id) TO (`e mail`)',
    ],
    [
      { kind: 'add-connection', table: 'Follows', connection: { from: 'User', to: 'order' } },
      'Follows(User->order)',
      'ALTER TABLE Follows ADD FROM User TO `order`',
    ],
    [
      { kind: 'drop-connection', table: 'Follows', connection: { from: 'User', to: 'City' } },
      'Follows(User->City)',
      'ALTER TABLE Follows DROP FROM User TO City',
    ],
    [
      { kind: 'change-multiplicity', table: 'Follows', before: 'MANY_MANY', after: 'MANY_ONE' },
      'Follows',
      'ALTER TABLE Follows CHANGE MANY_MANY TO MANY_ONE',
    ],
    [
      { kind: 'change-storage-direction', table: 'Follows', before: 'both', after: 'fwd' },
      'Follows',
      "ALTER TABLE Follows CHANGE storage_direction 'both' TO 'fwd'",
    ],
    [{ kind: 'change-comment', table: 'User', after: "it's\nnew" }, 'User', "COMMENT ON TABLE User IS 'it\\'s new'"],
    [{ kind: 'change-comment', table: 'User', before: 'old' }, 'User', "COMMENT ON TABLE User IS ''"],
    [{ kind: 'add-sequence', sequence }, 's', 'CREATE SEQUENCE s START 1'],
    [{ kind: 'drop-sequence', sequence }, 's', 'DROP SEQUENCE s'],
    [
      { kind: 'change-sequence', before: sequence, after: { ...sequence, cycle: true } },
      's',
      'CHANGE CREATE SEQUENCE s START 1 TO CREATE SEQUENCE s START 1 CYCLE',
    ],
    [{ kind: 'add-macro', macro }, 'M', 'CREATE MACRO M(x) AS x + 1'],
    [{ kind: 'drop-macro', macro }, 'M', 'DROP MACRO M'],
    [
      { kind: 'change-macro', before: macro, after: { ...macro, body: 'x' } },
      'M',
      'CHANGE CREATE MACRO M(x) AS x + 1 TO CREATE MACRO M(x) AS x',
    ],
    [{ kind: 'add-index', index }, 'User.fx', index.definition],
    [{ kind: 'drop-index', index }, 'User.fx', "CALL DROP_FTS_INDEX('User', 'fx')"],
    [{ kind: 'drop-index', index: { ...index, type: 'HNSW' } }, 'User.fx', "CALL DROP_VECTOR_INDEX('User', 'fx')"],
    [
      { kind: 'change-index', before: index, after: { ...index, definition: 'CALL X()' } },
      'User.fx',
      `CHANGE ${index.definition} TO CALL X()`,
    ],
    [{ kind: 'add-type', type }, 'money', 'CREATE TYPE money AS INT64'],
    [{ kind: 'drop-type', type }, 'money', 'DROP TYPE money'],
    [
      { kind: 'change-type', before: type, after: { ...type, definition: 'STRING' } },
      'money',
      'CHANGE CREATE TYPE money AS INT64 TO CREATE TYPE money AS STRING',
    ],
  ];

  for (const [change, object, text] of cases) {
    it(`say ${text}`, () => {
      const [row] = changeRows([change]);
      assert.equal(row?.object, object);
      assert.equal(row?.text, text);
      assert.equal(row?.kind, change.kind);
    });
  }

  it('are one line each, without control characters, whatever the names', () => {
    const [row] = changeRows([{ kind: 'drop-table', table: { ...user, name: 'a\r\n \tb\u001b[31m' } }]);
    assert.equal(row?.object, 'a b [31m');
    assert.equal(oneLine('a  b'), 'a  b');
  });

  it('make the JSON report', () => {
    assert.deepEqual(diffReport('v1', 'db:dev', [{ kind: 'drop-table', table: user }]), {
      from: 'v1',
      to: 'db:dev',
      changes: [{ kind: 'drop-table', object: 'User', hazards: ['DL101'], text: 'DROP TABLE User' }],
    });
  });
});

describe('a unified diff', () => {
  it('is empty for equal texts', () => {
    assert.equal(unifiedDiff('a', 'b', 'same\n', 'same\n'), '');
  });

  it('has labels, hunks and three lines of context', () => {
    const before = Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join('');
    const after = before.replace('line 4\n', 'line four\n').replace('line 12\n', '');
    assert.equal(
      unifiedDiff('version:v1', 'db:dev\n', before, after),
      `--- version:v1
+++ db:dev${' '}
@@ -2,7 +2,7 @@
 line 1
 line 2
 line 3
-line 4
+line four
 line 5
 line 6
 line 7
@@ -10,7 +10,6 @@
 line 9
 line 10
 line 11
-line 12
 line 13
 line 14
 line 15
`,
    );
  });

  it('joins hunks whose contexts touch', () => {
    const before = Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join('');
    const hunks = (gap: number) =>
      unifiedDiff('a', 'b', before, before.replace('line 5\n', '').replace(`line ${6 + gap}\n`, '')).match(/^@@/gm)
        ?.length;
    assert.equal(hunks(6), 1);
    assert.equal(hunks(7), 2);
  });

  it('goes from nothing and to nothing', () => {
    assert.equal(unifiedDiff('a', 'b', '', 'x\n'), '--- a\n+++ b\n@@ -0,0 +1,1 @@\n+x\n');
    assert.equal(unifiedDiff('a', 'b', 'x\n', ''), '--- a\n+++ b\n@@ -1,1 +0,0 @@\n-x\n');
  });

  it('makes the newer text when it is applied', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', '', '-x', '+y', '@@ -1'), { maxLength: 40 });
    const text = fc.tuple(lines, fc.boolean()).map(([list, end]) => list.join('\n') + (end && list.length ? '\n' : ''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const patch = unifiedDiff('a', 'b', before, after);
        if (before === after) assert.equal(patch, '');
        else assert.equal(applyPatch(before, patch), after);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(schemaPair, ([before, after]) => {
        const text = printPair(before, after);
        const patch = unifiedDiff('a', 'b', text.before, text.after);
        if (patch !== '') assert.equal(applyPatch(text.before, patch), text.after);
        else assert.equal(text.before, text.after);
      }),
    );
  });

  it('gives up looking for the smallest difference where two long texts share no line of their own', () => {
    const text = (marks: string) =>
      Array.from({ length: 8000 }, (_, i) => `${marks[(i * i) % marks.length]}\n`).join('');
    const [before, after] = [text('abc'), text('cdeb')];
    assert.equal(applyPatch(before, unifiedDiff('a', 'b', before, after)), after);
  });
});

describe('text of a database in Markdown', () => {
  it('cannot leave its code span, cell or block', () => {
    assert.equal(codeSpan('a'), '`a`');
    assert.equal(codeSpan('`a``b`'), '``` `a``b` ```');
    assert.equal(codeSpan(' a '), '`  a  `');
    assert.equal(codeSpan('\n'), '');
    assert.equal(codeCell("'x|y' <b> *z*"), "<code>'x&#124;y' &#60;b&#62; &#42;z&#42;</code>");
    assert.equal(codeCell('a\nb'), '`a b`');
    assert.equal(codeBlock('diff', 'a ```` b\n'), '`````diff\na ```` b\n`````\n');
  });

  it('cannot become markup, and stays readable where it is none', () => {
    assert.equal(plainText('from_requirement_graph: 2 rows'), 'from_requirement_graph: 2 rows');
    assert.equal(plainText('_a_ [b](http://c) @d'), '&#95;a&#95; &#91;b&#93;(http&#58;//c) &#64;d');
    assert.equal(plainText('1. a'), '1&#46; a');
    assert.equal(plainText('- a'), '&#45; a');
  });
});

describe('a difference in Markdown', () => {
  const before: Schema = { tables: [user], sequences: [], macros: [], indexes: [], types: [] };
  const after: Schema = {
    ...before,
    tables: [{ ...user, columns: [...user.columns, { name: 'age', type: 'INT64' }] }],
  };

  it('has a heading, a table, the notes and a diff block', () => {
    assert.equal(
      markdownDiff({
        from: 'v1',
        to: 'db:dev',
        changes: diffSchemas(before, after),
        notes: [{ table: 'User', what: 'columns' }],
        ...printPair(before, after),
      }),
      `### Schema: v1 → db&#58;dev

| Change | Object | Hazards | Statement |
| --- | --- | --- | --- |
| add-column | \`User.age\` |  | \`ALTER TABLE User ADD age INT64\` |

- The columns of \`User\` stand in another order, which is no change.

\`\`\`diff
--- v1
+++ db:dev
@@ -1,5 +1,6 @@
 CREATE NODE TABLE User (
   id INT64,
   \`e mail\` STRING DEFAULT 'x|y',
+  age INT64,
   PRIMARY KEY (id)
 );
\`\`\`
`,
    );
  });

  it('says that there is none', () => {
    const text = markdownDiff({ from: 'v1', to: 'v2', changes: [], notes: [], before: '', after: '' });
    assert.equal(text, '### Schema: v1 → v2\n\nNo changes.\n');
  });
});

describe('the start of a changelog', () => {
  it('lists what was added, changed and removed, the data and the warnings', () => {
    const changes: Change[] = [
      { kind: 'drop-column', table: 'User', column },
      { kind: 'add-table', table: follows },
      { kind: 'change-comment', table: 'User', after: 'x' },
    ];
    assert.equal(
      changelogEntry({
        version: 'v1.1.0',
        createdAt: '2025-08-01T12:00:00.000Z',
        previous: 'v1.0.0',
        changes,
        tables: [
          { name: 'User', rows: 3 },
          { name: 'a|b', rows: 1000 },
        ],
        rows: 1003,
        warnings: ['The default of User.x is lost.'],
      }),
      `# v1.1.0 (2025-08-01)

Changes of the schema since v1.0.0:

## Added

- Rel table \`Follows\`: \`CREATE REL TABLE Follows (FROM User TO User, MANY_ONE) WITH (storage_direction = 'fwd')\`

## Changed

- Comment of \`User\`: \`COMMENT ON TABLE User IS 'x'\`

## Removed

- Column \`User.e mail\`: \`\` ALTER TABLE User DROP \`e mail\` \`\` (DL102)

## Data

| Table | Rows |
| --- | ---: |
| \`User\` | 3 |
| <code>a&#124;b</code> | 1000 |
| 2 tables | 1003 |

## Warnings

- The default of User.x is lost.
`,
    );
  });

  it('of a first version, and of one without a change, says so', () => {
    const input = { version: 'v1', createdAt: '2025-08-01T12:00:00Z', changes: [], tables: [], rows: 0, warnings: [] };
    assert.equal(changelogEntry(input), '# v1 (2025-08-01)\n\nThe first version.\n');
    assert.equal(
      changelogEntry({ ...input, previous: 'v0' }),
      '# v1 (2025-08-01)\n\nThe schema has not changed since v0.\n',
    );
  });
});
