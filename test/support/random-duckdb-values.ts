import fc from 'fast-check';
import { quoteSqlName, quoteSqlString } from '../../src/core/dialect/sql-names';

/** A type of DuckDB and the literals of some of its values. */
export interface RandomType {
  readonly type: string;
  readonly values: readonly string[];
}

const texts = [
  '',
  ' ',
  'NULL',
  'a',
  "it's",
  '"',
  '""',
  'a,b',
  'a\nb',
  'a\r\nb',
  '\r',
  '\\',
  '\\N',
  '{',
  '[x]',
  '名前',
  '😀',
  '\t',
  '-',
  "'",
  'x'.repeat(300),
];
const cast = (type: string, ...values: readonly string[]): RandomType => ({
  type,
  values: values.map((value) => `CAST(${quoteSqlString(value)} AS ${type})`),
});

const leaves: readonly RandomType[] = [
  cast('BOOLEAN', 'true', 'false'),
  cast('TINYINT', '-128', '127'),
  cast('SMALLINT', '-32768'),
  cast('INTEGER', '-2147483648', '0'),
  cast('BIGINT', '-9223372036854775808', '9007199254740993'),
  cast('HUGEINT', '-170141183460469231731687303715884105728', '170141183460469231731687303715884105727', '1'),
  cast('UTINYINT', '255'),
  cast('UBIGINT', '18446744073709551615'),
  cast('UHUGEINT', '340282366920938463463374607431768211455', '0'),
  cast('FLOAT', '0.1', '-0.0', 'nan', 'inf', '1e-45', '3.4028235e38'),
  cast('DOUBLE', '0.30000000000000004', '-0.0', '0', 'nan', '-inf', '5e-324', '1.7976931348623157e308'),
  cast('DECIMAL(4, 1)', '-0.5', '999.9'),
  cast('DECIMAL(18, 18)', '0.000000000000000001'),
  cast('DECIMAL(38, 10)', '-1234567890123456789012345678.0123456789'),
  { type: 'VARCHAR', values: [...texts.map(quoteSqlString), "'a' || chr(0) || 'b'"] },
  { type: 'VARCHAR COLLATE nocase', values: ["'A'", "'a'", "''"] },
  cast('JSON', '{"a":  [1, null]}', '""', 'null', '"x,\\n"'),
  cast('BLOB', '', '\\x00\\xFF', 'abc', "'"),
  cast('BIT', '0', '0010110', '1111111111111111101'),
  cast('DATE', '0001-01-01', '2020-02-29', 'infinity', '-infinity', '5877641-06-24 (BC)', '5881580-07-10'),
  cast('TIME', '00:00:00', '23:59:59.999999', '24:00:00'),
  cast('TIMETZ', '10:00:00.123456+05:30', '00:00:00-15:59:59', '23:59:59.999999+15:59'),
  cast('TIMESTAMP', '2020-01-01 00:00:00.123456', 'infinity', '-infinity', '290309-12-22 (BC) 00:00:00', '1582-10-10'),
  cast('TIMESTAMP_S', '2020-01-01 00:00:01', 'infinity', '290309-12-22 (BC) 00:00:00'),
  cast('TIMESTAMP_MS', '2020-01-01 00:00:01.123', '-infinity', '1582-10-10'),
  cast('TIMESTAMP_NS', '2020-01-01 00:00:00.123456789', '1677-09-22 00:00:00', 'infinity'),
  cast('TIMESTAMPTZ', '2020-01-01 00:00:00.123456+05', 'infinity', '1700-01-01 00:00:00+00'),
  cast(
    'INTERVAL',
    '1 month',
    '-1 month 3 days',
    '30 days',
    '-00:00:00.000001',
    '720 hours',
    '178000000 years',
    '00:00:00',
  ),
  cast('UUID', '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
  cast("ENUM('', 'it''s', 'NULL', 'a, b)')", '', "it's", 'NULL', 'a, b)'),
];

const field = fc.constantFrom('a', 'b c', 'hugeint', 'interval', 'it"s', '名', 'Struct');

export const { type: randomType } = fc.letrec<{ type: RandomType; leaf: RandomType; nested: RandomType }>((tie) => ({
  leaf: fc.constantFrom(...leaves),
  nested: fc.oneof(
    tie('type').map(listOf),
    tie('type').map(arrayOf),
    fc
      .tuple(fc.uniqueArray(field, { minLength: 1, maxLength: 3, selector: fold }), tie('type'), tie('type'))
      .map(structOf),
    fc.tuple(tie('leaf'), tie('type')).map(mapOf),
    fc.tuple(tie('leaf'), tie('type')).map(unionOf),
  ),
  type: fc.oneof({ maxDepth: 2, withCrossShrink: true, depthSize: 'small' }, tie('leaf'), tie('nested')),
}));

const fold = (name: string) => name.toLowerCase();
/** No collation stands inside of a type. */
const inner = ({ type }: RandomType) => type.replace(' COLLATE nocase', '');
const typed = (type: string, ...values: readonly string[]): RandomType => ({
  type,
  values: values.map((value) => `CAST(${value} AS ${type})`),
});

function listOf(one: RandomType): RandomType {
  return typed(`${inner(one)}[]`, '[]', '[NULL]', `[${one.values.slice(0, 6).join(', ')}, NULL]`);
}

function arrayOf(one: RandomType): RandomType {
  const [first = 'NULL', second = 'NULL'] = one.values;
  return typed(`${inner(one)}[3]`, `[${first}, NULL, ${second}]`, '[NULL, NULL, NULL]');
}

function structOf([names, a, b]: readonly [readonly string[], RandomType, RandomType]): RandomType {
  const types = names.map((name, at) => `${quoteSqlName(name)} ${inner(at === 0 ? a : b)}`).join(', ');
  const value = (row: number) =>
    `{${names.map((name, at) => `${quoteSqlString(name)}: ${(at === 0 ? a : b).values[row] ?? 'NULL'}`).join(', ')}}`;
  return typed(`STRUCT(${types})`, value(0), value(1), value(99));
}

function mapOf([key, value]: readonly [RandomType, RandomType]): RandomType {
  const [k = 'NULL', more] = key.values;
  const entries = [`${k}: ${value.values[0] ?? 'NULL'}`, ...(more === undefined ? [] : [`${more}: NULL`])];
  return typed(`MAP(${inner(key)}, ${inner(value)})`, `MAP {${entries.join(', ')}}`, 'MAP {}');
}

function unionOf([a, b]: readonly [RandomType, RandomType]): RandomType {
  const type = `UNION(n ${inner(a)}, ${quoteSqlName('a tag')} ${inner(b)})`;
  const member = (name: string, value: string) => `union_value(${quoteSqlName(name)} := ${value})`;
  return typed(
    type,
    member('n', a.values[0] ?? 'NULL'),
    member('a tag', b.values[0] ?? 'NULL'),
    member('n', `CAST(NULL AS ${inner(a)})`),
  );
}

interface RandomTable {
  readonly columns: readonly RandomType[];
  /** Whether its rows refer to each other. */
  readonly refers: boolean;
  /** What its first column is called; some names are the engine's, or ours. */
  readonly first: string;
}

const randomTable: fc.Arbitrary<RandomTable> = fc.record({
  columns: fc.array(randomType, { minLength: 1, maxLength: 4 }),
  refers: fc.boolean(),
  first: fc.constantFrom('c0', 'rowid', '#row', 'kept', 'level'),
});

/** Tables of random columns, each with all values of its types and NULL. */
export const randomTables: fc.Arbitrary<readonly string[]> = fc
  .array(randomTable, { minLength: 1, maxLength: 6 })
  .map((tables) => tables.flatMap(statementsOf));

function statementsOf({ columns, refers, first }: RandomTable, at: number): string[] {
  const made = columns.map(({ type }, index) => `${index === 0 ? quoteSqlName(first) : `c${index}`} ${type}`);
  const most = Math.max(...columns.map(({ values }) => values.length));
  const rows = Array.from({ length: most + 1 }, (_, row) =>
    columns.map(({ values }) => (row === most ? 'NULL' : (values[row % values.length] ?? 'NULL'))),
  );
  if (!refers) {
    const list = rows.map((row) => `(${row.join(', ')})`).join(', ');
    return [`CREATE TABLE t${at} (${made.join(', ')})`, `INSERT INTO t${at} VALUES ${list}`];
  }
  // By two keys, and the rows that refer to others stand before them as often as behind.
  const key = (row: number) => (row === 0 ? 'NULL' : String((row - 1) * (row % 2 ? 7 : -7)));
  return [
    `CREATE TABLE t${at} (${made.join(', ')}, id INTEGER PRIMARY KEY, up INTEGER REFERENCES t${at} (id), via INTEGER REFERENCES t${at} (id))`,
    ...rows.map((row, index) => {
      const id = index * ((index + 1) % 2 ? 7 : -7);
      return `INSERT INTO t${at} VALUES (${row.join(', ')}, ${id}, ${key(index)}, ${index % 3 ? 'NULL' : key(index)})`;
    }),
  ];
}
