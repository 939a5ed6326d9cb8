import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LogicalType } from '../../src/core/catalog/logical-type';
import type { Catalog } from '../../src/core/catalog/model';
import { enLosses } from '../../src/core/text/en-losses';
import { jaLosses } from '../../src/core/text/ja-losses';
import type { LossContext } from '../../src/core/version/loss';
import { findLosses, lossRules } from '../../src/core/version/losses';
import { catalogWith, column, nodeTable } from '../support/catalog-builder';

const root = process.env.KUZU_MIGRATE_ROOT ?? process.cwd();

const find = (catalog: Catalog, context: Partial<LossContext> = {}) =>
  findLosses({ catalog, format: 'parquet', schemaOnly: false, ...context });

const objects = (catalog: Catalog, code: string, context: Partial<LossContext> = {}) =>
  find(catalog, context)
    .losses.filter((loss) => loss.code === code)
    .map((loss) => `${loss.severity} ${loss.object}`);

const queries = (catalog: Catalog, code: string, context: Partial<LossContext> = {}) =>
  find(catalog, context)
    .probes.filter((probe) => probe.loss.code === code)
    .map((probe) => probe.query);

const scalar = (id: string): LogicalType => ({ id, physical: 0 });
const listOf = (element: LogicalType): LogicalType => ({ id: 'LIST', physical: 22, element });
const structOf = (name: string, type: LogicalType): LogicalType => ({
  id: 'STRUCT',
  physical: 24,
  fields: [{ name, type }],
});

describe('every rule about an export', () => {
  const codes = lossRules.map((rule) => rule.code);

  it('has a code of its own, in order, and a name', () => {
    // The codes of losses that versions have no more are never given again.
    assert.deepEqual(codes, [...new Set(codes)].sort());
    for (const code of codes) assert.match(code, /^KX0\d\d$/);
    assert.equal(new Set(lossRules.map((rule) => rule.name)).size, codes.length);
    for (const { name } of lossRules) assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('has an entry in the documentation that says what to do', () => {
    const text = readFileSync(path.join(root, 'docs/export-losses.md'), 'utf8');
    const entries = new Map(text.split(/^### /m).map((part) => [part.split('\n', 1)[0] ?? '', part]));
    for (const { code, name } of lossRules) {
      const entry = entries.get(`${code} ${name}`);
      assert.ok(entry, `${code} ${name}`);
      assert.match(entry, /^\*(warning|error|blocked)/m, code);
      assert.match(entry, /^\*\*Do:\*\*/m, code);
    }
    assert.equal([...entries.keys()].filter((heading) => heading.startsWith('KX')).length, codes.length);
  });

  it('has a sentence in both languages, with the same parameters', () => {
    assert.deepEqual(
      Object.keys(enLosses),
      [...codes.map((code) => `loss.${code}`), 'loss.other'],
    );
    const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    for (const [key, text] of Object.entries(enLosses)) {
      const japanese = jaLosses[key as keyof typeof enLosses];
      assert.deepEqual([...new Set(parameters(japanese))], [...new Set(parameters(text))], key);
      assert.match(text, /\.$/, key);
      assert.match(japanese, /。$/, key);
    }
  });
});

describe('a plain schema', () => {
  const plain = catalogWith(
    [nodeTable('Person', [column('id', 'INT64'), column('born', 'UUID'), column('tall', 'BOOL')])],
    [{ name: 'Knows', pairs: [['Person', 'Person']], columns: [column('rank', 'UINT16')] }],
  );

  it('has no loss and needs no query, in any format', () => {
    for (const format of ['parquet', 'csv'] as const) {
      for (const schemaOnly of [false, true]) {
        assert.deepEqual(find(plain, { format, schemaOnly }), { losses: [], probes: [] });
      }
    }
  });
});

describe('the queries of the rules', () => {
  const risky = [
    column('id', 'STRING'),
    column('n', 'INT128'),
    column('i', 'INTERVAL'),
    column('d', 'DOUBLE'),
    column('l', 'STRING[]', listOf(scalar('STRING'))),
    column('s', 'STRUCT(x INT64)', structOf('x', scalar('INT64'))),
    column('u', 'UNION(x INT64)', { ...structOf('tag', scalar('UINT16')), id: 'UNION' }),
    column('j', 'json'),
  ];
  const catalog = catalogWith(
    [nodeTable('my `` table', risky)],
    [
      { name: 'R', pairs: [['my `` table', 'my `` table']], columns: risky.slice(1) },
      { name: 'Backward', pairs: [['my `` table', 'my `` table']], columns: risky.slice(1), storageDirection: 'bwd' },
      { name: 'Empty', pairs: [], columns: risky.slice(1) },
    ],
  );

  it('only read, return one count and quote every name', () => {
    for (const format of ['parquet', 'csv'] as const) {
      const { probes } = find(catalog, { format });
      assert.ok(probes.length > 5);
      for (const { query } of probes) {
        assert.match(query, /^MATCH [\s\S]* RETURN [\s\S]* AS count$/);
        assert.doesNotMatch(query, /\b(CREATE|SET|DELETE|MERGE|COPY|CALL|DROP|ALTER|ANY)\b/);
        assert.match(query, /:`(my `` table|R)`/);
      }
    }
  });

  it('are not asked of a rel table that the engine can’t query or that would crash it', () => {
    const all = (['parquet', 'csv'] as const).flatMap((format) => find(catalog, { format }).probes);
    assert.ok(all.every(({ query }) => !/`(Backward|Empty)`/.test(query)));
  });

  it('are not asked at all for an export without data', () => {
    assert.deepEqual(find(catalog, { schemaOnly: true }).probes, []);
    assert.deepEqual(find(catalog, { schemaOnly: true, format: 'csv' }).probes, []);
  });

  it('unwind lists instead of using more than one lambda, which the engine answers wrongly', () => {
    const nested = column('v', '…', listOf(structOf('x', listOf(scalar('INT128')))));
    assert.deepEqual(queries(catalogWith([nodeTable('T', [nested])]), 'KX013'), [
      "MATCH (t:`T`) UNWIND t.`v` AS v1 WITH v1 WHERE v1 IS NOT NULL UNWIND struct_extract(v1, 'x') AS v3 " +
        'WITH v3 WHERE (CAST(CAST(v3 AS DOUBLE) AS INT128) <> v3 OR v3 > 85070591730234615865843651857942052864) ' +
        'WITH v3 LIMIT 1 RETURN count(*) AS count',
    ]);
  });
});

describe('the names of files', () => {
  it('meet when two pairs or tables run together', () => {
    const catalog = catalogWith(
      [nodeTable('b_c'), nodeTable('c'), nodeTable('a_b_c_c')],
      [
        { name: 'a', pairs: [['b_c', 'c']] },
        { name: 'a_b', pairs: [['c', 'c']] },
      ],
    );
    assert.deepEqual(objects(catalog, 'KX011'), ['error a(b_c->c)', 'error a_b(c->c)']);
    assert.deepEqual(objects(catalog, 'KX011', { schemaOnly: true }), []);
  });

  it('meet on other file systems when they differ in case or in how an accent is composed', () => {
    assert.deepEqual(objects(catalogWith([nodeTable('Ä'), nodeTable('ä')]), 'KX012'), ['warning ä']);
    assert.deepEqual(objects(catalogWith([nodeTable('é'), nodeTable('e\u0301')]), 'KX012'), ['warning e\u0301']);
    assert.deepEqual(objects(catalogWith([nodeTable('e'), nodeTable('é')]), 'KX012'), []);
    assert.deepEqual(objects(catalogWith([nodeTable('Ä'), nodeTable('ä')]), 'KX011'), []);
  });

  it('must be ones that the engine can write and read back', () => {
    const told = (name: string) => objects(catalogWith([nodeTable(name)]), 'KX030');
    for (const name of ['a/b', '//x', 'x'.repeat(248)]) assert.deepEqual(told(name), [`blocked ${name}`]);
    for (const name of ['a"b', 'a\\b', 'a[b]', 'a:b']) assert.deepEqual(told(name), [`error ${name}`]);
    for (const name of ["it's", 'a[]', 'ab:c', '~', '.', 'x y', 'x'.repeat(247)]) assert.deepEqual(told(name), []);
  });

  it('must be no pattern that another file fits', () => {
    assert.deepEqual(objects(catalogWith([nodeTable('a*'), nodeTable('ab.c')]), 'KX031'), ['error a*']);
    assert.deepEqual(objects(catalogWith([nodeTable('a?'), nodeTable('abc')]), 'KX031'), []);
    assert.deepEqual(objects(catalogWith([nodeTable('*')]), 'KX031'), []);
  });
});

describe('the names of keys, properties and tables', () => {
  const between = (key: string) =>
    objects(catalogWith([nodeTable('T', [column(key, 'INT64')])], [{ name: 'R', pairs: [['T', 'T']] }]), 'KX028');

  it('let a rel table be exported only at a key without quotes', () => {
    for (const key of ['my id', 'order', 'a-b', '1st']) assert.deepEqual(between(key), [`blocked T.${key}`]);
    for (const key of ['id', 'count', 'ключ', 'αβγ', 'naïve', '_x']) assert.deepEqual(between(key), []);
    assert.deepEqual(objects(catalogWith([nodeTable('T', [column('my id', 'INT64')])]), 'KX028'), []);
  });

  it('let a rel table be imported only without from and to', () => {
    const rel = (name: string) => ({ name: 'R', pairs: [['T', 'T']] as const, columns: [column(name, 'INT64')] });
    const told = (name: string) => objects(catalogWith([nodeTable('T')], [rel(name)]), 'KX029');
    assert.deepEqual(told('From'), ['error R.From']);
    assert.deepEqual(told('to'), ['error R.to']);
    assert.deepEqual(told('tome'), []);
    assert.deepEqual(objects(catalogWith([nodeTable('T', [column('from', 'INT64')])]), 'KX029'), []);
  });
});

describe('options of a CSV export', () => {
  it('that the engine writes twice are errors, others are not', () => {
    const csvOptions = { delim: "','", header: 'true', parallel: 'false', quote: "'x'" };
    const told = objects(catalogWith([]), 'KX025', { format: 'csv', csvOptions });
    assert.deepEqual(told, ['error delim', 'error quote']);
    assert.deepEqual(objects(catalogWith([]), 'KX025', { csvOptions }), []);
  });
});
