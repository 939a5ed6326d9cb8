import {
  ALONE,
  CLAUSE,
  COLUMN,
  COMMA,
  DATA,
  FUNCTION,
  NAME,
  NAMESPACE,
  name,
  pair,
  parts,
  START,
  STATEMENT_END,
  span,
  TABLE,
  TRANSACTION,
  use,
  word,
} from './parts.mjs';

const OPTION = 'entity.other.attribute-name';
const ASSIGNMENT = 'keyword.operator.assignment';
const QUERY_STARTS = '(?:MATCH|OPTIONAL|LOAD|UNWIND|WITH|RETURN|CALL)\\b';

// Also takes a query: `(` at the end of a line does not tell yet which of the two follows.
const optionList = pair('parens', {
  name: 'meta.options',
  begin: '(\\()',
  patterns: [
    ...use('comments'),
    parts(`(?i)\\b(DBTYPE)\\s+(${NAME})`, DATA, 'constant.other.database-type'),
    parts(`(?:^|(?<=[(,]))\\s*(${NAME})\\s*(=)(?![=~])`, OPTION, ASSIGNMENT),
    parts(
      `(?i)(?<=[(,])\\s*(?!(?:TRUE|FALSE)\\b|${QUERY_STARTS})(${NAME})(?=\\s*[,)]|\\s+(?:['"\\d\\[]|TRUE\\b|FALSE\\b))`,
      OPTION,
    ),
    ...use('query'),
  ],
});

const source = {
  patterns: [
    ...use('comments'),
    pair('parens', { begin: '(?i)\\b(GLOB)\\s*(\\()', scopes: [DATA], patterns: use('comments', 'strings') }),
    parts(`(?i)(?!(?:RETURN|WHERE|WITH)\\b)(${NAME})(?=\\()`, FUNCTION),
    ...use('option-list', 'query'),
  ],
};

const copy = span({
  name: 'meta.statement.copy',
  begin: `(?i)\\b(COPY)\\b(?=\\s*(?:$|\\(|//|/\\*)|\\s+${NAME})(?!\\s*[=.,)])(?:\\s+(${NAME}))?`,
  scopes: [DATA, TABLE],
  end: STATEMENT_END,
  patterns: [
    ...use('comments'),
    span({
      begin: '(?i)\\b(FROM|TO)\\b',
      scopes: [DATA],
      end: STATEMENT_END,
      patterns: [...use('comments'), parts('(?i)\\b(BY)\\s+(COLUMN)\\b', DATA, DATA), ...use('source')],
    }),
    pair('parens', { begin: `(?i)(\\()(?=\\s*(?:$|//|/\\*|${QUERY_STARTS}))`, patterns: use('query') }),
    pair('parens', { begin: '(\\()', patterns: [...use('comments'), name(COLUMN), COMMA] }),
    name(TABLE),
  ],
});

const LOAD_END =
  '(?=[;)])|(?=(?i:\\b(?:WHERE|RETURN|WITH|MATCH|OPTIONAL|UNWIND|CREATE|MERGE|SET|DELETE|CALL|LOAD)\\b))';
const loadFrom = span({
  name: 'meta.load',
  begin: '(?i)\\b(LOAD)\\s+(FROM)\\b',
  scopes: [DATA, DATA],
  end: LOAD_END,
  patterns: use('source'),
});
const loadWithHeaders = span({
  name: 'meta.load',
  begin: '(?i)\\b(LOAD)\\s+(WITH)\\s+(HEADERS)\\b',
  scopes: [DATA, DATA, DATA],
  end: LOAD_END,
  patterns: [
    ...use('comments', 'columns'),
    span({ begin: '(?i)\\b(FROM)\\b', scopes: [DATA], end: LOAD_END, patterns: use('source') }),
  ],
});

const moveDatabase = span({
  name: 'meta.statement.move-database',
  begin: '(?i)\\b(EXPORT|IMPORT)\\s+(DATABASE)\\b',
  scopes: [DATA, DATA],
  end: STATEMENT_END,
  patterns: use('comments', 'strings', 'option-list'),
});
const attach = span({
  name: 'meta.statement.attach',
  begin: '(?i)\\b(ATTACH)\\b(?=\\s*(?:[\'"]|$))',
  scopes: [DATA],
  end: STATEMENT_END,
  patterns: [
    ...use('comments', 'strings'),
    parts(`(?i)\\b(AS)\\b(?:\\s+(${NAME}))?`, DATA, NAMESPACE),
    ...use('option-list'),
    name(NAMESPACE),
  ],
});

/** Statements about data in files, databases, extensions, settings and transactions. */
export const data = {
  'option-list': optionList,
  source,
  load: { patterns: [loadFrom, loadWithHeaders] },
  call: {
    patterns: [
      parts(`(?i)\\b(CALL)\\s+(${NAME})\\s*(=)(?!~)`, CLAUSE, 'support.variable.setting', ASSIGNMENT),
      parts(`(?i)\\b(CALL)\\s+(${NAME})(?=\\s*\\()`, CLAUSE, FUNCTION),
    ],
  },
  data: {
    patterns: [
      copy,
      ...use('load'),
      parts(`(?i)\\b(LOAD)\\s+(EXTENSION)\\b(?:\\s+(${NAME}))?`, DATA, DATA, NAMESPACE),
      parts(`${START}(LOAD)\\b(?:\\s+(${NAME})${ALONE})?(?=\\s*(?:['"]|;|$|//|/\\*))`, DATA, NAMESPACE),
      parts(`(?i)\\b(?:(FORCE)\\s+)?(INSTALL)\\b(?:\\s+(${NAME}))?(?:\\s+(FROM)\\b)?`, DATA, DATA, NAMESPACE, DATA),
      parts(`${START}(UNINSTALL|UPDATE)\\s+(${NAME})${ALONE}`, DATA, NAMESPACE),
      moveDatabase,
      attach,
      parts(`${START}(DETACH|USE)\\s+(${NAME})${ALONE}`, DATA, NAMESPACE),
      parts(`${START}(PROJECT)\\s+(GRAPH)\\b(?:\\s+(${NAME}))?`, DATA, DATA, NAMESPACE),
    ],
  },
  transactions: {
    patterns: [
      parts(
        '(?i)\\b(BEGIN)\\s+(TRANSACTION)\\b(?:\\s+(READ)\\b(?:\\s+(ONLY|WRITE)\\b)?)?',
        TRANSACTION,
        TRANSACTION,
        TRANSACTION,
        TRANSACTION,
      ),
      parts(`${START}(COMMIT|ROLLBACK|CHECKPOINT)\\b${ALONE}`, TRANSACTION),
      word(TRANSACTION, '(?i)\\b(?:COMMIT|ROLLBACK)_SKIP_CHECKPOINT\\b'),
    ],
  },
  explain: {
    patterns: [
      parts(`${START}(EXPLAIN)\\b(?:\\s+(LOGICAL)\\b)?(?!\\s*[.,:=)])`, CLAUSE, CLAUSE),
      word(CLAUSE, '(?i)\\bPROFILE\\b'),
    ],
  },
};
