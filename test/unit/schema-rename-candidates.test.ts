import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Column, NodeTable, RelTable, Schema, SqlTable, Table } from '../../src/core/schema/model';
import { nameSimilarity } from '../../src/core/schema/name-similarity';
import { applyRenames } from '../../src/core/schema/rename';
import { resolveRenames } from '../../src/core/schema/rename-answer';
import type { RenameCandidate } from '../../src/core/schema/rename-candidate';
import { findRenames } from '../../src/core/schema/rename-candidates';
import { renameText } from '../../src/core/schema/rename-text';
import { en } from '../../src/core/text/en';
import { reworded, schemaPair } from './core-schema-arbitraries';

const EMPTY: Schema = { tables: [], sequences: [], macros: [], indexes: [], types: [] };
const schemaOf = (...tables: Table[]): Schema => ({ ...EMPTY, tables });

/** `id INT64`, with `STRING` as the type where none stands. */
const columnsOf = (texts: readonly string[]): Column[] =>
  texts.map((text) => ({ name: text.split(' ')[0] ?? '', type: text.split(' ')[1] ?? 'STRING' }));
const node = (name: string, ...texts: string[]): NodeTable => {
  const columns = columnsOf(texts);
  return { kind: 'node', name, columns, primaryKey: columns[0]?.name ?? '' };
};
const rel = (name: string, from: string, to: string, ...texts: string[]): RelTable => ({
  kind: 'rel',
  name,
  columns: columnsOf(texts),
  connections: [{ from, to }],
  multiplicity: 'MANY_MANY',
  storageDirection: 'both',
});
const sql = (schema: string, name: string, ...texts: string[]): SqlTable => ({
  kind: 'table',
  schema,
  name,
  columns: columnsOf(texts),
  constraints: [],
});

const found = (before: Schema, after: Schema) =>
  findRenames(before, after).map(({ rename, sure }) => `${renameText(rename)}${sure ? '' : '?'}`);
const keysOf = ({ evidence }: RenameCandidate) => evidence.map(({ key }) => key.replace('rename.evidence.', ''));

describe('what may have been renamed', () => {
  it('is a column of the same type in the same place, or with a similar name', () => {
    const table = (...names: string[]) => schemaOf(node('User', 'id INT64', ...names));
    assert.deepEqual(found(table('email', 'age INT64'), table('mail', 'age INT64')), ['User.email=mail']);
    assert.deepEqual(found(table('email', 'age INT64'), table('contact', 'age INT64')), ['User.email=contact']);
    assert.deepEqual(found(table('full_name', 'a', 'b'), table('a', 'b', 'fullName')), ['User.full_name=fullName']);
    assert.deepEqual(found(table('email', 'x'), table('x', 'born')), []);
    assert.deepEqual(found(table('email'), table('born DATE')), []);
  });

  it('says why', () => {
    const [one] = findRenames(schemaOf(node('U', 'id', 'email')), schemaOf(node('U', 'id', 'mail')));
    assert.ok(one);
    assert.deepEqual(keysOf(one), ['type', 'position', 'name']);
    assert.deepEqual(one.evidence[0]?.params, { type: 'STRING' });
    const [table] = findRenames(schemaOf(node('Users', 'id', 'a')), schemaOf(node('User', 'id', 'a')));
    assert.ok(table);
    assert.deepEqual(keysOf(table), ['columns', 'key', 'name']);
    for (const { evidence } of [one, table]) for (const { key } of evidence) assert.ok(key in en, key);
  });

  it('goes by the place where several went and came', () => {
    const before = schemaOf(node('T', 'id', 'a', 'b', 'c', 'last'));
    assert.deepEqual(found(before, schemaOf(node('T', 'id', 'x', 'y', 'z', 'last'))), ['T.a=x', 'T.b=y', 'T.c=z']);
  });

  it('is no key where the other is none', () => {
    const before = schemaOf(node('T', 'id INT64', 'n'));
    assert.deepEqual(found(before, schemaOf(node('T', 'key INT64', 'n'))), ['T.id=key']);
    const [a] = before.tables;
    assert.ok(a);
    const after = schemaOf({ ...node('T', 'n', 'key INT64'), primaryKey: 'n' });
    assert.deepEqual(found(before, after), []);
  });

  it('is a table of the same kind and shape, with the columns in it and the tables that connect it', () => {
    const before = schemaOf(node('User', 'id INT64', 'email', 'age INT64'), rel('Knows', 'User', 'User'));
    const after = schemaOf(node('Person', 'id INT64', 'mail', 'age INT64'), rel('Follows', 'Person', 'Person'));
    assert.deepEqual(found(before, after), ['Knows=Follows', 'User=Person', 'Person.email=mail']);
    const [, table, column] = findRenames(before, after);
    assert.equal(column?.under, table?.rename);
    assert.deepEqual(found(before, schemaOf(rel('Person', 'a', 'b', 'id INT64', 'email', 'age INT64'))), []);
  });

  it('may be a move of a SQL table of the same name and shape to another schema', () => {
    const before = schemaOf(sql('app', 'users', 'id', 'a', 'b'));
    const [one, ...others] = findRenames(before, schemaOf(sql('main', 'users', 'id', 'a', 'b')));
    assert.deepEqual(others, []);
    assert.deepEqual([one?.sure, one && renameText(one.rename)], [true, 'app.users=main.users']);
    assert.deepEqual(
      one?.evidence.map(({ key }) => key.replace('rename.evidence.', '')),
      ['columns', 'schema'],
    );
    const changed = findRenames(before, schemaOf(sql('main', 'users', 'id', 'a', 'c')));
    assert.deepEqual(
      changed.map(({ rename }) => renameText(rename)),
      ['app.users=main.users', 'users.b=c'],
    );
    assert.deepEqual(found(before, schemaOf(sql('main', 'users', 'x', 'y'))), []);
    assert.deepEqual(found(before, schemaOf(sql('main', 'people', 'id', 'a', 'b'))), []);
    assert.deepEqual(found(before, schemaOf(sql('app', 'people', 'id', 'a', 'b'))), ['app.users=app.people']);
  });

  it('asks twice where a table could as well have been renamed in its schema', () => {
    const before = schemaOf(sql('app', 'users', 'id', 'a', 'b'));
    const after = schemaOf(sql('main', 'users', 'id', 'a', 'b'), sql('app', 'users2', 'id', 'a', 'b'));
    assert.deepEqual(
      findRenames(before, after).map(({ rename, sure }) => [renameText(rename), sure]),
      [['app.users=main.users', false]],
    );
  });

  it('is offered with a doubt where another is about as good', () => {
    const before = schemaOf(node('User', 'id', 'a', 'b'));
    const after = schemaOf(node('Person', 'id', 'a', 'b'), node('Animal', 'id', 'a', 'b'));
    const [text = '', ...more] = found(before, after);
    assert.match(text, /^User=\w+\?$/);
    assert.deepEqual(more, []);
  });

  it('is asked no more once it is decided, and what is left is found beside it', () => {
    const before = schemaOf(node('User', 'id', 'email', 'x'), node('Thing', 'id'));
    const after = schemaOf(node('Alien', 'id', 'mail', 'x'), node('Thing', 'key'));
    const decided = resolveRenames(['User=Alien', 'Thing.id=key'], before, after);
    assert.deepEqual(
      findRenames(before, after, decided).map(({ rename }) => renameText(rename)),
      ['Alien.email=mail'],
    );
  });

  it('is one answer for each name, which the answer’s reader takes, and the same for other orders of the same', () => {
    fc.assert(
      fc.property(schemaPair, ([before, after]) => {
        const candidates = findRenames(before, after);
        const texts = candidates.map(({ rename }) => renameText(rename));
        assert.deepEqual(resolveRenames(texts, before, after).map(renameText), texts);
        for (const { score } of candidates) assert.ok(score >= 0.5 && score <= 1);
        const turned = (schema: Schema) => ({ ...schema, tables: [...schema.tables].reverse() });
        assert.deepEqual(findRenames(turned(before), turned(after)), candidates);
      }),
      { numRuns: 300 },
    );
  });

  it('is nothing between a schema and itself in other words', () => {
    fc.assert(
      fc.property(
        schemaPair.chain(([schema]) => fc.tuple(fc.constant(schema), reworded(schema))),
        ([schema, same]) => assert.deepEqual(findRenames(schema, same), []),
      ),
    );
  });

  it('is every rename of a schema whose tables are told apart by their columns', () => {
    const many = schemaOf(
      ...Array.from({ length: 30 }, (_, at) =>
        node(`Table${at}`, `id${at} INT64`, `a${at}`, `b${at} DATE`, `c${at} DOUBLE`),
      ),
    );
    const renames = many.tables.map(({ name }, at) => ({
      kind: 'rename-table' as const,
      from: name,
      to: `Other ${String.fromCharCode(65 + at)}`,
    }));
    const candidates = findRenames(many, applyRenames(many, renames));
    assert.equal(candidates.length, renames.length);
    assert.ok(candidates.every(({ sure }) => sure));
    assert.deepEqual(new Set(candidates.map(({ rename }) => renameText(rename))), new Set(renames.map(renameText)));
  });
});

describe('how alike two names are', () => {
  it('goes by their letters, without case and what joins words', () => {
    assert.equal(nameSimilarity('userId', 'user_id'), 1);
    assert.ok(nameSimilarity('email', 'mail') >= 0.8);
    assert.ok(nameSimilarity('name', 'fullName') >= 0.8);
    assert.ok(nameSimilarity('email', 'born') < 0.4);
    assert.equal(nameSimilarity('', '_'), 1);
    assert.equal(nameSimilarity('', 'a'), 0);
  });
});
