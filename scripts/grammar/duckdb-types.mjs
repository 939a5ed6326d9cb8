import { SQL } from './duckdb-literals.mjs';
import { parts, word } from './parts.mjs';

const TYPE = 'storage.type';

// Words that nobody takes for a name, wherever they stand.
const PLAIN =
  'U?(?:HUGE|BIG|SMALL|TINY)INT|UINTEGER|U?INT(?:8|16|32|64|128)|INT[124]|FLOAT[48]|BIGNUM|VARINT|N?VARCHAR|VARBINARY|' +
  'BPCHAR|BYTEA|BITSTRING|TIMESTAMPTZ|TIMETZ|TIMESTAMP_(?:S|MS|US|NS)|TIME_NS|BOOLEAN|BOOL|UUID|GUID|BLOB|' +
  'DATETIME|TIMESTAMP|INTERVAL|CHARACTER|GEOMETRY|VARIANT|DOUBLE|DECIMAL|NUMERIC|INTEGER|REAL|BIT|JSON';
// Words that are names of columns and functions as well: types only where a type stands.
const AMBIGUOUS =
  'ARRAY|BINARY|CHAR|DATE|DEC|ENUM|FLOAT|INT|INTEGRAL|LIST|LOGICAL|LONG|MAP|NULL|OID|ROW|SHORT|SIGNED|STRING|STRUCT|' +
  'TEXT|TIME|TYPE|UNION';
const ZONE = '(?:\\s+WITH(?:OUT)?\\s+TIME\\s+ZONE|\\s+PRECISION|\\s+VARYING)?';
const ANY = `(?:${PLAIN}|${AMBIGUOUS})`;
// Behind the type of a column.
const FOLLOW =
  '(?=\\s*(?:[\\[(,);]|$|--)|\\s+(?:NOT|DEFAULT|PRIMARY|UNIQUE|CHECK|REFERENCES|GENERATED|AS|USING|COLLATE|NULL)\\b)';
// What stands before a word in a list of a query, and is no name of a column.
const NO_COLUMN =
  '(?!(?:SELECT|FROM|WHERE|BY|AND|OR|ON|IN|AS|SET|JOIN|USING|VALUES|LIMIT|RETURNING|QUALIFY|HAVING|DISTINCT|NOT|LIKE|CASE|' +
  'WHEN|THEN|ELSE|INTO|TABLE|UNION|WITH|LOAD|INSTALL|DESCRIBE|SHOW|SUMMARIZE|TO|IS|EXISTS|ALL|EXCLUDE|REPLACE|CALL|USE|' +
  'CREATE|DROP|ALTER|TYPE|SCHEMA|RETURNS?)\\b)';

const UNIT =
  'MILLENNI(?:UM|A)|CENTUR(?:Y|IES)|(?:DECADE|YEAR|QUARTER|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND|MILLISECOND|MICROSECOND)S?';

/** DuckDB's types. */
export const types = {
  types: {
    patterns: [
      // A name behind `::` is a type, one of the user's as well; T-SQL calls methods so, with parentheses.
      parts(
        `(?i)(::)\\s*(?:(${ANY}\\b${ZONE})|([^\\W\\d]\\w*+(?:\\.\\w++)?)(?!\\s*[(.]))`,
        'keyword.operator.cast',
        TYPE,
        'storage.type.user-defined',
      ),
      word('keyword.operator.cast', '::(?=\\s*"|\\s*$)'),
      {
        match: `(?i)(?:^|(?<=[(,]))\\s*${NO_COLUMN}(\\w++|"[^"\\n]*")\\s+(${ANY}\\b${ZONE})${FOLLOW}`,
        captures: { 1: { patterns: [SQL] }, 2: { name: TYPE } },
      },
      {
        match: `(?i)(?<![\\w.])(ADD(?:\\s+COLUMN)?(?:\\s+IF\\s+NOT\\s+EXISTS)?)\\s+(?!COLUMN\\b)(\\w++|"[^"\\n]*")\\s+(${ANY}\\b${ZONE})${FOLLOW}`,
        captures: { 1: { name: 'keyword.other.ddl' }, 2: { patterns: [SQL] }, 3: { name: TYPE } },
      },
      // CAST(x AS STRING), SET DATA TYPE STRING, CREATE TYPE t AS STRUCT(…).
      parts(
        `(?i)(?<![\\w.])(AS|TYPE)\\s+(${ANY}\\b${ZONE})(?=\\s*(?:\\[|\\)|;|$|USING\\b)|\\s*\\((?!\\s*SELECT\\b))`,
        'keyword.other',
        TYPE,
      ),
      {
        match: `(?i)(?<![\\w.$@#])(INTERVAL)\\s+('[^'\\n]*'|\\d+)\\s+(${UNIT})\\b`,
        captures: { 1: { name: TYPE }, 2: { patterns: [SQL] }, 3: { name: 'keyword.other.unit' } },
      },
      word(TYPE, '(?i)(?<![\\w.])(?:STRUCT|ENUM)(?=\\s*\\()'),
      word(TYPE, `(?i)(?<![\\w.])MAP(?=\\s*\\{|\\s*\\(\\s*(?:${ANY})\\b\\s*[,(])`),
      word(
        TYPE,
        '(?i)(?<![\\w.])UNION(?=\\s*\\(\\s*\\w+\\s+[^\\W\\d])(?!\\s*\\(\\s*(?:SELECT|FROM|WITH|VALUES|TABLE)\\b)',
      ),
      // `.` and `(` would make it a name: date.x, uuid().
      word(TYPE, `(?i)(?<![\\w.$@#])(?:${PLAIN})(?!\\w|\\s*\\.|\\s*\\()${ZONE}`),
      word(TYPE, "(?i)(?<![\\w.$@#])(?:N?VARCHAR|DECIMAL|NUMERIC|BPCHAR|FLOAT|BIT|GEOMETRY)(?=\\s*\\(\\s*['\\d])"),
    ],
  },
};
