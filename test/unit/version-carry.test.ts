import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LogicalType } from '../../src/core/catalog/logical-type';
import { unitsOf } from '../../src/core/version/carry/unit';
import { endName, endOption, parseCopy } from '../../src/core/version/copy-statement';
import { sequencePosition } from '../../src/core/version/sequence-position';
import { intervalLiteral } from '../../src/core/version/values/interval';
import { literalOf } from '../../src/core/version/values/literal';
import { Shredder } from '../../src/core/version/values/shape';
import { isTree, treeOf } from '../../src/core/version/values/tree';
import { catalogWith, nodeTable } from '../support/catalog-builder';

const scalar = (id: string): LogicalType => ({ id, physical: 0 });
const listOf = (element: LogicalType): LogicalType => ({ id: 'LIST', physical: 22, element });
const structOf = (name: string, type: LogicalType): LogicalType => ({
  id: 'STRUCT',
  physical: 24,
  fields: [{ name, type }],
});

describe('the names of data files', () => {
  const names = (...tables: string[]) =>
    unitsOf(catalogWith(tables.map((name) => nodeTable(name)))).map(({ file }) => file);

  it('are those of the tables, without what a path or a pattern could be', () => {
    assert.deepEqual(names('User', 'my table', '日本'), ['my table', 'User', '日本']);
    for (const name of ['a/b', 'a\\b', 'a*', 'a?', 'a[b]', 'a{b}', 'a"b', "it's", 'a:b', '..']) {
      assert.match(names(name)[0] ?? '', /^[\p{L}_]+$/u, name);
    }
    assert.deepEqual(names('con', 'NUL'), ['_con', '_NUL']);
    assert.ok(new TextEncoder().encode(names('日'.repeat(250))[0]).length <= 200);
  });

  it('meet neither when two run together, nor on file systems that take two cases for one', () => {
    const catalog = catalogWith(
      [nodeTable('b_c'), nodeTable('c'), nodeTable('a_b_c_c')],
      [
        { name: 'a', pairs: [['b_c', 'c']] },
        { name: 'a_b', pairs: [['c', 'c']] },
      ],
    );
    assert.deepEqual(
      unitsOf(catalog).map(({ file }) => file),
      ['a_b_c_c', 'b_c', 'c', 'a_b_c_c-2', 'a_b_c_c-3'],
    );
    assert.deepEqual(names('Ä', 'ä'), ['Ä', 'ä-2']);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }), { maxLength: 8 }),
        (some) => {
          const files = names(...some).map((file) => file.toLowerCase());
          assert.equal(new Set(files).size, files.length);
        },
      ),
    );
  });
});

describe('the ends of a pair in copy.cypher', () => {
  it('are read back as they were written, whatever their names', () => {
    assert.equal(endOption('User'), "'User'");
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: fc.constantFrom("'", '\\', '"', 'a', ',', ')') }), (name) => {
        assert.equal(endName(endOption(name)), name);
        const copy = parseCopy(`COPY \`R\` (\`w\`) FROM "R.csv" (from=${endOption(name)}, to='T', header=true)`);
        assert.equal(endName(copy?.options.get('from') ?? ''), name);
      }),
    );
  });
});

describe('where a sequence is placed', () => {
  const base = { start: 5n, increment: 2n, min: 1n, max: 11n, current: 5n, usageCount: 0n };

  it('is its start, and as many steps as were taken, while these are few', () => {
    assert.deepEqual(sequencePosition(base), { start: 5n, steps: 0 });
    assert.deepEqual(sequencePosition({ ...base, current: 9n, usageCount: 3n }), { start: 5n, steps: 3 });
  });

  it('is the next value else, or a step behind the last where there is none', () => {
    const used = { ...base, max: 100n, current: 45n, usageCount: 21n };
    assert.deepEqual(sequencePosition(used), { start: 47n, steps: 0 });
    assert.deepEqual(sequencePosition({ ...used, max: 46n }), { start: 45n, steps: 1 });
    // It went round.
    assert.deepEqual(sequencePosition({ ...base, current: 3n, usageCount: 6n }), { start: 5n, steps: 0 });
  });
});

describe('values as expressions', () => {
  it('take an interval apart by sign, since no text of one may have a minus', () => {
    assert.equal(intervalLiteral('00:00:00'), "interval('0 days')");
    assert.equal(
      intervalLiteral('1 year 2 months -3 days 04:05:06.5'),
      "(interval('14 months 14706500000 us') - interval('3 days'))",
    );
    assert.equal(intervalLiteral('-00:00:00.000007'), "(interval('0 days') - interval('7 us'))");
    assert.throws(() => intervalLiteral('soon'), RangeError);
  });

  it('tell a NULL its type where nothing beside it does', () => {
    const points = listOf(structOf('x', scalar('INT64')));
    assert.equal(literalOf(points, null), 'NULL');
    assert.equal(literalOf(points, []), 'CAST([] AS STRUCT(x INT64)[])');
    assert.equal(literalOf(points, [null]), '[CAST(NULL AS STRUCT(x INT64))]');
    assert.equal(literalOf(points, [['7'], null]), '[{x: 7}, NULL]');
    assert.equal(literalOf(structOf('s', scalar('STRING')), [null]), '{s: CAST(NULL AS STRING)}');
  });

  it('write years before the first, quotes and numbers as the engine reads them', () => {
    assert.equal(literalOf(scalar('DATE'), '0001-12-31 (BC)'), "CAST('0000-12-31' AS DATE)");
    assert.equal(literalOf(scalar('STRING'), "it's \\"), "'it\\'s \\\\'");
    assert.equal(literalOf(scalar('INT64'), '-9223372036854775808'), "CAST('-9223372036854775808' AS INT64)");
  });

  it('never let a text out of its quotes', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('STRING', 'BLOB', 'DATE', 'json', 'INT64'), (text, id) => {
        const bare = literalOf(scalar(id), text).replace(/'(?:[^'\\]|\\[\s\S])*'/g, "''");
        assert.match(bare, /^(''|BLOB\(''\)|CAST\('' AS \w+\)|-?\d+)$/);
      }),
    );
  });

  it('refuse what is no value of the type', () => {
    assert.throws(() => literalOf(structOf('x', scalar('INT64')), 'x'), RangeError);
    assert.throws(() => literalOf(scalar('INT64'), ['1']), RangeError);
    assert.equal(isTree({ a: 1 }), false);
    assert.equal(isTree(['a', [null, ['b']]]), true);
  });
});

describe('values taken apart', () => {
  it('ask one query for the rows and one for each list, without a lambda', () => {
    const shredder = new Shredder('MATCH (t:T) WITH id(t) AS o, t', ['o']);
    const shape = shredder.shape(listOf(structOf('x', scalar('INT64'))), 't.v');
    assert.deepEqual(
      shredder.queries.map(({ positions }) => positions),
      [['o'], ['o', 'i1']],
    );
    assert.deepEqual(shredder.queries[1]?.cells, [
      'e1 IS NOT NULL',
      "CASE WHEN e1 IS NOT NULL THEN CAST(struct_extract(e1, 'x') AS STRING) ELSE NULL END",
    ]);
    const answers = [
      new Map([
        ['0', [2]],
        ['1', [null]],
      ]),
      new Map([
        ['0,1', [true, '7']],
        ['0,2', [false, null]],
      ]),
    ];
    assert.deepEqual(treeOf(shape, answers, '0'), [['7'], null]);
    assert.equal(treeOf(shape, answers, '1'), null);
  });
});
