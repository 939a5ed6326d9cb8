import fc from 'fast-check';
import { quoteSqlName, quoteSqlString } from '../../src/core/dialect/sql-names';

/** Statements that make a random schema on DuckDB, each valid where it stands. */

// A digit at the end keeps them apart; their order by name says nothing about what needs what.
const WORDS = [
  't',
  'order',
  'with space',
  '名前',
  'Ünï',
  'a"b',
  'x;y',
  "it's",
  'AS',
  'from(',
  'value',
  'Z',
  'position',
];

const column = fc.constantFrom(
  'INTEGER',
  'BIGINT NOT NULL',
  "VARCHAR DEFAULT 'it''s; (x'",
  'VARCHAR COLLATE nocase',
  'DECIMAL(10, 2) DEFAULT 1.50',
  'INTEGER[]',
  'STRUCT(a INTEGER, "b c" VARCHAR[])',
  'MAP(VARCHAR, INTEGER)',
  "ENUM('x', 'y, z')",
  'TIMESTAMP DEFAULT current_timestamp',
  "INTERVAL DEFAULT INTERVAL '1' DAY",
  'UUID DEFAULT uuid()',
  'BOOLEAN DEFAULT true',
  'DOUBLE DEFAULT -1e10',
  'UNION(n INTEGER, s VARCHAR)',
  'JSON',
  'HUGEINT UNIQUE',
  'INTEGER CHECK (id > 0)',
  'INTEGER GENERATED ALWAYS AS (id + 1)',
  "DATE DEFAULT DATE '2020-01-01'",
);

const name = (prefix: string) =>
  fc.tuple(fc.constantFrom(...WORDS), fc.nat(999)).map(([word, at]) => `${prefix}${word}${at}`);

interface Made {
  readonly statements: string[];
  readonly tables: string[];
  /** What a view can select `id` from. */
  readonly sources: string[];
  readonly names: Set<string>;
}

interface Step {
  readonly kind: 'type' | 'sequence' | 'macro' | 'table' | 'view' | 'rows' | 'index' | 'comment';
  readonly name: string;
  readonly inApp: boolean;
  readonly columns: readonly (readonly [string, string])[];
  readonly pick: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('type', 'sequence', 'macro', 'table', 'table', 'view', 'view', 'rows', 'index', 'comment'),
  name: name(''),
  inApp: fc.boolean(),
  columns: fc.uniqueArray(fc.tuple(name('c'), column), { maxLength: 4, selector: ([text]) => text.toLowerCase() }),
  pick: fc.nat(1000),
});

export const schemaStatements: fc.Arbitrary<readonly string[]> = fc
  .array(step, { minLength: 1, maxLength: 12 })
  .map((steps) => {
    const made: Made = { statements: ['CREATE SCHEMA app'], tables: [], sources: [], names: new Set() };
    for (const one of steps) {
      const key = one.name.toLowerCase();
      if (made.names.has(key)) continue;
      made.names.add(key);
      made.statements.push(...statementsOf(one, made));
    }
    return made.statements;
  });

function statementsOf(one: Step, made: Made): string[] {
  const plain = quoteSqlName(one.name);
  const full = one.inApp ? `app.${plain}` : plain;
  const source = made.sources[one.pick % Math.max(made.sources.length, 1)];
  const table = made.tables[one.pick % Math.max(made.tables.length, 1)];
  switch (one.kind) {
    case 'type':
      return [`CREATE TYPE ${full} AS ${one.pick % 2 ? "ENUM ('a', 'it''s')" : 'STRUCT(a INTEGER, "b""c" VARCHAR)'}`];
    case 'sequence':
      return [`CREATE SEQUENCE ${full} START ${one.pick + 1}${one.pick % 2 ? ' INCREMENT 3 MAXVALUE 5000 CYCLE' : ''}`];
    case 'macro':
      return [
        source === undefined
          ? `CREATE MACRO ${full}(x, "y z" := 'a, (b') AS x`
          : `CREATE MACRO ${full}(x) AS (SELECT max(id) + x FROM ${source})`,
      ];
    case 'table': {
      made.tables.push(full);
      made.sources.push(full);
      const key = one.pick % 3 ? 'id INTEGER PRIMARY KEY' : 'id INTEGER, UNIQUE (id)';
      const columns = one.columns.map(([text, type]) => `, ${quoteSqlName(text)} ${type}`).join('');
      // A key to a table of the same schema, or to itself.
      const sameSchema = table?.startsWith('app.') === one.inApp ? table : undefined;
      const foreign = one.pick % 2 && sameSchema !== undefined ? `, up INTEGER REFERENCES ${sameSchema} (id)` : '';
      return [`CREATE TABLE ${full} (${key}${columns}${foreign})`];
    }
    case 'view':
      made.sources.push(full);
      return [`CREATE VIEW ${full} AS SELECT ${source === undefined ? '1 AS id' : `id, 'x' AS n FROM ${source}`}`];
    case 'rows':
      return [
        `CREATE MACRO ${full}(least, n := 3) AS TABLE SELECT ${source === undefined ? '1' : `* FROM ${source}`} LIMIT n`,
      ];
    case 'index':
      return table === undefined ? [] : [`CREATE INDEX ${plain} ON ${table} (${one.pick % 2 ? 'id' : '(id + 1)'})`];
    case 'comment': {
      // A column of a view as well as one of a table.
      const target = one.pick % 2 ? table && `TABLE ${table}` : source && `COLUMN ${source}.id`;
      return target === undefined ? [] : [`COMMENT ON ${target} IS ${quoteSqlString(one.name)}`];
    }
  }
}
