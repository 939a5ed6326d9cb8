import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Dialect } from '../../src/core/dialect/dialect';
import { foldName } from '../../src/core/dialect/kuzu-names';
import { findDefinition, type SchemaObject } from '../../src/core/schema/definition';
import { type OutlineRow, outline } from '../../src/core/schema/outline';
import { printSchema } from '../../src/core/schema/print';
import { scan } from '../../src/core/script/scan';
import { anySchema } from './core-schema-arbitraries';

/** The statement and what of it is pointed at. */
function found(texts: readonly string[], object: SchemaObject, dialect: Dialect = 'cypher') {
  const place = findDefinition(texts, dialect, object);
  if (!place) return undefined;
  const text = texts[place.index] ?? '';
  return [place.index, text.slice(place.at, place.at + place.length)];
}

const USER = 'CREATE NODE TABLE IF NOT EXISTS `User` (id INT64 PRIMARY KEY, mail STRING)';
const KNOWS = 'CREATE REL TABLE Knows (FROM User TO User, since DATE)';

describe('the definition of an object', () => {
  it('is the statement that creates it, at its name', () => {
    const texts = [
      'CREATE SEQUENCE ids START 7',
      'CREATE MACRO twice(x) AS x * 2',
      'CREATE TYPE Mail AS STRING',
      USER,
      KNOWS,
      "CALL CREATE_FTS_INDEX('User', 'byMail', ['mail'])",
    ];
    assert.deepEqual(found(texts, { kind: 'sequence', name: 'ids' }), [0, 'ids']);
    assert.deepEqual(found(texts, { kind: 'macro', name: 'twice' }), [1, 'twice']);
    assert.deepEqual(found(texts, { kind: 'type', name: 'Mail' }), [2, 'Mail']);
    assert.deepEqual(found(texts, { kind: 'table', name: 'User' }), [3, '`User`']);
    assert.deepEqual(found(texts, { kind: 'column', table: 'User', name: 'mail' }), [3, 'mail']);
    assert.deepEqual(found(texts, { kind: 'column', table: 'Knows', name: 'since' }), [4, 'since']);
    const pair: SchemaObject = { kind: 'connection', table: 'Knows', name: 'Knows', from: 'User', to: 'User' };
    assert.deepEqual(found(texts, pair), [4, 'FROM']);
    assert.deepEqual(found(texts, { kind: 'index', table: 'User', name: 'byMail' }), [5, "'byMail'"]);
    assert.deepEqual(found(texts, { kind: 'any', name: 'twice' }), [1, 'twice']);
    assert.equal(found(texts, { kind: 'any', name: 'since' }), undefined);
    assert.equal(found(texts, { kind: 'column', table: 'User', name: 'since' }), undefined);
  });

  it('is the last change of it', () => {
    const texts = [
      USER,
      KNOWS,
      'ALTER TABLE User ADD age INT64',
      'ALTER TABLE User RENAME mail TO email',
      'ALTER TABLE Knows ADD FROM User TO City',
      "COMMENT ON TABLE User IS 'people'",
      'MATCH (u:User) SET u.age = 1',
    ];
    assert.deepEqual(found(texts, { kind: 'table', name: 'user' }), [3, 'User']);
    assert.deepEqual(found(texts, { kind: 'column', table: 'User', name: 'age' }), [2, 'age']);
    assert.deepEqual(found(texts, { kind: 'column', table: 'User', name: 'email' }), [3, 'email']);
    assert.deepEqual(found(texts, { kind: 'column', table: 'User', name: 'id' }), [0, 'id']);
    const pair: SchemaObject = { kind: 'connection', table: 'Knows', name: 'Knows', from: 'User', to: 'City' };
    assert.deepEqual(found(texts, pair), [4, 'FROM']);
  });

  it('is found under the older names of a table', () => {
    const texts = [USER, 'ALTER TABLE User RENAME TO Person', 'ALTER TABLE Person RENAME TO Human'];
    assert.deepEqual(found(texts, { kind: 'table', name: 'Human' }), [2, 'Human']);
    assert.deepEqual(found(texts, { kind: 'column', table: 'Human', name: 'mail' }), [0, 'mail']);
  });

  it('passes over a table that was dropped and made again', () => {
    assert.deepEqual(found([USER, 'DROP TABLE User', USER, 'DROP TABLE Other'], { kind: 'table', name: 'User' }), [
      2,
      '`User`',
    ]);
  });

  it('knows the schemas of DuckDB, and quoted names', () => {
    const texts = [
      'CREATE TABLE "Order" (id INTEGER PRIMARY KEY, "the total" DOUBLE)',
      'CREATE TABLE app."Order" (id INTEGER)',
      'ALTER TABLE app."Order" ADD COLUMN note VARCHAR',
      'CREATE OR REPLACE VIEW totals AS SELECT sum("the total") FROM "Order"',
      'CREATE INDEX by_total ON "Order" ("the total")',
      'ALTER TABLE app."Order" RENAME TO invoice',
    ];
    const sql = (object: SchemaObject) => found(texts, object, 'sql');
    assert.deepEqual(sql({ kind: 'table', sqlSchema: 'main', name: 'Order' }), [0, '"Order"']);
    assert.deepEqual(sql({ kind: 'column', sqlSchema: 'main', table: 'Order', name: 'the total' }), [0, '"the total"']);
    assert.deepEqual(sql({ kind: 'table', sqlSchema: 'app', name: 'invoice' }), [5, 'invoice']);
    assert.deepEqual(sql({ kind: 'column', sqlSchema: 'app', table: 'invoice', name: 'note' }), [2, 'note']);
    assert.deepEqual(sql({ kind: 'column', sqlSchema: 'app', table: 'invoice', name: 'id' }), [1, 'id']);
    assert.deepEqual(sql({ kind: 'view', sqlSchema: 'main', name: 'totals' }), [3, 'totals']);
    assert.deepEqual(sql({ kind: 'index', sqlSchema: 'main', table: 'Order', name: 'by_total' }), [4, 'by_total']);
  });

  it('of every object of a schema stands in its DDL, whatever it is called', () => {
    const objects = (rows: readonly OutlineRow[]): SchemaObject[] =>
      rows.flatMap(({ object, children }) => [...(object ? [object] : []), ...objects(children)]);
    const unquoted = (written: string) => written.replace(/^[`'](.*)[`']$/s, '$1').replace(/\\(.)/gs, '$1');
    fc.assert(
      fc.property(anySchema, (schema) => {
        const texts = scan(printSchema(schema), 'cypher').map(({ text }) => text);
        for (const object of objects(outline(schema))) {
          const [index, written] = found(texts, object) ?? [];
          assert.notEqual(index, undefined, JSON.stringify(object));
          const name = object.kind === 'connection' ? 'FROM' : object.name;
          assert.equal(foldName(unquoted(String(written))), foldName(name), JSON.stringify(object));
        }
      }),
    );
  });
});
