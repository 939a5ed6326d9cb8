import type { LossCase } from '../../support/loss-case';

const T = 'CREATE NODE TABLE T(id INT64 PRIMARY KEY)';
const REL = 'CREATE REL TABLE R(FROM T TO T)';
const tables = ['CALL show_tables() RETURN name, comment ORDER BY name'];
const nextSerial = ['CREATE (t:T) RETURN t.id'];

export const schemaCases: readonly LossCase[] = [
  {
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
    title: 'a comment is dropped, and one that was taken back is no loss',
    loses: { statements: [T, "COMMENT ON TABLE T IS 'people'"], checks: tables },
    keeps: { statements: [T, "COMMENT ON TABLE T IS 'people'", "COMMENT ON TABLE T IS ''"], checks: tables },
  },
  {
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
    title: 'parentheses that matter are lost, others are not needed',
    loses: { statements: ['CREATE MACRO m(x, y := 3) AS (x + y) * 2'], checks: ['RETURN m(2) AS v'] },
    keeps: { statements: ['CREATE MACRO m(x, y := 3) AS (x * y) + abs((x - y) * 2)'], checks: ['RETURN m(2) AS v'] },
  },
  {
    title: 'the minus of a number is lost, one inside of a call is not',
    loses: { statements: ['CREATE MACRO m(x) AS x * -2'], checks: ['RETURN m(2) AS v'] },
    keeps: { statements: ['CREATE MACRO m(x) AS abs(x * -2)'], checks: ['RETURN m(2) AS v'] },
  },
  {
    title: 'what is subtracted loses its parentheses',
    loses: { statements: ['CREATE MACRO m(x) AS (x - 1) - (x - 2)'], checks: ['RETURN m(2) AS v'] },
    keeps: { statements: ['CREATE MACRO m(x) AS (x - 1) - x - 2'], checks: ['RETURN m(2) AS v'] },
  },
  {
    title: 'a sequence that was never used loses its first value, a used one continues',
    loses: { statements: ['CREATE SEQUENCE s START 5'], checks: ["RETURN nextval('s') AS v"] },
    keeps: { statements: ['CREATE SEQUENCE s START 5', "RETURN nextval('s')"], checks: ["RETURN nextval('s') AS v"] },
  },
  {
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
    title: 'a SERIAL column that was never used starts at 1, a used one continues',
    loses: { statements: ['CREATE NODE TABLE T(id SERIAL PRIMARY KEY)'], checks: nextSerial },
    keeps: { statements: ['CREATE NODE TABLE T(id SERIAL PRIMARY KEY)', 'CREATE (:T)'], checks: nextSerial },
  },
  {
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
    refused: 'KX010',
    title: 'a rel table that stores the backward direction stops the export',
    loses: { statements: [T, `${REL} WITH (storage_direction='bwd')`], checks: tables },
    keeps: { statements: [T, REL], checks: tables },
  },
  {
    refused: 'KX010',
    title: 'that of the schema alone, too',
    loses: { statements: [T, `${REL} WITH (storage_direction='bwd')`], checks: tables, schemaOnly: true },
    keeps: { statements: [T, REL], checks: tables, schemaOnly: true },
  },
  {
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
    title: 'a parameter that needs quotes is not read back',
    loses: { statements: ['CREATE MACRO m(`my x`) AS 1'], checks: ['RETURN m(1) AS v'] },
    keeps: { statements: ['CREATE MACRO m(`x`) AS x + 1'], checks: ['RETURN m(1) AS v'] },
  },
  {
    refused: 'KX036',
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
    refused: 'KX036',
    title: 'that of the schema alone, too',
    loses: {
      statements: [T, REL, 'ALTER TABLE R DROP FROM T TO T'],
      checks: tables,
      schemaOnly: true,
    },
    keeps: { statements: [T, REL], checks: tables, schemaOnly: true },
  },
];
