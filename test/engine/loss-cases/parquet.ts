import type { LossCase, LossDatabase } from '../../support/loss-case';

const read = ['MATCH (t:T) RETURN t.id, t.v, CAST(t.v AS STRING) AS words, t.v IS NULL AS missing ORDER BY t.id'];

/** A table `T(id, v)` with these values of `v`. */
function values(type: string, ...texts: string[]): LossDatabase {
  return {
    format: 'parquet',
    statements: [
      `CREATE NODE TABLE T(id INT64 PRIMARY KEY, v ${type})`,
      ...texts.map((text, id) => `CREATE (:T {id: ${id}, v: ${text}})`),
    ],
    checks: read,
  };
}

const wide = "CAST('9007199254740993' AS INT128)";
/** More than a double's 53 bits, and still a double. */
const round = "CAST('1152921504606846976' AS INT128)";
const minus = "timestamp('2020-01-01 00:00:00') - timestamp('2020-02-10 00:00:00')";
const point = 'STRUCT(x INT64, y STRING)';

export const parquetCases: readonly LossCase[] = [
  {
    title: 'INT128 that no DOUBLE can hold',
    loses: values('INT128', wide),
    keeps: values('INT128', round),
  },
  {
    title: 'the largest INT128',
    loses: values('INT128', "CAST('170141183460469231731687303715884105727' AS INT128)"),
    keeps: values('INT128', 'CAST(-5 AS INT128)', 'NULL'),
  },
  {
    title: 'in a list',
    loses: values('INT128[]', `[${round}, ${wide}]`),
    keeps: values('INT128[]', `[${round}]`, '[]'),
  },
  {
    title: 'in an array of structs',
    loses: values('STRUCT(n INT128)[1]', `[{n: ${wide}}]`),
    keeps: values('STRUCT(n INT128)[1]', `[{n: ${round}}]`),
  },
  {
    title: 'microseconds of an interval',
    loses: values('INTERVAL', "interval('00:00:00.000001')"),
    keeps: values('INTERVAL', "interval('14 months 33 days 25:00:00.001')"),
  },
  {
    title: 'more than 32 bits of milliseconds',
    loses: values('INTERVAL', "interval('1193:02:47.296')"),
    keeps: values('INTERVAL', "interval('1193:02:47.295')", "interval('100000 days')"),
  },
  {
    title: 'in a list in a struct',
    loses: values('STRUCT(l INTERVAL[])', "{l: [interval('1 day'), interval('1 us')]}"),
    keeps: values('STRUCT(l INTERVAL[])', "{l: [interval('1 day'), interval('1 ms')]}"),
  },
  {
    title: 'the values after a NULL struct',
    loses: values(point, "{x: 1, y: 'a'}", 'NULL', "{x: 2, y: 'b'}"),
    keeps: values(point, "{x: 1, y: 'a'}", "{x: CAST(NULL AS INT64), y: 'b'}", '{x: 2, y: CAST(NULL AS STRING)}'),
  },
  {
    title: 'the values after a NULL union',
    loses: values('UNION(n INT64, s STRING)', 'NULL', "union_value(s := '12')"),
    keeps: values('UNION(n INT64, s STRING)', 'union_value(n := 12)', "union_value(s := '12')"),
  },
  {
    title: 'after a NULL struct in a list',
    loses: values(`${point}[]`, "[{x: 1, y: 'a'}, NULL, {x: 2, y: 'b'}]"),
    keeps: values(`${point}[]`, "[{x: 1, y: 'a'}]", 'NULL', '[]', "[{x: 2, y: 'b'}]"),
  },
  {
    title: 'after a NULL struct in a struct',
    loses: values(`STRUCT(p ${point}, n INT64)`, `{p: CAST(NULL AS ${point}), n: 1}`, "{p: {x: 1, y: 'a'}, n: 2}"),
    keeps: values('STRUCT(l INT64[])', 'NULL', '{l: [1]}', 'NULL', '{l: [2, 3]}'),
  },
  {
    title: 'after a NULL struct in a map',
    loses: values(`MAP(STRING, ${point})`, `map(['k', 'l'], [CAST(NULL AS ${point}), {x: 2, y: 'b'}])`),
    keeps: values(point, 'NULL', 'NULL'),
  },
  {
    title: 'a negative interval',
    loses: values('INTERVAL', minus),
    keeps: values('INTERVAL', "interval('1 year') - interval('1 month')"),
  },
  {
    title: 'an interval that is negative in one part, in a map',
    loses: values('MAP(STRING, INTERVAL)', "map(['-'], [interval('1 month') - interval('2 days')])"),
    keeps: values('MAP(STRING, INTERVAL)', "map(['-'], [interval('1 month')])"),
  },
  {
    refused: 'KX020',
    title: 'nanoseconds',
    loses: {
      ...values('TIMESTAMP_NS', "CAST('2020-01-01 00:00:00.123456' AS TIMESTAMP_NS)"),
      patch: withNanoseconds,
      checks: ["MATCH (t:T) RETURN t.v = CAST('2020-01-01 00:00:00.123456' AS TIMESTAMP_NS) AS whole"],
    },
    keeps: {
      ...values('TIMESTAMP_NS', "CAST('2020-01-01 00:00:00.123456' AS TIMESTAMP_NS)"),
      checks: ["MATCH (t:T) RETURN t.v = CAST('2020-01-01 00:00:00.123456' AS TIMESTAMP_NS) AS whole"],
    },
  },
  {
    title: 'DECIMAL, also in an empty table',
    loses: values('DECIMAL(10, 2)'),
    keeps: values('DOUBLE', '0.1'),
  },
  {
    title: 'DECIMAL inside of another type',
    loses: values('STRUCT(p MAP(STRING, DECIMAL(10, 2)[]))'),
    keeps: values('STRUCT(p MAP(STRING, DOUBLE[]))'),
  },
  {
    title: 'a JSON column with a NULL',
    loses: values('JSON', "to_json('x')", 'NULL'),
    keeps: values('JSON', "to_json('x')", "CAST('null' AS JSON)"),
  },
  {
    title: 'a list of JSON, also in an empty table',
    loses: values('JSON[]'),
    keeps: values('JSON[2]', "[to_json('x'), to_json('y')]"),
  },
  {
    title: 'a list of structs with JSON',
    loses: values('STRUCT(j JSON)[]', "[{j: to_json('x')}]"),
    keeps: values('STRUCT(j JSON[])', "{j: [to_json('x')]}"),
  },
  {
    title: 'unless something else in it has to be converted',
    loses: values('STRUCT(a INT64, j JSON)[]'),
    keeps: values(
      'STRUCT(a TIMESTAMP_MS, j JSON)[]',
      "[{a: CAST('2020-01-01 00:00:00' AS TIMESTAMP_MS), j: to_json('x')}]",
    ),
  },
  {
    title: 'a map to a type that parquet has not',
    loses: values('MAP(STRING, TIMESTAMP_MS)', 'NULL'),
    keeps: values('MAP(STRING, TIMESTAMP_MS)'),
  },
  {
    title: 'a map from such a type, inside of a struct',
    loses: values('STRUCT(m MAP(INT128, INT64))', '{m: map([CAST(1 AS INT128)], [1])}'),
    keeps: values('STRUCT(m MAP(INT64, INT64))', '{m: map([1], [1])}'),
  },
  {
    title: 'a union with such a type, whatever member is set',
    loses: values('UNION(n INT128, s STRING)', "union_value(s := 'x')"),
    keeps: values('UNION(n INT64, s STRING)', "union_value(s := 'x')"),
  },
  {
    title: 'without a member that takes any text',
    loses: values('UNION(m TIMESTAMP_TZ, n UUID)', "union_value(n := uuid('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'))"),
    keeps: values('UNION(m TIMESTAMP, n UUID)', "union_value(n := uuid('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'))"),
  },
  {
    title: 'in a list',
    loses: values('UNION(n TIMESTAMP_TZ, s STRING)[]', "[union_value(s := 'x')]"),
    keeps: values('UNION(n TIMESTAMP, s STRING)[]', "[union_value(s := 'x')]"),
  },
];

/** The bytes of this moment in nanoseconds, moved on by 789: only other clients of the engine can store that. */
function withNanoseconds(bytes: Buffer): Buffer {
  const micro = Buffer.alloc(8);
  const nano = Buffer.alloc(8);
  micro.writeBigInt64LE(1577836800123456000n);
  nano.writeBigInt64LE(1577836800123456789n);
  const patched = Buffer.from(bytes);
  for (let at = patched.indexOf(micro); at >= 0; at = patched.indexOf(micro, at + 1)) nano.copy(patched, at);
  return patched;
}
