import fc from 'fast-check';

/** A type and texts of values of it, among them such as are easily lost. */
export interface TypedValues {
  readonly type: string;
  readonly texts: readonly string[];
}

const cast = (type: string, ...texts: string[]): TypedValues => ({
  type,
  texts: texts.map((text) => `CAST('${text}' AS ${type})`),
});

const scalars: readonly TypedValues[] = [
  { type: 'BOOL', texts: ['true', 'false'] },
  cast('INT8', '-128', '127'),
  cast('INT64', '-9223372036854775807', '9223372036854775807', '0'),
  cast('UINT64', '18446744073709551615', '1'),
  cast('INT128', '9007199254740993', '-5', '170141183460469231731687303715884105727', '1152921504606846976'),
  { type: 'DOUBLE', texts: ['0.1 + 0.2', '0.5', '1e300', '-0.0', "CAST('nan' AS DOUBLE)", '1e-320', '-1.25'] },
  { type: 'FLOAT', texts: ['CAST(0.1 AS FLOAT)', 'CAST(1e-20 AS FLOAT)', 'CAST(-2.5 AS FLOAT)'] },
  cast('DECIMAL(10, 2)', '-0.05', '-0.5', '0.05', '99999999.99', '0'),
  cast('DATE', '2020-01-01', '0000-12-31', '0001-01-01', '12345-06-07'),
  cast('TIMESTAMP', '2020-01-01 00:00:00.000001', '0000-01-01 00:00:00', '1960-02-03 04:05:06'),
  cast('TIMESTAMP_NS', '2020-01-01 00:00:00.123456', '1960-02-03 04:05:06'),
  cast('TIMESTAMP_MS', '2020-01-01 00:00:00.123', '1960-02-03 04:05:06'),
  cast('TIMESTAMP_SEC', '2020-01-01 00:00:00', '1960-02-03 04:05:06'),
  cast('TIMESTAMP_TZ', '2020-01-01 00:00:00.123456+02', '1960-02-03 04:05:06'),
  {
    type: 'INTERVAL',
    texts: ['1 day', '1 us', '1 ms', '14 months 3 days 25:00:00', '5000 hours']
      .map((text) => `interval('${text}')`)
      .concat("interval('1 month') - interval('2 days')", "interval('1 day') - interval('3 days')"),
  },
  {
    type: 'STRING',
    texts: [
      "''",
      "' '",
      "' x '",
      "'a,b'",
      "'a\nb'",
      "'a,\nb'",
      '\'"q"\'',
      "'it\\'s'",
      "'NULL'",
      "'[x]'",
      "'{'",
      "'a=b'",
      "'a: 1'",
      "'\\\\'",
      "'日本'",
      "'x'",
      "'\t'",
      "']'",
      "'12'",
      "'-'",
    ],
  },
  {
    type: 'BLOB',
    texts: ["BLOB('')", "BLOB(' ')", "BLOB('null')", "BLOB('a,b')", "BLOB('\\\\xFF\\\\x00')", "BLOB('x')"],
  },
  { type: 'UUID', texts: ["uuid('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')"] },
  {
    type: 'json',
    texts: [
      "to_json('x')",
      'to_json(5)',
      "to_json({a: 'b,c', d: [1, 2]})",
      'CAST(\'{"a":\n1}\' AS JSON)',
      "CAST('null' AS JSON)",
    ],
  },
];

const scalar = fc.constantFrom(...scalars);
const key = fc.constantFrom(
  ...scalars.filter(({ type }) => ['STRING', 'INT64', 'DATE', 'INT128', 'UUID'].includes(type)),
);

/** A NULL has to be told its type inside of another value. */
const orNull = ({ type, texts }: TypedValues) => [...texts, `CAST(NULL AS ${type})`];

const pick = (texts: readonly string[]) => fc.constantFrom(...texts);

/** Some values of a type made of others. */
function some(type: string, text: fc.Arbitrary<string>): fc.Arbitrary<TypedValues> {
  return fc.array(text, { minLength: 1, maxLength: 4 }).map((texts) => ({ type, texts }));
}

/** Types of all kinds, nested and not, each with some of its values. */
export const typedValues: fc.Arbitrary<TypedValues> = fc.letrec<{ any: TypedValues }>((tie) => {
  const list = tie('any').chain((inner) =>
    some(
      `${inner.type}[]`,
      fc.array(pick(orNull(inner)), { minLength: 1, maxLength: 3 }).map((texts) => `[${texts.join(', ')}]`),
    ),
  );
  const array = tie('any').chain((inner) =>
    some(
      `${inner.type}[2]`,
      fc.tuple(pick(orNull(inner)), pick(inner.texts)).map((texts) => `[${texts.join(', ')}]`),
    ),
  );
  const struct = fc.tuple(tie('any'), scalar).chain(([a, b]) =>
    some(
      `STRUCT(a ${a.type}, \`b-c\` ${b.type})`,
      fc.tuple(pick(orNull(a)), pick(orNull(b))).map(([x, y]) => `{a: ${x}, \`b-c\`: ${y}}`),
    ),
  );
  const map = fc.tuple(key, tie('any')).chain(([k, v]) =>
    some(
      `MAP(${k.type}, ${v.type})`,
      fc.tuple(pick(k.texts), pick(orNull(v))).map(([x, y]) => `map([${x}], [${y}])`),
    ),
  );
  const union = fc.tuple(scalar, scalar).chain(([a, b]) => {
    const type = `UNION(m ${a.type}, n ${b.type})`;
    // With its whole type: beside a shorter union in a list a NULL becomes one of that, with a text that is no value at all.
    return some(
      type,
      fc.oneof(
        pick(a.texts).map((x) => `CAST(union_value(m := ${x}) AS ${type})`),
        pick(b.texts).map((x) => `CAST(union_value(n := ${x}) AS ${type})`),
      ),
    );
  });
  return {
    any: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, list, array, struct, map, union),
  };
}).any;
