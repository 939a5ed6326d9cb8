import type { LossCase } from '../../support/loss-case';

const T = 'CREATE NODE TABLE T(id INT64 PRIMARY KEY)';
const REL = 'CREATE REL TABLE R(FROM T TO T)';
const tables = ['CALL show_tables() RETURN name, comment ORDER BY name'];
const nextSerial = ['CREATE (t:T) RETURN t.id'];

export const schemaCases: readonly LossCase[] = [
  {
    code: 'KX001',
    title: 'a default is dropped, a column without one is whole',
    loses: {
      statements: ['CREATE NODE TABLE T(id INT64 PRIMARY KEY, n INT64 DEFAULT -5)'],
      checks: ['CREATE (t:T {id: 1}) RETURN t.n'],
    },
    keeps: {
      statements: ['CREATE NODE TABLE T(id INT64 PRIMARY KEY, n INT64 DEFAULT NULL)'],
      checks: ['CREATE (t:T {id: 1}) RETURN t.n'],
    },
  },
  {
    code: 'KX001',
    title: 'with the default of a key goes the way to insert a row at all; SERIAL keeps it',
    loses: {
      statements: ['CREATE SEQUENCE s', "CREATE NODE TABLE T(id INT64 DEFAULT nextval('s') PRIMARY KEY)"],
      checks: ['CREATE (t:T) RETURN count(*) AS n'],
    },
    keeps: {
      statements: ['CREATE NODE TABLE T(id SERIAL PRIMARY KEY)', 'CREATE (:T)'],
      checks: nextSerial,
    },
  },
  {
    code: 'KX001',
    title: 'of rel tables, too',
    loses: {
      statements: [T, 'CREATE (:T {id: 1})', 'CREATE REL TABLE R(FROM T TO T, since INT64 DEFAULT 2020)'],
      checks: ['MATCH (t:T) CREATE (t)-[r:R]->(t) RETURN r.since'],
    },
    keeps: {
      statements: [T, 'CREATE (:T {id: 1})', 'CREATE REL TABLE R(FROM T TO T, since INT64)'],
      checks: ['MATCH (t:T) CREATE (t)-[r:R]->(t) RETURN r.since'],
    },
  },
  {
    code: 'KX002',
    title: 'a comment is dropped, and one that was taken back is no loss',
    loses: { statements: [T, "COMMENT ON TABLE T IS 'people'"], checks: tables },
    keeps: { statements: [T, "COMMENT ON TABLE T IS 'people'", "COMMENT ON TABLE T IS ''"], checks: tables },
  },
  {
    code: 'KX003',
    title: 'a user type is dropped, while its columns keep the type that it stands for',
    loses: {
      statements: ['CREATE TYPE Money AS DECIMAL(10, 2)'],
      checks: ['RETURN CAST(1 AS Money) AS x'],
    },
    keeps: {
      statements: ['CREATE NODE TABLE T(id INT64 PRIMARY KEY, j JSON)'],
      checks: ["CALL table_info('T') RETURN *"],
    },
  },
  {
    code: 'KX004',
    title: 'parentheses that matter are lost, others are not needed',
    loses: { statements: ['CREATE MACRO m(x, y := 3) AS (x + y) * 2'], checks: ['RETURN m(2) AS v'] },
    keeps: { statements: ['CREATE MACRO m(x, y := 3) AS (x * y) + abs((x - y) * 2)'], checks: ['RETURN m(2) AS v'] },
  },
  {
    code: 'KX004',
    title: 'the minus of a number is lost, one inside of a call is not',
    loses: { statements: ['CREATE MACRO m(x) AS x * -2'], checks: ['RETURN m(2) AS v'] },
    keeps: { statements: ['CREATE MACRO m(x) AS abs(x * -2)'], checks: ['RETURN m(2) AS v'] },
  },
  {
    code: 'KX004',
    title: 'what is subtracted loses its parentheses',
    loses: { statements: ['CREATE MACRO m(x) AS (x - 1) - (x - 2)'], checks: ['RETURN m(2) AS v'] },
    keeps: { statements: ['CREATE MACRO m(x) AS (x - 1) - x - 2'], checks: ['RETURN m(2) AS v'] },
  },
  {
    code: 'KX005',
    title: 'a sequence that was never used loses its first value, a used one continues',
    loses: { statements: ['CREATE SEQUENCE s START 5'], checks: ["RETURN nextval('s') AS v"] },
    keeps: { statements: ['CREATE SEQUENCE s START 5', "RETURN nextval('s')"], checks: ["RETURN nextval('s') AS v"] },
  },
  {
    code: 'KX006',
    title: 'the start of a sequence becomes its last value',
    loses: {
      statements: ['CREATE SEQUENCE s START 5', "RETURN nextval('s')", "RETURN nextval('s')"],
      checks: ['CALL show_sequences() RETURN name, `start value`'],
    },
    keeps: {
      statements: ['CREATE SEQUENCE s START 5', "RETURN nextval('s')"],
      checks: ['CALL show_sequences() RETURN name, `start value`'],
    },
  },
  {
    code: 'KX007',
    title: 'a SERIAL column that was never used starts at 1, a used one continues',
    loses: { statements: ['CREATE NODE TABLE T(id SERIAL PRIMARY KEY)'], checks: nextSerial },
    keeps: { statements: ['CREATE NODE TABLE T(id SERIAL PRIMARY KEY)', 'CREATE (:T)'], checks: nextSerial },
  },
  {
    code: 'KX008',
    title: 'the numbering of a renamed table starts again, a table that got its old name back continues',
    loses: {
      statements: ['CREATE NODE TABLE S(id SERIAL PRIMARY KEY)', 'CREATE (:S)', 'ALTER TABLE S RENAME TO T'],
      checks: nextSerial,
    },
    keeps: {
      statements: [
        'CREATE NODE TABLE T(id SERIAL PRIMARY KEY)',
        'CREATE (:T)',
        'ALTER TABLE T RENAME TO S',
        'ALTER TABLE S RENAME TO T',
      ],
      checks: nextSerial,
    },
  },
  {
    code: 'KX008',
    title: 'that of a renamed column, too, while renaming another column does no harm',
    loses: {
      statements: ['CREATE NODE TABLE T(n SERIAL PRIMARY KEY)', 'CREATE (:T)', 'ALTER TABLE T RENAME n TO id'],
      checks: nextSerial,
    },
    keeps: {
      statements: ['CREATE NODE TABLE T(id SERIAL PRIMARY KEY, a INT64)', 'CREATE (:T)', 'ALTER TABLE T RENAME a TO b'],
      checks: nextSerial,
    },
  },
  {
    code: 'KX009',
    title: 'a rel table that stores one direction stores both',
    loses: {
      statements: [T, "CREATE REL TABLE R(FROM T TO T, w INT64) WITH (storage_direction='fwd')"],
      checks: ["CALL table_info('R') RETURN *"],
    },
    keeps: {
      statements: [T, "CREATE REL TABLE R(FROM T TO T, w INT64) WITH (storage_direction='both')"],
      checks: ["CALL table_info('R') RETURN *"],
    },
  },
  {
    code: 'KX010',
    title: 'a rel table that stores the backward direction stops the export',
    loses: { statements: [T, `${REL} WITH (storage_direction='bwd')`], checks: tables },
    keeps: { statements: [T, REL], checks: tables },
  },
  {
    code: 'KX010',
    title: 'that of the schema alone, too',
    loses: { statements: [T, `${REL} WITH (storage_direction='bwd')`], checks: tables, schemaOnly: true },
    keeps: { statements: [T, REL], checks: tables, schemaOnly: true },
  },
  {
    code: 'KX034',
    title: 'a field name with a colon is not read back, another quoted one is',
    loses: {
      statements: ['CREATE NODE TABLE T(id INT64 PRIMARY KEY, s STRUCT(`x:y` INT64)[])'],
      checks: tables,
    },
    keeps: {
      statements: ['CREATE NODE TABLE T(id INT64 PRIMARY KEY, s STRUCT(`x-y` INT64, `order` STRING)[])'],
      checks: ["CALL table_info('T') RETURN *"],
    },
  },
  {
    code: 'KX035',
    title: 'a parameter that needs quotes is not read back',
    loses: { statements: ['CREATE MACRO m(`my x`) AS 1'], checks: ['RETURN m(1) AS v'] },
    keeps: { statements: ['CREATE MACRO m(`x`) AS x + 1'], checks: ['RETURN m(1) AS v'] },
  },
  {
    code: 'KX036',
    title: 'a rel table without a pair crashes the export',
    loses: {
      statements: [T, REL, 'ALTER TABLE R DROP FROM T TO T'],
      checks: tables,
    },
    keeps: {
      statements: [
        T,
        'CREATE NODE TABLE U(id INT64 PRIMARY KEY)',
        'CREATE REL TABLE R(FROM T TO U, FROM U TO T)',
        'ALTER TABLE R DROP FROM T TO U',
      ],
      checks: ["CALL show_connection('R') RETURN *"],
    },
  },
  {
    code: 'KX036',
    title: 'that of the schema alone, too',
    loses: {
      statements: [T, REL, 'ALTER TABLE R DROP FROM T TO T'],
      checks: tables,
      schemaOnly: true,
    },
    keeps: { statements: [T, REL], checks: tables, schemaOnly: true },
  },
  {
    code: 'KX037',
    title: 'a macro that compares makes the imported database one that never opens again',
    loses: {
      statements: ['CREATE MACRO m(x) AS CASE WHEN x > 0 THEN 1 ELSE 2 END'],
      checks: ['RETURN m(1) AS v'],
      exportsAtOnce: true,
    },
    keeps: {
      statements: ['CREATE MACRO m(x) AS CASE sign(x) WHEN 1 THEN 1 ELSE 2 END'],
      checks: ['RETURN m(1) AS v'],
      exportsAtOnce: true,
    },
  },
  {
    code: 'KX037',
    title: 'so does one with a lambda',
    loses: {
      statements: ['CREATE MACRO m(x) AS list_transform(x, v -> v + 1)'],
      checks: ['RETURN m([1]) AS v'],
      exportsAtOnce: true,
    },
    keeps: {
      statements: ['CREATE MACRO m(x) AS list_sort(x)'],
      checks: ['RETURN m([1]) AS v'],
      exportsAtOnce: true,
    },
  },
];
