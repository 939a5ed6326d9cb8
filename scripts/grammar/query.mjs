import { CLAUSE, COLUMN, FUNCTION, LABEL, NAME, name, pair, parts, span, use, VARIABLE, word } from './parts.mjs';

const COLON = 'punctuation.separator.colon';
const WORD_OPERATOR = 'keyword.operator.word';
// Most clause words may be names as well. What stands after them tells.
const NOT_A_NAME = '(?!\\s*[.,)\\]};]|\\s*:(?!:)|\\s*=(?!~))';

const clauses = {
  patterns: [
    parts('(?i)\\b(OPTIONAL)\\s+(MATCH)\\b', CLAUSE, CLAUSE),
    parts('(?i)\\b(ON)\\s+(MATCH|CREATE)\\b', CLAUSE, CLAUSE),
    parts('(?i)\\b(DETACH)\\s+(DELETE)\\b', CLAUSE, CLAUSE),
    parts('(?i)\\b(ORDER)\\s+(BY)\\b', CLAUSE, CLAUSE),
    parts('(?i)\\b(UNION)\\b(?:\\s+(ALL)\\b)?', CLAUSE, CLAUSE),
    parts('(?i)\\b(STARTS|ENDS)\\s+(WITH)\\b', WORD_OPERATOR, WORD_OPERATOR),
    parts('(?i)\\b(IS)\\s+(?:(NOT)\\s+)?(NULL)\\b', WORD_OPERATOR, WORD_OPERATOR, 'constant.language.null'),
    parts(`(?i)\\b(AS)\\s+(?!(?:MATCH|RETURN|LOAD|UNWIND|CALL)\\s*[(\\w])(${NAME})`, CLAUSE, 'variable.other.alias'),
    word(
      CLAUSE,
      `(?i)(?<![.$\`])\\b(?:MATCH|MERGE|SET|DELETE|RETURN|SKIP|LIMIT|YIELD|CALL|LOAD|AS|BY)\\b${NOT_A_NAME}`,
    ),
    word(
      CLAUSE,
      '(?i)\\b(?:CREATE|OPTIONAL|UNWIND|WITH|WHERE|DISTINCT|ORDER|ASC|ASCENDING|DESC|DESCENDING|ON|HINT|JOIN|MULTI_JOIN)\\b',
    ),
    word('keyword.control.conditional', '(?i)\\b(?:CASE|WHEN|THEN|ELSE|END)\\b'),
    parts(
      `(?i)\\b(WSHORTEST)\\b(?:\\s*(\\()\\s*(${NAME})\\s*(\\)))?`,
      'keyword.other.recursive',
      'punctuation.section.parens.begin',
      COLUMN,
      'punctuation.section.parens.end',
    ),
    word('keyword.other.recursive', '(?i)\\b(?:SHORTEST|TRAIL|ACYCLIC)\\b|\\bALL\\b(?=\\s+W?SHORTEST\\b)'),
    word('keyword.operator.quantifier', '(?i)\\b(?:ALL|ANY|NONE|SINGLE)\\b'),
    word('keyword.operator.logical', '(?i)\\b(?:AND|OR|XOR|NOT)\\b'),
    // contains(a, b) is a function too.
    word(WORD_OPERATOR, `(?i)\\b(?:IN|STARTS|ENDS|EXISTS)\\b|\\bCONTAINS\\b(?!\\()${NOT_A_NAME}`),
  ],
};

const relationship = {
  begin: '(<)?(-)\\s*(\\[)',
  beginCaptures: {
    1: { name: 'keyword.operator.arrow' },
    2: { name: 'keyword.operator.arrow' },
    3: { name: 'punctuation.section.brackets.begin' },
  },
  end: '(\\])\\s*(-\\s*>?)?|(?=;)',
  endCaptures: {
    1: { name: 'punctuation.section.brackets.end' },
    2: { name: 'keyword.operator.arrow' },
  },
  name: 'meta.relationship',
  patterns: [
    ...use('comments'),
    parts(`(:)\\s*(${NAME})`, COLON, LABEL),
    parts(`(\\|)\\s*(:)?\\s*(${NAME})`, 'keyword.operator.alternative', COLON, LABEL),
    word('keyword.operator.recursive', '\\*'),
    ...use('query'),
  ],
};

const parens = pair('parens', {
  begin: '(\\()',
  patterns: [
    ...use('comments'),
    parts(`(:)(?!=)\\s*(${NAME})`, COLON, LABEL),
    parts(`(${NAME})\\s*(:=)`, 'variable.parameter.named', 'keyword.operator.assignment'),
    // Alone or before a label it is a variable, whatever the word.
    parts('(?<=\\()\\s*((?!(?i:NULL|TRUE|FALSE)\\b)[^\\W\\d]\\w*)(?=\\s*(?::(?!=)|\\)))', VARIABLE),
    ...use('query'),
  ],
});

/** Queries: clauses, patterns and expressions. */
export const query = {
  query: {
    patterns: use(
      'comments',
      'load',
      'call',
      'cast',
      'subquery',
      'clauses',
      'literals',
      'relationship',
      'parens',
      'brackets',
      'braces',
      'properties',
      'words',
      'functions',
      'operators',
      'variables',
      'punctuation',
    ),
  },
  clauses,
  cast: pair('parens', {
    begin: '(?i)\\b(CAST)\\s*(\\()',
    scopes: ['support.function'],
    patterns: [
      span({ begin: '(?i)\\b(AS)\\b', scopes: ['keyword.operator.as'], end: '(?=[);])', patterns: use('types') }),
      ...use('query'),
    ],
  }),
  subquery: pair('braces', {
    name: 'meta.subquery',
    begin: '(?i)\\b(EXISTS|COUNT)\\s*(\\{)',
    scopes: ['keyword.operator.subquery'],
    patterns: use('query'),
  }),
  relationship,
  parens,
  brackets: pair('brackets', { begin: '(\\[)', patterns: use('query') }),
  braces: pair('braces', {
    begin: '(\\{)',
    patterns: [
      ...use('comments'),
      parts(`(${NAME})\\s*(:)(?!=)`, COLUMN, 'punctuation.separator.key-value'),
      ...use('query'),
    ],
  }),
  properties: parts(
    `(?<!\\.)(\\.)(?!\\.)\\s*(?:(${NAME})|(\\*))`,
    'punctuation.accessor',
    COLUMN,
    'keyword.operator.wildcard',
  ),
  // Words that can't be a name anywhere: coloured even where a statement is half typed.
  words: word(
    'keyword.other',
    '(?i)\\b(?:TABLE|GROUP|MACRO|COLUMN|PRIMARY|DEFAULT|DBTYPE|HEADERS|GLOB|INSTALL|ONLY|PROFILE|CAST)\\b',
  ),
  functions: word(FUNCTION, `${NAME}(?=\\s*\\()`),
  variables: name(VARIABLE),
};
