import assert from 'node:assert/strict';
import { castColumn } from '../../src/core/schema/plan/sql-cast';
import { hasInnerEnum, sqlTypeOf } from '../../src/core/schema/sql-type';

describe('a type of DuckDB', () => {
  it('is taken apart, whatever stands in names and labels', () => {
    assert.deepEqual(sqlTypeOf('INTEGER[3][]'), { kind: 'list', element: 'INTEGER[3]' });
    assert.deepEqual(sqlTypeOf('INTEGER[][3]'), { kind: 'list', element: 'INTEGER[]', size: '3' });
    assert.deepEqual(sqlTypeOf("ENUM('a, b)', 'it''s')"), { kind: 'enum', labels: ["'a, b)'", "'it''s'"] });
    assert.deepEqual(sqlTypeOf('MAP(VARCHAR, STRUCT(a DECIMAL(10, 2)))'), {
      kind: 'map',
      key: 'VARCHAR',
      value: 'STRUCT(a DECIMAL(10, 2))',
    });
    assert.deepEqual(sqlTypeOf('UNION("a ""(b" DECIMAL(10, 2), n ENUM(\'x\')[])'), {
      kind: 'union',
      parts: [
        { name: 'a "(b', written: '"a ""(b"', type: 'DECIMAL(10, 2)' },
        { name: 'n', written: 'n', type: "ENUM('x')[]" },
      ],
    });
    assert.deepEqual(sqlTypeOf('VARCHAR COLLATE nocase'), { kind: 'plain' });
  });

  it('has labels inside, or is them itself', () => {
    const types = ["ENUM('a')", "ENUM('a')[]", "STRUCT(l MAP(VARCHAR, ENUM('a')))", 'STRUCT(a VARCHAR)', 'VARCHAR'];
    assert.deepEqual(types.map(hasInnerEnum), [false, true, true, false, false]);
  });
});

describe('a value of another type on DuckDB', () => {
  it('is one CAST where the engine has that, and is taken apart where it has not', () => {
    const cast = (before: string, after: string) => castColumn('c d', before, after, 't.c d');
    assert.equal(cast('INTEGER', 'VARCHAR COLLATE nocase'), 'CAST("c d" AS VARCHAR)');
    assert.equal(
      cast('STRUCT(a INTEGER)[]', 'STRUCT(b DATE, a BIGINT)[]'),
      'CAST("c d" AS STRUCT(b DATE, a BIGINT)[])',
    );
    assert.equal(cast('UNION(a INTEGER)', 'UNION(b DATE, a BIGINT)'), 'CAST("c d" AS UNION(b DATE, a BIGINT))');
    assert.equal(
      cast('DATE', 'UNION(d DATE, n INTEGER)'),
      'list_extract([CAST(union_value(d := "c d") AS UNION(d DATE, n INTEGER))], CASE WHEN "c d" IS NOT NULL THEN 1 END)',
    );
    assert.equal(
      cast('UNION(a INTEGER, b DATE)', 'UNION(a INTEGER)'),
      `list_extract([CAST(union_value(a := union_extract("c d", 'a')) AS UNION(a INTEGER))], CASE WHEN "c d" IS NULL THEN NULL ` +
        `WHEN union_tag("c d") = 'a' THEN 1 ELSE CAST(error('t.c d: no value of UNION(a INTEGER): ' || CAST("c d" AS VARCHAR)) AS INTEGER) END)`,
    );
  });
});
