import { directives } from './directives.mjs';
import { COMMA, groups, NAME, use, word } from './parts.mjs';

const DELIMITER = 'punctuation.definition.comment';
const { sectionMarker, directiveWithQuery, directive, directiveValue } = directives('--|//', use('query'));

const dashes = (match) => ({ match, captures: groups(['comment.line.double-dash', DELIMITER]) });
const anyDashLine = dashes('^\\s*((--).*)$');
// Where a statement may be open, `--(` and `-->` at the start of a line go on with a pattern: (a)⏎-->(b).
const dashLine = dashes('^\\s*((--)(?!>|\\().*)$');

const slashLine = { name: 'comment.line.double-slash', match: '(//).*$', captures: groups([DELIMITER]) };

const blockComment = {
  name: 'comment.block',
  begin: '/\\*',
  end: '\\*/',
  captures: { 0: { name: DELIMITER } },
  // The engine's lexer takes `*` and the character after it as a pair: `**/` does not close a comment, `***/` does.
  patterns: [{ match: '\\*[^/]' }],
};

function string(kind, quote) {
  return {
    name: `string.quoted.${kind}`,
    begin: quote,
    end: quote,
    beginCaptures: { 0: { name: 'punctuation.definition.string.begin' } },
    endCaptures: { 0: { name: 'punctuation.definition.string.end' } },
    patterns: [
      word('constant.character.escape', '\\\\(?:[\\\\\'"bBfFnNrRtT]|[uU]\\h{4}(?:\\h{4})?)'),
      word('invalid.illegal.unknown-escape', '\\\\.'),
    ],
  };
}

/** What any statement is made of: comments and directives, literals, operators. */
export const lexical = {
  comments: { patterns: [sectionMarker, directiveWithQuery, directive, dashLine, slashLine, blockComment] },
  'directive-value': directiveValue,
  strings: { patterns: [string('single', "'"), string('double', '"')] },
  numbers: {
    patterns: [
      word('keyword.operator.range', '\\.\\.'),
      word('constant.numeric.float', '(?<![\\w.])(?:\\d+(?:\\.\\d+)?|\\.\\d+)[eE]-?\\d+\\b|(?<![\\w.])\\d*\\.\\d+\\b'),
      word('constant.numeric.integer', '(?<!\\w)\\d+(?!\\w)'),
    ],
  },
  parameters: {
    name: 'variable.parameter',
    // `$batch` is the size of a slice, which the directive of that name gives.
    match: `(\\$)(?:(batch)(?![\\w\\p{Sc}])|${NAME}|\\d+)`,
    captures: groups(['punctuation.definition.variable', 'variable.language.batch']),
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
  // No statement is open behind a semicolon, so whatever starts with two dashes there is a comment.
  'between-statements': {
    begin: '(;)(?:\\s*(?:((//).*)|((--).*))$)?',
    beginCaptures: groups([
      'punctuation.terminator.statement',
      'comment.line.double-slash',
      DELIMITER,
      'comment.line.double-dash',
      DELIMITER,
    ]),
    end: '(?=\\s*\\S)',
    applyEndPatternLast: 1,
    patterns: [
      sectionMarker,
      directiveWithQuery,
      directive,
      anyDashLine,
      { match: '^\\s*((//).*)$', captures: groups(['comment.line.double-slash', DELIMITER]) },
      blockComment,
    ],
  },
  'first-line': dashes('\\A\\s*((--)[>(].*)$'),
};
