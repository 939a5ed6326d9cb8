import assert from 'node:assert/strict';
import { isBoxed } from '../../src/core/version/sql/boxed';
import { carrierType, holdsInCsv } from '../../src/core/version/sql/carrier';
import { catalogOf } from '../../src/core/version/sql/catalog';
import { parseSqlCopy, printSqlCopy } from '../../src/core/version/sql/load-statement';
import { tableName } from '../../src/core/version/sql/table-name';

describe('a version of DuckDB', () => {
  it('carries in parquet as text what parquet does not hold, however deep', () => {
    const cases = {
      INTEGER: 'INTEGER',
      HUGEINT: 'VARCHAR',
      'VARCHAR COLLATE nocase': 'VARCHAR',
      'INTERVAL[3][]': 'VARCHAR[3][]',
      'STRUCT(hugeint HUGEINT, "a ""b" TIME WITH TIME ZONE[])': 'STRUCT(hugeint VARCHAR, "a ""b" VARCHAR[])',
      'MAP(VARCHAR, STRUCT(a INTERVAL))': 'MAP(VARCHAR, STRUCT(a VARCHAR))',
      'UNION(n INTEGER, d DECIMAL(4, 1))': 'UNION(n VARCHAR, d VARCHAR)',
      "ENUM('HUGEINT', 'a)')": "ENUM('HUGEINT', 'a)')",
    };
    for (const [type, carrier] of Object.entries(cases)) assert.equal(carrierType(type), carrier);
  });

  it('tells which types parquet holds only as others, and which CSV does not', () => {
    assert.deepEqual(
      [
        'UNION(a INTEGER)',
        'UNION(a INTEGER)[]',
        'UNION(a INTEGER[])',
        'STRUCT(u UNION(a INTEGER)[])',
        'MAP(VARCHAR, STRUCT(u UNION(a INTEGER)))',
      ].map(isBoxed),
      [false, false, true, true, true],
    );
    assert.deepEqual(['VARCHAR', "ENUM('STRUCT(')", 'INTEGER[]', 'VARIANT'].map(holdsInCsv), [
      true,
      true,
      false,
      false,
    ]);
  });

  it('reads a COPY as we and the engine write it, and no other statement', () => {
    const text = `COPY app."a ""t" (a, "b c") FROM 'it''s.csv' (FORMAT csv, DELIMITER ',', HEADER)`;
    const copy = parseSqlCopy(text);
    assert.ok(copy);
    assert.deepEqual([copy.schema, copy.name, copy.columns, copy.file], ['app', 'a "t', ['a', 'b c'], "it's.csv"]);
    assert.equal(printSqlCopy(copy, 'app."a ""t"', copy.file), text);
    for (const other of [
      `COPY t TO 'x.csv'`,
      `COPY (SELECT 1) TO 'x.csv'`,
      `COPY other.app.t FROM 'x.csv'`,
      `COPY t FROM 'x.csv' (FORMAT csv); DROP TABLE t`,
      `COPY t FROM 'x.csv' (STORE_REJECTS true)`,
      `INSERT INTO t FROM 'x.csv'`,
    ]) {
      assert.equal(parseSqlCopy(other), undefined, other);
    }
  });

  it('has one name for each table, whatever stands in it', () => {
    const names = [
      tableName({ schema: 'main', name: 'a.b' }),
      tableName({ schema: 'a', name: 'b' }),
      tableName({ schema: 'main', name: 'a b' }),
    ];
    assert.deepEqual(names, ['"a.b"', 'a.b', 'a b']);
    assert.deepEqual(['app.duckdb', '.app.x', 'app'].map(catalogOf), ['app', 'app', 'app']);
  });
});
