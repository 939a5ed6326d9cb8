import { COMMA, groups, NAME, scope, use, word } from './parts.mjs';

const COLON = 'punctuation.separator.key-value';
const DIRECTIVE = 'keyword.control.directive';
const DELIMITER = 'punctuation.definition.comment';

const sectionMarker = {
  match: '(?i)^\\s*((--|//)\\s*(UP|DOWN)\\b\\s*:?)\\s*$',
  captures: groups(['comment.line meta.section-marker', DELIMITER, 'keyword.control.section entity.name.section']),
};

// `while` that never holds: whatever the query leaves open ends with its line.
const directiveWithQuery = {
  begin: '(?i)^\\s*((--|//)\\s*(assert|assume)\\s*(:))',
  beginCaptures: groups(['comment.line meta.directive', DELIMITER, DIRECTIVE, COLON]),
  while: '(?!)',
  contentName: scope('meta.embedded.inline'),
  patterns: use('query'),
};

// A colon or a line of its own is asked for, so that "-- requires care" stays prose.
const directive = {
  match: '(?i)^\\s*((--|//)\\s*(?:(reopen)\\s*$|(lint-ignore)\\b(?:\\s*(:))?(.*)|(transaction|requires)\\s*(:)(.*)))',
  captures: {
    ...groups(['comment.line meta.directive', DELIMITER, DIRECTIVE, DIRECTIVE, COLON, '', DIRECTIVE, COLON]),
    6: { name: scope('comment.line meta.directive'), patterns: use('directive-value') },
    9: { name: scope('comment.line meta.directive'), patterns: use('directive-value') },
  },
};

// `--(` and `-->` at the start of a line go on with a pattern: (a)⏎-->(b).
const dashLine = {
  match: '^\\s*((--)(?!>|\\().*)$',
  captures: groups(['comment.line.double-dash', DELIMITER]),
};

const slashLine = { name: scope('comment.line.double-slash'), match: '(//).*$', captures: groups([DELIMITER]) };

const blockComment = {
  name: scope('comment.block'),
  begin: '/\\*',
  end: '\\*/',
  captures: { 0: { name: scope(DELIMITER) } },
  // The engine's lexer takes `*` and the character after it as a pair: `**/` does not close a comment, `***/` does.
  patterns: [{ match: '\\*[^/]' }],
};

function string(kind, quote) {
  return {
    name: scope(`string.quoted.${kind}`),
    begin: quote,
    end: quote,
    beginCaptures: { 0: { name: scope('punctuation.definition.string.begin') } },
    endCaptures: { 0: { name: scope('punctuation.definition.string.end') } },
    patterns: [
      word('constant.character.escape', '\\\\(?:[\\\\\'"bBfFnNrRtT]|[uU]\\h{4}(?:\\h{4})?)'),
      word('invalid.illegal.unknown-escape', '\\\\.'),
    ],
  };
}

/** What any statement is made of: comments and directives, literals, operators. */
export const lexical = {
  comments: { patterns: [sectionMarker, directiveWithQuery, directive, dashLine, slashLine, blockComment] },
  'directive-value': { patterns: [word('constant.other.directive-value', '[^\\s,]+'), COMMA] },
  strings: { patterns: [string('single', "'"), string('double', '"')] },
  numbers: {
    patterns: [
      word('keyword.operator.range', '\\.\\.'),
      word('constant.numeric.float', '(?<![\\w.])(?:\\d+(?:\\.\\d+)?|\\.\\d+)[eE]-?\\d+\\b|(?<![\\w.])\\d*\\.\\d+\\b'),
      word('constant.numeric.integer', '(?<!\\w)\\d+(?!\\w)'),
    ],
  },
  parameters: {
    name: scope('variable.parameter'),
    match: `(\\$)(?:${NAME}|\\d+)`,
    captures: groups(['punctuation.definition.variable']),
  },
  literals: {
    patterns: [
      ...use('strings', 'numbers', 'parameters'),
      word('constant.language.boolean', '(?i)\\b(?:TRUE|FALSE)\\b'),
      word('constant.language.null', '(?i)\\bNULL\\b'),
    ],
  },
  operators: {
    patterns: [
      word('keyword.operator.assignment', ':='),
      word('keyword.operator.comparison', '=~|<>|<=|>=(?!>)'),
      // The engine knows `!=` only to refuse it: "you probably meant to use '<>'".
      word('invalid.illegal.operator', '!='),
      word('keyword.operator.arrow', '<-{1,2}>?|-{1,2}>|(?<=\\))--(?=\\s*\\()|^\\s*--(?=\\()'),
      word('keyword.operator.bitwise', '<<|>>|&|\\|'),
      word('keyword.operator.comparison', '[=<>]'),
      word('keyword.operator.wildcard', '(?i)(?<=\\(|RETURN\\s|WITH\\s|DISTINCT\\s)\\*'),
      word('keyword.operator.arithmetic', '[-+*/%^!]'),
    ],
  },
  punctuation: { patterns: [COMMA, word('punctuation.separator.colon', ':')] },
  terminator: word('punctuation.terminator.statement', ';'),
};
