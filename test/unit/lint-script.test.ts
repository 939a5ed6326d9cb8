import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Dialect } from '../../src/core/dialect/dialect';
import { HAZARD_CODES } from '../../src/core/lint/codes';
import { lintScript } from '../../src/core/lint/lint-script';
import { LOSS_RULES, STATEMENT_RULES } from '../../src/core/lint/rules';
import { changeHits } from '../../src/core/lint/schema-change';
import { newMigration } from '../../src/core/migration/template';
import type { NodeTable, RelTable, Schema } from '../../src/core/schema/model';
import { en } from '../../src/core/text/en';
import { translate } from '../../src/core/text/translate';

const look = (text: string, dialect: Dialect = 'cypher', role: 'single' | 'up' | 'down' = 'single') =>
  lintScript({ file: 'migrations/001_x.cypher', text, dialect, role });
const codes = (text: string, dialect: Dialect = 'cypher', role: 'single' | 'up' | 'down' = 'single') =>
  look(text, dialect, role).map(({ code, severity }) => `${code} ${severity}`);

const EMPTY: Schema = { tables: [], sequences: [], macros: [], indexes: [], types: [] };
const GROW = 'ALTER TABLE T ADD COLUMN n STRING;\n';

describe('lint of a script', () => {
  it('gives the range of what is found, whatever stands before it', () => {
    const text = '\uFEFF-- UP\r\n/* 🌍 */ ALTER TABLE T\r\n  ADD COLUMN n STRING;\r\n-- DOWN\r\nALTER TABLE T DROP n;';
    const [found] = look(text);
    assert.ok(found);
    const { code, line, column, endLine, endColumn, fix } = found;
    assert.deepEqual([code, line, column, endLine, endColumn], ['KM405', 3, 7, 3, 13]);
    assert.deepEqual(fix?.edits, [{ line: 3, column: 6, endLine: 3, endColumn: 13, text: '' }]);
  });

  it('tells of each change at the statement that makes it', () => {
    const table = (...columns: { name: string; type: string; notNull?: true }[]): Schema => ({
      ...EMPTY,
      tables: [{ kind: 'table', schema: 'main', name: 'z', columns, constraints: [] }],
    });
    const before = table({ name: 'a', type: 'BIGINT' }, { name: 'b', type: 'VARCHAR' }, { name: 'c', type: 'DOUBLE' });
    const after = table(
      { name: 'a', type: 'SMALLINT' },
      { name: 'b', type: 'INTEGER', notNull: true },
      { name: 'c', type: 'DATE' },
    );
    const text = [
      'ALTER TABLE z ALTER COLUMN a TYPE SMALLINT;',
      'ALTER TABLE z ALTER "B" TYPE INTEGER;',
      'ALTER TABLE z ALTER c SET DATA TYPE DATE;',
      'ALTER TABLE z ALTER b SET NOT NULL;',
    ].join('\n');
    const found = lintScript({ file: 'm', text, dialect: 'sql', role: 'up', before, after });
    const lines = (code: string) => found.filter((one) => one.code === code).map(({ line }) => line);
    assert.deepEqual([lines('DL104'), lines('KM223')], [[1, 2, 3], [4]]);
  });

  it('tells what is wrong with the script itself', () => {
    assert.deepEqual(codes("-- UP\nRETURN 'x\n"), ['SCRIPT_INVALID error']);
    assert.deepEqual(codes('-- transaction: yes\n-- UP\n'), ['SCRIPT_INVALID error']);
  });

  it('tells what crashes the engine or breaks the transaction, as an error or as a warning', () => {
    assert.deepEqual(codes('-- UP\nBEGIN TRANSACTION;\n-- DOWN\nRETURN 1;'), ['KM301 error']);
    assert.deepEqual(codes('CREATE NODE TABLE S(id SERIAL PRIMARY KEY);\nALTER TABLE S RENAME TO T;', 'cypher', 'up'), [
      'KM312 warning',
    ]);
    const apart = '-- transaction: none\n-- UP\nCREATE (:T {id: 1});\nDROP TABLE T;\n-- DOWN\nRETURN 1;';
    assert.deepEqual(codes(apart), ['DL101 warning']);
    assert.deepEqual(codes(apart.replace('-- transaction: none\n', '')), ['KM303 error', 'DL101 warning']);
  });

  it('looks at the way down, too', () => assert.deepEqual(codes(`-- UP\n-- DOWN\n${GROW}`), ['KM405 error']));

  it('misses a way down where the way up does something', () => {
    assert.deepEqual(codes('-- UP\nCREATE (:T {id: 1});'), ['KM431 warning']);
    assert.deepEqual(codes('-- UP\n-- DOWN\n'), []);
    assert.deepEqual(codes('CREATE (:T {id: 1});', 'cypher', 'up'), []);
    const text = 'CREATE (:T {id: 1});';
    const [found] = lintScript({ file: 'm', text, dialect: 'cypher', role: 'up', hasDownFile: false });
    assert.equal(found?.code, 'KM431');
  });

  for (const dialect of ['cypher', 'sql'] as const) {
    for (const kind of ['single', 'pair'] as const) {
      it(`finds nothing in a new ${kind} of ${dialect}`, () => {
        for (const { name, text } of newMigration(kind, dialect, new Date(0), 'add DROP TABLE')) {
          const role = kind === 'single' ? 'single' : name.includes('.down.') ? 'down' : 'up';
          assert.deepEqual(lintScript({ file: name, text, dialect, role, hasDownFile: true }), []);
        }
      });
    }
  }
});

describe('lint-ignore', () => {
  const rest = '-- DOWN\nRETURN 1;\n';
  it('silences a code in the file, in a section and above a statement', () => {
    assert.deepEqual(codes(`-- lint-ignore: KM405\n-- UP\n${GROW}-- DOWN\n${GROW}`), []);
    assert.deepEqual(codes(`-- UP\n-- lint-ignore KM405\n${GROW}-- DOWN\n${GROW}`), ['KM405 error']);
    assert.deepEqual(codes(`-- UP\nRETURN 1;\n-- lint-ignore KM405\n${GROW}${GROW}${rest}`), ['KM405 error']);
  });

  it('silences the dangers that may be, and the missing way down', () => {
    const last = '-- lint-ignore KM306, KM431\n-- UP\nCALL show_functions() RETURN *;\nBEGIN TRANSACTION;\n';
    assert.deepEqual(codes(last), ['KM301 error']);
    assert.deepEqual(codes(`-- lint-ignore KM301\n${last}`), ['KM301 error']);
  });

  it('of a code that there is not is noted at its place', () => {
    const [note, ...more] = look(`-- UP\n-- lint-ignore: KM405, KM999, dl101\n${GROW}${rest}`);
    assert.deepEqual([note?.code, note?.severity, note?.line, note?.column], ['KM434', 'note', 2, 24]);
    assert.deepEqual(
      more.map(({ code, column }) => [code, column]),
      [['KM434', 31]],
    );
  });

  it('knows every code of the rules', () => {
    const all = HAZARD_CODES.map(({ code }) => code);
    for (const { code } of [...STATEMENT_RULES, ...LOSS_RULES]) assert.ok(all.includes(code), code);
    assert.deepEqual(codes(`-- lint-ignore: ${all.join(', ')}\n-- UP\n${GROW}${rest}`), []);
  });
});

describe('a migration as a whole', () => {
  const table = (columns: Record<string, string>, primaryKey = 'id', name = 'User'): NodeTable => ({
    kind: 'node',
    name,
    columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
    primaryKey,
  });
  const schema = (...tables: Schema['tables'][number][]): Schema => ({
    ...EMPTY,
    tables,
  });
  const hits = (before: Schema, after: Schema, renames: string[] = []) =>
    changeHits(before, after, renames).map(({ code, argument }) => `${code} ${argument}`);

  it('may narrow a column, also one with another name', () => {
    const before = schema(table({ id: 'INT64', age: 'INT64' }));
    assert.deepEqual(hits(before, schema(table({ id: 'INT64', age: 'INT16' }))), ['DL104 User.age']);
    assert.deepEqual(hits(before, schema(table({ id: 'INT64', age: 'INT128' }))), []);
    const renamed = schema(table({ id: 'INT64', years: 'INT16' }));
    assert.deepEqual(hits(before, renamed), ['DL102 User.age']);
    assert.deepEqual(hits(before, renamed, ['User.age=years']), ['DL104 User.years']);
  });

  it('may give a table another key, or a name that collides', () => {
    const before = schema(table({ id: 'INT64', mail: 'STRING' }));
    assert.deepEqual(hits(before, schema(table({ id: 'INT64', mail: 'STRING' }, 'mail'))), ['KM201 User']);
    const other = table({ id: 'INT64' }, 'id', 'R_User_User');
    const rel = {
      kind: 'rel' as const,
      name: 'R',
      columns: [],
      connections: [{ from: 'User', to: 'User' }],
      multiplicity: 'MANY_MANY' as const,
      storageDirection: 'both' as const,
    };
    const after = schema(...before.tables, other, rel);
    assert.deepEqual(hits(before, after), ['KM444 R_User_User']);
    assert.deepEqual(hits(after, after), []);
  });

  it('is told at the statement that names the table, with the renames that its statements make', () => {
    const text = '-- UP\nRETURN 1;\nALTER TABLE User RENAME age TO years;\n-- DOWN\nRETURN 1;';
    const before = schema(table({ id: 'INT64', age: 'INT64' }));
    const after = schema(table({ id: 'INT64', years: 'INT16' }));
    const found = lintScript({ file: 'm', text, dialect: 'cypher', role: 'single', before, after });
    assert.deepEqual(
      found.map(({ code, line }) => [code, line]),
      [['DL104', 3]],
    );
  });
});

describe('what a migration as a whole takes', () => {
  const node = (name: string, ...columns: string[]): NodeTable => ({
    kind: 'node',
    name,
    columns: ['id', ...columns].map((column) => ({ name: column, type: 'INT64' })),
    primaryKey: 'id',
  });
  const rel = (name: string, ...pairs: [string, string][]): RelTable => ({
    kind: 'rel',
    name,
    columns: [],
    connections: pairs.map(([from, to]) => ({ from, to })),
    multiplicity: 'MANY_MANY',
    storageDirection: 'both',
  });
  const schema = (...tables: Schema['tables'][number][]): Schema => ({ ...EMPTY, tables });
  const losses = (up: readonly string[], before: Schema, after: Schema) =>
    lintScript({ file: 'm', text: `${up.join(';\n')};\n`, dialect: 'cypher', role: 'up', before, after }).map(
      ({ code, line, lost, message }) => [code, line, message.params.argument, lost],
    );
  const anew = (name: string, create: string, copy: string) => [
    `ALTER TABLE ${name} RENAME TO ${name}_old`,
    create,
    `COPY ${name} FROM (${copy})`,
    `DROP TABLE ${name}_old`,
  ];

  it('is a column that a table made anew leaves out, told where its rows are copied', () =>
    assert.deepEqual(
      losses(
        anew('A', 'CREATE NODE TABLE A(id INT64 PRIMARY KEY)', 'MATCH (o:A_old) RETURN o.id'),
        schema(node('A', 'n')),
        schema(node('A')),
      ),
      [['DL102', 3, 'A.n', { what: 'column', table: 'a', column: 'n' }]],
    ));

  it('is a column whose type changes without its values, unless a statement fills that of this very table', () => {
    const of = (name: string, type: string): NodeTable => ({
      ...node(name),
      columns: [
        { name: 'id', type: 'INT64' },
        { name: 'n', type },
      ],
    });
    const up = anew('A', 'CREATE NODE TABLE A(id INT64 PRIMARY KEY, n INT64[])', 'MATCH (o:A_old) RETURN o.id');
    const [before, after] = [schema(of('A', 'DATE'), of('B', 'INT64')), schema(of('A', 'INT64[]'), of('B', 'INT64'))];
    const codes = (...more: string[]) => losses([...up, ...more], before, after).map(([code]) => code);
    assert.ok(codes().includes('DL102'));
    assert.ok(codes('MATCH (b:B) SET b.n = 1').includes('DL102'));
    assert.ok(!codes('MATCH (a:A) SET a.n = [1]').includes('DL102'));
  });

  it('is a pair that a table made anew leaves out', () =>
    assert.deepEqual(
      losses(
        anew('R', 'CREATE REL TABLE R(FROM A TO B)', 'MATCH (a:A)-[r:R_old]->(b:B) RETURN a.id, b.id'),
        schema(node('A'), node('B'), rel('R', ['A', 'B'], ['B', 'A'])),
        schema(node('A'), node('B'), rel('R', ['A', 'B'])),
      ),
      [['DL103', 3, 'R(B->A)', { what: 'connection', table: 'r', from: 'b', to: 'a' }]],
    ));

  it('is told once where a statement says it, by the name of before, also where that is ignored', () => {
    const up = [
      'ALTER TABLE A RENAME TO B',
      'ALTER TABLE B DROP n',
      'ALTER TABLE R DROP FROM B TO B',
      'DROP TABLE C',
      'ALTER TABLE B ADD m INT64',
    ];
    const before = schema(node('A', 'n'), node('C'), rel('R', ['A', 'A'], ['C', 'A']));
    const after = schema(node('B', 'm'), rel('R', ['C', 'B']));
    assert.deepEqual(
      losses(up, before, after).map(([code, line, argument]) => [code, line, argument]),
      [
        ['DL102', 2, 'A.n'],
        ['DL103', 3, 'R(A->A)'],
        ['DL101', 4, 'C'],
      ],
    );
    const ignored = up.map((one) => `-- lint-ignore DL101, DL102, DL103\n${one}`);
    assert.deepEqual(losses(ignored.slice(0, 4), before, after), []);
  });

  it('is no table whose rows went to another one first', () =>
    assert.deepEqual(
      losses(
        ['CREATE NODE TABLE B(id INT64 PRIMARY KEY)', 'COPY B FROM (MATCH (a:A) RETURN a.id)', 'DROP TABLE A'],
        schema(node('A')),
        schema(node('B')),
      ),
      [],
    ));

  it('is a table that goes without a statement that drops it', () =>
    assert.deepEqual(losses(["IMPORT DATABASE 'x'"], schema(node('A')), schema()), [
      ['DL101', 1, 'A', { what: 'table', table: 'a' }],
    ]));
});

describe('lint of any text', () => {
  const words = fc.constantFrom(
    ...'CREATE NODE REL TABLE ALTER DROP ADD RENAME COLUMN IF NOT EXISTS NULL UNIQUE ( ) , ; -- // /* */ \' " ` -> [ ] { } now() at T R a.b INT64 PRIMARY KEY FROM TO MATCH DELETE WHERE INSERT INTO UPDATE SET = TRUNCATE COMMENT ON INDEX CASCADE MACRO TYPE \n \r\n $$ lint-ignore KM405 UP DOWN 1'.split(
      ' ',
    ),
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words, { maxLength: 40 }).map((all) => all.join(' ')),
  );

  it('never throws, stays in the file, and every message is in the table', () => {
    const table: Readonly<Record<string, string>> = en;
    fc.assert(
      fc.property(
        text,
        fc.constantFrom('cypher' as const, 'sql' as const),
        fc.constantFrom('single' as const, 'up' as const, 'down' as const),
        (source, dialect, role) => {
          const lines = source.split(/\r\n|\r|\n/);
          for (const found of look(source, dialect, role)) {
            assert.ok(found.message.key in table, found.message.key);
            assert.ok(!found.fix || found.fix.title.key in table, found.fix?.title.key);
            assert.doesNotMatch(translate('en', found.message.key, found.message.params), /\{(argument|detail)\}/);
            assert.ok(found.line >= 1 && found.line <= lines.length, `${found.code}: line ${found.line}`);
            assert.ok(found.endLine >= found.line && (found.endLine > found.line || found.endColumn >= found.column));
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
