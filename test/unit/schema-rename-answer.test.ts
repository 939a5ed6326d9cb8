import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldName } from '../../src/core/dialect/kuzu-names';
import { MigrateError } from '../../src/core/errors';
import { collectRenames } from '../../src/core/lint/written-renames';
import type { Rename } from '../../src/core/schema/change';
import type { NodeTable, Schema, SqlTable } from '../../src/core/schema/model';
import { renamesBetween } from '../../src/core/schema/recorded-renames';
import { applyRenames, invertRenames } from '../../src/core/schema/rename';
import { resolveRenames } from '../../src/core/schema/rename-answer';
import { invertRenameTexts, parseRenameText, renameText, splitRenameTexts } from '../../src/core/schema/rename-text';
import { parseScript } from '../../src/core/script/parse';
import { en } from '../../src/core/text/en';

const EMPTY: Schema = { tables: [], sequences: [], macros: [], indexes: [], types: [] };
const columnsOf = (names: readonly string[]) => names.map((name) => ({ name, type: 'STRING' }));
const node = (name: string, ...columns: string[]): NodeTable => ({
  kind: 'node',
  name,
  columns: columnsOf(columns),
  primaryKey: columns[0] ?? '',
});
const sql = (schema: string, name: string, ...columns: string[]): SqlTable => ({
  kind: 'table',
  schema,
  name,
  columns: columnsOf(columns),
  constraints: [],
});
const schemaOf = (...tables: Schema['tables'][number][]): Schema => ({ ...EMPTY, tables });

const before = schemaOf(node('User', 'id', 'email', 'age'), node('City', 'id', 'a.b'), node('Old', 'x'));
const after = schemaOf(node('Person', 'id', 'mail', 'age'), node('City', 'id', 'c,d'), node('Old', 'y'));
const userToPerson: Rename = { kind: 'rename-table', from: 'User', to: 'Person' };
const byText = (a: Rename, b: Rename) => (renameText(a) < renameText(b) ? -1 : 1);
const emailToMail: Rename = { kind: 'rename-column', table: 'Person', from: 'email', to: 'mail' };

describe('an answer about a rename', () => {
  it('names a table, or a column of a table by either of its names', () => {
    assert.deepEqual(resolveRenames(['user=PERSON'], before, after), [userToPerson]);
    for (const text of ['User.email=mail', 'Person.email=mail', 'User.email=Person.mail', 'User.email=User.mail']) {
      assert.deepEqual(resolveRenames([text, 'User=Person'], before, after), [userToPerson, emailToMail], text);
    }
    assert.deepEqual(resolveRenames(['User=Person, Person.email = mail'], before, after), [userToPerson, emailToMail]);
  });

  it('quotes names with signs in them', () => {
    const wanted: Rename = { kind: 'rename-column', table: 'City', from: 'a.b', to: 'c,d' };
    for (const text of ['City.`a.b`=`c,d`', '"City"."a.b"=City."c,d"', 'City."\\u0061.b"="c,d"']) {
      assert.deepEqual(resolveRenames([text], before, after), [wanted], text);
    }
  });

  it('names SQL schemas, tables in them, and their columns', () => {
    const older = schemaOf(sql('app', 'user', 'id', 'a'), sql('main', 'app', 'user', 'x'));
    const newer = schemaOf(sql('app', 'person', 'id', 'b'), sql('main', 'app', 'person', 'y'));
    const table: Rename = { kind: 'rename-table', from: 'user', to: 'person', sqlSchema: 'app' };
    assert.deepEqual(resolveRenames(['app.user=app.person'], older, newer), [table]);
    assert.deepEqual(resolveRenames(['app.user=person'], older, newer), [
      { kind: 'rename-column', table: 'app', from: 'user', to: 'person', sqlSchema: 'main' },
    ]);
    for (const text of ['app.user.a=b', 'app.person.a=person.b', 'app.user.a=app.person.b']) {
      assert.deepEqual(
        resolveRenames(['app.user=app.person', text], older, newer),
        [table, { kind: 'rename-column', table: 'person', from: 'a', to: 'b', sqlSchema: 'app' }],
        text,
      );
    }
  });

  it('moves a table to another SQL schema, under its name or another', () => {
    const older = schemaOf(sql('main', 'user', 'id', 'a'), sql('app', 'city', 'id'));
    const newer = schemaOf(sql('app', 'person', 'id', 'b'), sql('main', 'city', 'id'));
    const user: Rename = { kind: 'rename-table', from: 'user', to: 'person', sqlSchema: 'main', toSchema: 'app' };
    const city: Rename = { kind: 'rename-table', from: 'city', to: 'city', sqlSchema: 'app', toSchema: 'main' };
    const a: Rename = { kind: 'rename-column', table: 'person', from: 'a', to: 'b', sqlSchema: 'app' };
    assert.deepEqual(resolveRenames(['main.user=app.person', 'app.city=main.city'], older, newer), [user, city]);
    for (const text of ['user.a=b', 'main.user.a=b', 'app.person.a=b', 'app.person.a=app.person.b']) {
      assert.deepEqual(resolveRenames([text, 'user=app.person'], older, newer), [user, a], text);
    }
    const moves = [user, city, a];
    assert.deepEqual(moves.map(renameText), ['main.user=app.person', 'app.city=main.city', 'app.person.a=b']);
    assert.deepEqual(resolveRenames(moves.map(renameText), older, newer), moves);
    assert.deepEqual(resolveRenames(invertRenameTexts(moves.map(renameText)), newer, older), [
      { kind: 'rename-table', from: 'person', to: 'user', sqlSchema: 'app', toSchema: 'main' },
      { kind: 'rename-table', from: 'city', to: 'city', sqlSchema: 'main', toSchema: 'app' },
      { kind: 'rename-column', table: 'user', from: 'b', to: 'a', sqlSchema: 'main' },
    ]);
    assert.deepEqual(invertRenameTexts(['user=app.person']), ['app.person=main.user']);
    assert.deepEqual(renamesBetween(moves.map(renameText), older, newer), moves);
    assert.deepEqual(invertRenames(invertRenames(moves)).sort(byText), [...moves].sort(byText));
    assert.deepEqual(applyRenames(older, moves).tables, newer.tables);
    for (const [text, wrong] of [
      ['app.user=app.person', 'oldMissing'],
      ['user=main.person', 'newMissing'],
      ['user=person', 'newMissing'],
      ['user=a.b.c', 'form'],
    ]) {
      assert.throws(
        () => resolveRenames([text ?? ''], older, newer),
        (error) =>
          MigrateError.is(error, 'RENAME_INVALID') && String(error.params.detail).startsWith(`@rename.wrong.${wrong}:`),
        text,
      );
    }
  });

  const refused: readonly (readonly [texts: string[], wrong: string])[] = [
    [['User'], 'form'],
    [['User='], 'form'],
    [['=User'], 'form'],
    [['User=Person,'], 'form'],
    [['a.b.c.d=e'], 'form'],
    [['User="Person'], 'form'],
    [['User=City.x'], 'form'],
    [['a.b.c=d'], 'form'],
    [['Usr=Person'], 'oldMissing'],
    [['User=Persn'], 'newMissing'],
    [['City=Person'], 'oldStays'],
    [['User=City'], 'newThere'],
    [['User.email=mail'], 'newMissing'],
    [['Old.x=z'], 'newMissing'],
    [['Old.z=y'], 'oldMissing'],
    [['City.id=`c,d`'], 'oldStays'],
    [['City.`a.b`=id'], 'newThere'],
    [['Old.x=City.y'], 'otherTable'],
    [['User=Person', 'User=Person'], 'twice'],
    [['Old.x=y', 'Old.x=y'], 'twice'],
  ];
  for (const [texts, wrong] of refused) {
    it(`is refused when it fits nothing: ${texts.join(' and ')}`, () => {
      assert.throws(
        () => resolveRenames(texts, before, after),
        (error) =>
          MigrateError.is(error, 'RENAME_INVALID') && String(error.params.detail).startsWith(`@rename.wrong.${wrong}:`),
      );
    });
  }

  it('is refused between two kinds of tables, with what would be possible', () => {
    const rel = {
      ...node('Person', 'id'),
      kind: 'rel',
      connections: [],
      multiplicity: 'MANY_MANY',
      storageDirection: 'both',
    };
    const newer = schemaOf(rel as unknown as NodeTable, node('P2'));
    assert.throws(
      () => resolveRenames(['User=Person'], before, newer),
      (error) => {
        assert.ok(MigrateError.is(error, 'RENAME_INVALID'));
        assert.deepEqual(error.params, {
          text: 'User=Person',
          detail: '@rename.wrong.kinds:User=Person',
          gone: 'User, City, Old',
          came: 'Person, P2',
        });
        return true;
      },
    );
  });

  it('says so where there is nothing that could have another name', () => {
    assert.throws(
      () => resolveRenames(['User=Person'], before, before),
      (error) =>
        MigrateError.is(error, 'RENAME_INVALID') &&
        error.params.gone === '@word.nothing' &&
        error.params.came === '@word.nothing',
    );
  });

  it('has a text for every reason', () => {
    for (const [, wrong] of refused) assert.ok(`rename.wrong.${wrong}` in en, wrong);
  });
});

const anyName = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
  fc.string({
    unit: fc.constantFrom('a', '.', '=', ',', '"', '`', '\\', 'u', '0', '0', '0', 'a', ' ', '\n', '\u2028'),
    minLength: 1,
  }),
  fc.constantFrom('User', 'a``b', '\\u000a', 'é', '利用者'),
);

describe('the text of a rename', () => {
  const four = fc.uniqueArray(anyName, { minLength: 4, maxLength: 4, selector: foldName });

  it('is read back as the same rename, whatever the names, and stands in a list on one line', () => {
    fc.assert(
      fc.property(
        four,
        fc.constantFrom(undefined, 'main', 'app', 'a.p'),
        ([a = '', b = '', c = '', d = ''], schema) => {
          const table = (name: string, ...columns: string[]) =>
            schema === undefined ? node(name, ...columns) : sql(schema, name, ...columns);
          const sqlSchema = schema === undefined ? {} : { sqlSchema: schema };
          const renames: Rename[] = [
            { kind: 'rename-table', from: a, to: b, ...sqlSchema },
            { kind: 'rename-column', table: b, from: c, to: d, ...sqlSchema },
          ];
          const older = schemaOf(table(a, c));
          const newer = schemaOf(table(b, d));
          const texts = renames.map(renameText);
          assert.deepEqual(resolveRenames(texts, older, newer), renames);
          const list = texts.join(', ');
          assert.deepEqual(splitRenameTexts(list), texts);
          assert.doesNotMatch(list, /[\r\n\u2028\u2029]/);
          assert.deepEqual(
            resolveRenames(invertRenameTexts(texts), newer, older).map(({ from, to }) => [from, to]),
            [
              [b, a],
              [d, c],
            ],
          );
          assert.deepEqual(renamesBetween(texts, older, newer), renames);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is as short as its names allow', () => {
    assert.equal(renameText(userToPerson), 'User=Person');
    assert.equal(renameText({ ...emailToMail, from: 'a b' }), 'Person.`a b`=mail');
    assert.equal(renameText({ ...emailToMail, sqlSchema: 'app', from: 'a b' }), 'app.Person."a b"=mail');
    assert.equal(renameText({ ...userToPerson, sqlSchema: 'main' }), 'User=Person');
  });

  it('never throws on what is none', () => {
    fc.assert(
      fc.property(anyName, (text) => {
        assert.ok(parseRenameText(text) === undefined || text.includes('='));
        splitRenameTexts(text);
      }),
    );
  });
});

describe('renames that headers record and statements make', () => {
  const scripts = [
    '-- rename: A=B, B.x=y\n-- UP\nRETURN 1;\n-- DOWN\nRETURN 2',
    '-- UP\nALTER TABLE B RENAME TO C;',
    '-- rename: Gone=Nowhere, C.y=`z z`\nRETURN 1',
  ].map((text) => parseScript(text, 'cypher', 'single'));
  const texts = collectRenames(scripts, 'cypher');
  const last = schemaOf(node('C', 'id', 'z z'));

  it('are collected in the order of the migrations', () => {
    assert.deepEqual(texts, ['A=B', 'B.x=y', 'B=C', 'Gone=Nowhere', 'C.y=`z z`']);
  });

  it('become one from wherever the older side stands', () => {
    const lastOf = (from: string, column: string): Rename[] => [
      ...(from === 'C' ? [] : [{ kind: 'rename-table' as const, from, to: 'C' }]),
      { kind: 'rename-column', table: 'C', from: column, to: 'z z' },
    ];
    for (const [name, column] of [
      ['A', 'x'],
      ['B', 'y'],
      ['C', 'y'],
    ] as const) {
      const older = schemaOf(node(name, 'id', column));
      const found = renamesBetween(texts, older, last);
      assert.deepEqual(found, lastOf(name, column), name);
      assert.deepEqual(applyRenames(older, found), last);
    }
    assert.deepEqual(renamesBetween(texts, last, last), []);
    assert.deepEqual(renamesBetween(['A.x=y', 'A=B'], schemaOf(node('A', 'x')), schemaOf(node('B', 'y'))).length, 2);
    assert.deepEqual(renamesBetween(['A=B', 'A.x=y'], schemaOf(node('A', 'x')), schemaOf(node('B', 'y'))).length, 2);
  });

  it('are none where the newer side does not have the name', () => {
    assert.deepEqual(renamesBetween(texts, schemaOf(node('A', 'id')), schemaOf(node('Z', 'id'))), []);
  });
});
