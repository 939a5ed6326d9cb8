import type { LossCase, LossDatabase } from '../../support/loss-case';

const read = ['MATCH (t:T) RETURN t.id, t.v, CAST(t.v AS STRING) AS words, t.v IS NULL AS missing ORDER BY t.id'];

/** A table `T(id, v)` with these values of `v`. */
function values(type: string, ...texts: string[]): LossDatabase {
  return {
    format: 'csv',
    statements: [
      `CREATE NODE TABLE T(id INT64 PRIMARY KEY, v ${type})`,
      ...texts.map((text, id) => `CREATE (:T {id: ${id}, v: ${text}})`),
    ],
    checks: read,
  };
}

const keys = (...texts: string[]): LossDatabase => ({
  format: 'csv',
  statements: [
    'CREATE NODE TABLE T(id STRING PRIMARY KEY)',
    'CREATE REL TABLE R(FROM T TO T)',
    ...texts.map((text) => `CREATE (t:T {id: ${text}})-[:R]->(t)`),
  ],
  checks: ['MATCH (a:T)-[:R]->(b:T) RETURN a.id, b.id ORDER BY a.id'],
});

const minus = "timestamp('2020-01-01 00:00:00') - timestamp('2020-02-10 00:00:00')";
const pair = 'STRUCT(a INT64, b STRING)';
const texts = 'MAP(STRING, STRING)';

/** Each value is lost in its own way. */
const nested: readonly [title: string, type: string, lost: string, kept: string][] = [
  ['blanks at the ends of a text in a list', 'STRING[]', "[' x']", "['x y']"],
  ['a comma in a list', 'STRING[]', "['a,b']", "['a b', 'c']"],
  ['a bracket in a list', 'STRING[]', "['a]']", "['a)']"],
  ['an empty text in a list', 'STRING[]', "['a', '']", "['a', NULL]"],
  ['a list of one NULL', 'STRING[]', '[NULL]', '[]'],
  ['a comma in an array', 'STRING[2]', "['a,', 'b']", "['a', 'b']"],
  ['quotes around a text in a struct', pair, '{a: 1, b: \'"q"\'}', "{a: 1, b: 'q'}"],
  ['a comma in a struct', pair, "{a: 1, b: 'x,y'}", "{a: 1, b: 'x:y'}"],
  ['a brace in a struct', pair, "{a: 1, b: '{'}", "{a: 1, b: '(' }"],
  ['an apostrophe in a struct', pair, "{a: 1, b: 'it\\'s'}", "{a: 1, b: 'its'}"],
  ['a text that looks like another field', pair, "{a: 1, b: 'x, a: 2'}", "{a: 1, b: 'x: 2'}"],
  ['an equals sign in a key of a map', texts, "map(['a=b'], ['c'])", "map(['a'], ['b=c'])"],
  ['a comma in a value of a map', texts, "map(['a'], ['b,c'])", "map(['a,b'], ['c'])"],
  ['digits of a DOUBLE in a list', 'DOUBLE[]', '[0.1 + 0.2]', "[0.25, CAST('nan' AS DOUBLE)]"],
  [
    'a small negative DECIMAL in a struct',
    'STRUCT(d DECIMAL(10, 2))',
    '{d: CAST(-0.05 AS DECIMAL(10, 2))}',
    '{d: CAST(-0.5 AS DECIMAL(10, 2))}',
  ],
  ['a negative interval in a list', 'INTERVAL[]', `[${minus}]`, "[interval('40 days')]"],
  ['JSON texts in a struct', 'STRUCT(j JSON)', "{j: to_json('x')}", '{j: to_json(5)}'],
  ['a BLOB with a comma in a list', 'BLOB[]', "[BLOB('a,b')]", "[BLOB('a b')]"],
  ['a struct with a quoted field name', 'STRUCT(`order` STRING)', "{`order`: ' x'}", "{`order`: 'x'}"],
];

export const csvCases: readonly LossCase[] = [
  {
    title: 'an empty text becomes NULL',
    loses: values('STRING', "''"),
    keeps: values('STRING', "' '", "'NULL'", 'NULL', "'\"'"),
  },
  { title: 'an empty key is refused', loses: keys("''"), keeps: keys("' '") },
  {
    title: 'an empty BLOB becomes NULL',
    loses: values('BLOB', "BLOB('')"),
    keeps: values('BLOB', "BLOB('\\\\x00')"),
  },
  { title: 'so do blanks', loses: values('BLOB', "BLOB(' ')"), keeps: values('BLOB', "BLOB(' x ')") },
  {
    title: 'and the word NULL',
    loses: values('BLOB', "BLOB('Null ')"),
    keeps: values('BLOB', "BLOB('NULLS')"),
  },
  ...nested.map(
    ([title, type, lost, kept]): LossCase => ({
      title,
      loses: values(type, lost),
      keeps: values(type, kept),
    }),
  ),
  {
    title: 'digits of a DOUBLE',
    loses: values('DOUBLE', '1.0 / 3'),
    keeps: values('DOUBLE', '0.5', '1e300', '-0.0', "CAST('nan' AS DOUBLE)", "CAST('inf' AS DOUBLE)"),
  },
  {
    title: 'a small FLOAT',
    loses: values('FLOAT', 'CAST(1e-20 AS FLOAT)'),
    keeps: values('FLOAT', 'CAST(0.1 AS FLOAT)', 'CAST(3e38 AS FLOAT)'),
  },
  {
    title: 'a negative interval',
    loses: values('INTERVAL', minus),
    keeps: values('INTERVAL', "interval('1 year') - interval('1 month')"),
  },
  {
    title: 'a small negative DECIMAL',
    loses: values('DECIMAL(10, 2)', 'CAST(-0.05 AS DECIMAL(10, 2))'),
    keeps: values(
      'DECIMAL(10, 2)',
      'CAST(-0.1 AS DECIMAL(10, 2))',
      'CAST(0.05 AS DECIMAL(10, 2))',
      'CAST(-1.05 AS DECIMAL(10, 2))',
    ),
  },
  {
    title: 'of many digits',
    loses: values('DECIMAL(38, 10)', "CAST('-0.0123456789' AS DECIMAL(38, 10))"),
    keeps: values('DECIMAL(4, 1)', 'CAST(-0.1 AS DECIMAL(4, 1))'),
  },
  {
    title: 'a line break after a comma',
    loses: values('STRING', "'a,b\nc'"),
    keeps: values('STRING', "'a\nb,c'"),
  },
  {
    title: 'a carriage return after a quote',
    loses: values('STRING', "'\"\r'"),
    keeps: values('STRING', "'\"\r'", "'\n'"),
  },
  {
    title: 'a line break in a list',
    loses: values('STRING[]', "['a\nb']"),
    keeps: values('STRING[2]', "['a\nb', 'c']"),
  },
  {
    title: 'a line break in JSON',
    loses: values('JSON', 'CAST(\'{"a":\n1}\' AS JSON)'),
    keeps: values('JSON', 'CAST(\'{"a":1}\' AS JSON)'),
  },
  {
    title: 'a line break in a key, for the rel tables at it',
    loses: keys("'a,b\nc'"),
    keeps: keys("'a\nb,c'"),
  },
  {
    title: 'a line break in a rel property',
    loses: {
      ...keys("'a'"),
      statements: [
        'CREATE NODE TABLE T(id STRING PRIMARY KEY)',
        'CREATE REL TABLE R(FROM T TO T, s STRING)',
        "CREATE (t:T {id: 'a'})-[:R {s: 'x,\ny'}]->(t)",
      ],
    },
    keeps: {
      ...keys("'a'"),
      statements: [
        'CREATE NODE TABLE T(id STRING PRIMARY KEY)',
        'CREATE REL TABLE R(FROM T TO T, s STRING)',
        "CREATE (t:T {id: 'a'})-[:R {s: 'x\ny'}]->(t)",
      ],
    },
  },
  {
    title: 'a date before the year 1',
    loses: values('DATE', "date('0000-12-31')"),
    keeps: values('DATE', "date('0001-01-01')", "date('12345-01-01')"),
  },
  {
    title: 'a timestamp before the year 1',
    loses: values('TIMESTAMP_TZ', "CAST('0000-01-01 00:00:00' AS TIMESTAMP_TZ)"),
    keeps: values('TIMESTAMP_TZ', "CAST('0001-01-01 00:00:00' AS TIMESTAMP_TZ)"),
  },
  {
    title: 'a NULL of a union with JSON in an array, which the engine stores as a JSON without a text',
    loses: values(
      'UNION(m json, n FLOAT)[2]',
      '[CAST(NULL AS UNION(m json, n FLOAT)), CAST(union_value(n := CAST(0.5 AS FLOAT)) AS UNION(m json, n FLOAT))]',
    ),
    keeps: values('UNION(m json, n FLOAT)', 'NULL'),
  },
  {
    title: 'a NULL of a union with JSON in a list that an array holds',
    loses: values(
      'UNION(m json, n STRING)[][2]',
      "[CAST(NULL AS UNION(m json, n STRING)[]), [CAST(NULL AS UNION(m json, n STRING)), CAST(union_value(m := to_json(5)) AS UNION(m json, n STRING)), CAST(union_value(n := 'x') AS UNION(m json, n STRING))]]",
    ),
    keeps: values('UNION(m json, n STRING)', 'NULL'),
  },
  {
    title: 'the member of a union',
    loses: values('UNION(n INT64, s STRING)', "union_value(s := '12')"),
    keeps: values('UNION(n INT64, s STRING)', "union_value(s := 'x')", 'union_value(n := 12)', 'NULL'),
  },
  {
    title: 'inside of another type',
    loses: values('STRUCT(u UNION(n INT64, s STRING))', "{u: union_value(s := '12')}"),
    keeps: values('STRUCT(u UNION(n INT64, s STRING))', 'NULL'),
  },
];
