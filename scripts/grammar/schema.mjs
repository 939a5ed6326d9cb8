import {
  COLUMN,
  COMMA,
  DDL,
  FUNCTION,
  NAME,
  NAMESPACE,
  name,
  pair,
  parts,
  QUERY_END,
  STATEMENT_END,
  span,
  TABLE,
  use,
  word,
} from './parts.mjs';

const TYPES =
  'BOOL|BOOLEAN|INT|INT8|INT16|INT32|INT64|INT128|UINT8|UINT16|UINT32|UINT64|FLOAT|FLOAT4|REAL|DOUBLE|FLOAT8|' +
  'DECIMAL|NUMERIC|STRING|BLOB|BYTEA|UUID|DATE|TIMESTAMP|TIMESTAMP_NS|TIMESTAMP_MS|TIMESTAMP_SEC|TIMESTAMP_S|' +
  'TIMESTAMP_TZ|INTERVAL|DURATION|SERIAL|INTERNAL_ID|JSON|STRUCT|MAP|UNION|NODE|REL';

const types = {
  patterns: [
    ...use('comments'),
    pair('parens', {
      name: 'meta.type',
      begin: '(?i)\\b(STRUCT|UNION)\\s*(\\()',
      scopes: ['storage.type'],
      patterns: [...use('comments', 'column'), COMMA],
    }),
    pair('parens', {
      name: 'meta.type',
      begin: '(?i)\\b(MAP|DECIMAL|NUMERIC)\\s*(\\()',
      scopes: ['storage.type'],
      patterns: [...use('types', 'numbers'), COMMA],
    }),
    parts(
      '(\\[)\\s*(\\d*)\\s*(\\])',
      'punctuation.section.brackets.begin',
      'constant.numeric.integer',
      'punctuation.section.brackets.end',
    ),
    word('storage.type', `(?i)\\b(?:${TYPES})\\b(?!\\p{Sc})`),
    name('entity.name.type.user-defined'),
  ],
};

const columns = pair('parens', {
  name: 'meta.columns',
  begin: '(\\()',
  patterns: [
    ...use('comments', 'from-to'),
    pair('parens', {
      begin: '(?i)\\b(PRIMARY)\\s+(KEY)\\s*(\\()',
      scopes: [DDL, DDL],
      patterns: [...use('comments'), name(COLUMN)],
    }),
    parts('(?i)\\b(PRIMARY)\\b(?:\\s+(KEY)\\b)?', DDL, DDL),
    // No keywords to the engine: a lone name in this place.
    word('storage.modifier.multiplicity', '(?i)\\b(?:MANY|ONE)_(?:MANY|ONE)\\b(?=\\s*(?:[,)]|$|//|/\\*))'),
    ...use('default', 'column'),
    COMMA,
  ],
});

function statement(kind, begin, scopes, patterns, end = STATEMENT_END) {
  return span({ name: `meta.statement.${kind}`, begin, scopes, end, patterns: [...use('comments'), ...patterns] });
}

function after(begin, patterns, end = STATEMENT_END) {
  return span({ begin, scopes: [DDL], end, patterns });
}

const createTable = statement(
  'create-table',
  // CREATE may stand on an earlier line.
  '(?i)\\b(?:(CREATE)\\s+)?(NODE|REL)\\s+(TABLE)\\b(?:\\s+(GROUP)\\b)?',
  [DDL, DDL, DDL, DDL],
  [
    ...use('if-exists'),
    after('(?i)\\b(WITH)\\s*(?=\\()', use('comments', 'option-list'), '(?<=\\))|(?=;)'),
    // A table may be called `as`.
    after('(?i)\\b(AS)\\b(?!\\s*\\()', use('query'), QUERY_END),
    ...use('columns'),
    name(TABLE),
  ],
);

const alterTable = statement(
  'alter-table',
  `(?i)\\b(ALTER)\\s+(TABLE)\\b(?:\\s+(${NAME}))?`,
  [DDL, DDL, TABLE],
  [
    after('(?i)\\b(ADD)\\b', use('comments', 'if-exists', 'from-to', 'default', 'column')),
    after('(?i)\\b(DROP)\\b', [...use('comments', 'if-exists', 'from-to'), name(COLUMN)]),
    parts(`(?i)\\b(RENAME)\\s+(TO)\\s+(${NAME})`, DDL, DDL, TABLE),
    after('(?i)\\b(RENAME)\\b', [...use('comments'), word(DDL, '(?i)\\bTO\\b'), name(COLUMN)]),
    name(TABLE),
  ],
);

const SEQUENCE = 'entity.name.type.sequence';
const createSequence = statement(
  'create-sequence',
  '(?i)\\b(CREATE)\\s+(SEQUENCE)\\b',
  [DDL, DDL],
  [
    ...use('if-exists'),
    word(DDL, '(?i)\\b(?:START|WITH|INCREMENT|BY|NO|MINVALUE|MAXVALUE|CYCLE)\\b'),
    ...use('numbers', 'operators'),
    name(SEQUENCE),
  ],
);

const createType = statement(
  'create-type',
  '(?i)\\b(CREATE)\\s+(TYPE)\\b',
  [DDL, DDL],
  [after('(?i)\\b(AS)\\b', use('types')), name('entity.name.type.user-defined')],
);

const macroArguments = pair('parens', {
  begin: '(\\()',
  patterns: [...use('comments', 'literals', 'operators', 'brackets', 'braces'), name('variable.parameter'), COMMA],
});
const createMacro = statement(
  'create-macro',
  `(?i)\\b(CREATE)\\s+(MACRO)\\b(?:\\s+(${NAME}))?`,
  [DDL, DDL, `${FUNCTION}.macro`],
  [after('(?i)\\b(AS)\\b', use('query')), macroArguments, name(`${FUNCTION}.macro`)],
);

const createUser = statement(
  'create-user',
  '(?i)\\b(CREATE)\\s+(USER)\\b',
  [DDL, DDL],
  [...use('if-exists'), name(NAMESPACE)],
);

function drop(kind, as) {
  return statement('drop', `(?i)\\b(DROP)\\s+(${kind})\\b`, [DDL, DDL], [...use('if-exists'), name(as)]);
}

const commentOn = statement(
  // Not "comment": editors take a scope with that word in it for a comment.
  'table-remark',
  `(?i)\\b(COMMENT)\\s+(ON)\\s+(TABLE)\\b(?:\\s+(${NAME}))?`,
  [DDL, DDL, DDL, TABLE],
  [...use('strings'), word(DDL, '(?i)\\bIS\\b'), name(TABLE)],
);

/** Types, columns and the statements that make, change and drop what has them. */
export const schema = {
  types,
  // A column of a table, a field of a STRUCT or UNION: a name, then a type.
  column: span({
    name: 'meta.column',
    begin: `(${NAME})`,
    scopes: [COLUMN],
    end: `(?=[,);])|(?=(?i:\\b(?:DEFAULT|PRIMARY)\\b))|${STATEMENT_END}`,
    patterns: use('types'),
  }),
  default: after('(?i)\\b(DEFAULT)\\b', use('query'), `(?=[,);])|(?=(?i:\\bPRIMARY\\b))|${STATEMENT_END}`),
  'from-to': parts(`(?i)\\b(FROM)\\s+(${NAME})\\s+(TO)\\s+(${NAME})`, DDL, TABLE, DDL, TABLE),
  'if-exists': parts('(?i)\\b(IF)\\s+(?:(NOT)\\s+)?(EXISTS)\\b', DDL, DDL, DDL),
  columns,
  schema: {
    patterns: [
      createTable,
      alterTable,
      createSequence,
      createType,
      createMacro,
      createUser,
      drop('TABLE', TABLE),
      drop('SEQUENCE', SEQUENCE),
      commentOn,
    ],
  },
};
