import assert from 'node:assert/strict';
import { canCast, castColumn } from '../../src/core/schema/plan/cypher-cast';

describe('a cast of the engine', () => {
  const cast = (before: string, after: string) => castColumn('o', { name: 'v', type: before }, after);

  it('is there between numbers, between times, to and from text, and inside of lists and maps', () => {
    assert.ok(canCast('INT64', 'DECIMAL(10, 2)'));
    assert.ok(canCast('DATE', 'TIMESTAMP_NS'));
    assert.ok(canCast('STRING', 'INT64[]'));
    assert.ok(canCast('STRUCT(a INT64, `b c` INT64)[]', 'STRUCT(a STRING, `b c` DOUBLE)[]'));
    assert.ok(canCast('MAP(STRING, INT64)', 'MAP(STRING, DOUBLE)'));
    assert.ok(canCast('INT64[2]', 'STRING[]'));
    assert.ok(!canCast('BOOL', 'INT64'));
    assert.ok(!canCast('INT64', 'INT64[]'));
    assert.ok(!canCast('DATE[]', 'INT64[]'));
    assert.ok(!canCast('STRUCT(a INT64)[]', 'STRUCT(b INT64)[]'));
    assert.ok(!canCast('STRUCT(a INT64)[]', 'STRUCT(a INT64, b INT64)[]'));
    assert.ok(!canCast('STRING', 'JSON'));
  });

  it('is not there where the engine’s own gives other values, crashes or stops at a NULL', () => {
    for (const [before, after] of [
      ['DECIMAL(10, 2)', 'STRING'],
      ['DECIMAL(10, 2)[]', 'DECIMAL(14, 4)[]'],
      ['DECIMAL(10, 2)[]', 'STRING'],
      ['MAP(STRING, DECIMAL(10, 2))', 'MAP(STRING, DECIMAL(14, 2))'],
      ['STRING[]', 'DECIMAL(10, 2)[]'],
      ['STRUCT(a STRING)', 'STRUCT(a INT64)'],
      ['STRUCT(a STRING)[]', 'STRUCT(a INT64)[]'],
      ['FLOAT[2]', 'FLOAT[3]'],
      ['FLOAT[2][]', 'FLOAT[3][]'],
    ] as const) {
      assert.ok(!canCast(before, after), `${before} to ${after}`);
    }
  });

  it('keeps the sign of a decimal number that becomes a text', () => {
    assert.equal(
      castColumn('o', { name: 'when', type: 'DECIMAL(4, 2)' }, 'STRING'),
      "CASE WHEN CAST(o.`when` AS DOUBLE) < 0 THEN concat('-', CAST(-o.`when` AS STRING)) ELSE CAST(o.`when` AS STRING) END",
    );
    assert.equal(castColumn('o', { name: 'id', type: 'SERIAL' }, 'INT64'), 'o.id');
    assert.equal(cast('BOOL', 'INT64'), undefined);
  });

  it('takes the elements of a list one by one where they are decimal numbers', () => {
    assert.equal(cast('DECIMAL(4, 2)[]', 'DECIMAL(9, 4)[]'), 'list_transform(o.v, x -> CAST(x AS DECIMAL(9, 4)))');
    assert.equal(
      cast('STRING[2]', 'DECIMAL(9, 4)[2]'),
      'CAST(list_transform(CAST(o.v AS STRING[]), x -> CAST(x AS DECIMAL(9, 4))) AS DECIMAL(9, 4)[2])',
    );
    assert.match(cast('DECIMAL(4, 2)[]', 'STRING') ?? '', /^CAST\(list_transform\(o\.v, x -> CASE .*\) AS STRING\)$/);
  });

  it('takes a struct field by field, and looks for its NULL before it casts a field', () => {
    assert.equal(
      cast('STRUCT(a STRING, b INT64)', 'STRUCT(a DATE, b INT64)'),
      "CASE WHEN o.v IS NULL THEN NULL ELSE struct_pack(a := CAST(CASE WHEN o.v IS NULL THEN NULL ELSE struct_extract(o.v, 'a') END AS DATE), " +
        "b := struct_extract(o.v, 'b')) END",
    );
    const inner = "struct_extract(o.v, 'a')";
    assert.ok(
      cast('STRUCT(a STRUCT(b STRING))', 'STRUCT(a STRUCT(b INT64))')?.includes(
        `CAST(CASE WHEN o.v IS NULL OR ${inner} IS NULL THEN NULL ELSE struct_extract(${inner}, 'b') END AS INT64)`,
      ),
    );
  });

  it('is none where parts could not be taken one by one', () => {
    for (const [before, after] of [
      ['DECIMAL(4, 2)[][]', 'DECIMAL(9, 4)[][]'],
      ['MAP(STRING, DECIMAL(4, 2))', 'MAP(STRING, DECIMAL(9, 4))'],
      ['MAP(STRING, DECIMAL(4, 2))', 'STRING'],
      ['STRUCT(a DECIMAL(4, 2))[]', 'STRUCT(a DECIMAL(9, 4))[]'],
      ['STRUCT(a STRING)[]', 'STRUCT(a INT64)[]'],
      ['STRUCT(a FLOAT[2])', 'STRUCT(a FLOAT[3])'],
      ['FLOAT[2]', 'FLOAT[3]'],
      ['UNION(a DECIMAL(4, 2), b STRING)', 'STRING'],
    ] as const) {
      assert.equal(cast(before, after), undefined, `${before} to ${after}`);
    }
  });
});
