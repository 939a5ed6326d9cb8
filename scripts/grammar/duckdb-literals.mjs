import { COMMA, groups, parts, word } from './parts.mjs';

const MARKER = '^(?=\\s*--\\s*(?i:UP|DOWN)\\s*:?\\s*$)';
const TAG = '\\$(?:[A-Za-z_\\x{80}-\\x{10FFFF}][A-Za-z_0-9\\x{80}-\\x{10FFFF}]*)?\\$';
const QUOTE = { begin: 'punctuation.definition.string.begin', end: 'punctuation.definition.string.end' };
const DOLLAR = 'string.quoted.other.dollar';

/** Ends what was opened by a bracket that nobody closed. */
export const BRACKET_END = `(?=;)|${MARKER}`;
export const SQL = { include: 'source.sql' };

/** A bracket pair with a kind of its own inside. */
function bracket(kind, begin, close, patterns) {
  return {
    begin,
    beginCaptures: groups([`punctuation.section.${kind}.begin`]),
    end: `(${close})|${BRACKET_END}`,
    endCaptures: groups([`punctuation.section.${kind}.end`]),
    patterns: [...patterns, COMMA, SQL],
  };
}

const escapeString = {
  name: 'string.quoted.single.escape',
  begin: "(?<![\\w$])([eE])(')",
  beginCaptures: groups(['storage.type.string', QUOTE.begin]),
  end: "'(?!')",
  endCaptures: { 0: { name: QUOTE.end } },
  patterns: [word('constant.character.escape', "\\\\(?:[0-7]{1,3}|x\\h{1,2}|u\\h{4}|U\\h{8}|.)|''")],
};

// PostgreSQL puts the bodies of functions between these behind AS and DO, and MySQL's scripts end statements with them
// (DELIMITER $$). So it is a string where a value stands, or where it ends on the line that it starts.
const dollarStrings = {
  patterns: [
    {
      match: `^\\s*((${TAG})[^$]*(\\2))`,
      captures: groups([DOLLAR, QUOTE.begin, QUOTE.end]),
    },
    {
      name: DOLLAR,
      begin: `(?i)(?<=[(,=|\\[{:<>+]|[(,=|\\[{:<>+]\\s|SELECT\\s|\\WIS\\s|LIKE\\s|THEN\\s|ELSE\\s|DEFAULT\\s)(${TAG})`,
      beginCaptures: groups([QUOTE.begin]),
      end: '\\1',
      endCaptures: { 0: { name: QUOTE.end } },
    },
  ],
};

// Not `{{`, `{%` and `${`, which templates use.
const struct = bracket(
  'braces',
  '(?<![#$%{])(\\{)(?![{%#])(?=\\s*$|\\s*\\}|\\s*(?:\'[^\'\\n]*\'|"[^"\\n]*"|[\\w.]+)\\s*:(?!:))',
  '\\}',
  [
    parts(
      '(?:^|(?<=[{,]))\\s*(?:([^\\W\\d]\\w*)|(\'[^\'\\n]*\'|"[^"\\n]*"))\\s*(:)(?![:=])',
      'variable.other.property',
      'string.quoted variable.other.property',
      'punctuation.separator.key-value',
    ),
    word('punctuation.separator.key-value', '(?<!:):(?![:=])'),
  ],
);

// T-SQL writes names in brackets: a list is what follows a value, or starts with what no name starts with, or has a comma.
const list = bracket(
  'brackets',
  '(?<=[\\w)\\]"])(\\[)|(\\[)(?=\\s*(?:[\'\\[{$]|-?\\d[\\d._]*\\s*[,:]|\\]|$)|[^\\]\\[\\n]{1,200},|[^\\]\\[\\n]{1,200}\\s(?i:for)\\s)',
  '\\]',
  [
    word('punctuation.separator.slice', '(?<!:):(?![:=])'),
    word('keyword.control.comprehension', '(?i)\\b(?:FOR|IF)\\b(?=\\s+\\w)'),
  ],
);
list.beginCaptures['2'] = list.beginCaptures['1'];

const lambdaBody = 'storage.type.function.lambda';
const PARAMETER = 'variable.parameter';
const argument = word(PARAMETER, '\\w+');

/** Literals, parameters and operators. */
export const literals = {
  strings: { patterns: [escapeString, dollarStrings] },
  brackets: { patterns: [struct, list] },
  lambda: {
    patterns: [
      {
        match: '(?i)\\b(LAMBDA)\\s+(\\w+(?:\\s*,\\s*\\w+)*)\\s*(:)(?![:=])',
        captures: {
          1: { name: lambdaBody },
          2: { patterns: [argument, COMMA] },
          3: { name: 'keyword.operator.arrow' },
        },
      },
      // With a string behind the arrow it is a path into JSON.
      parts("(?<=[(,]|[(,]\\s)([^\\W\\d]\\w*)\\s*(->)(?!>|\\s*'|\\s*\\d)", PARAMETER, 'keyword.operator.arrow'),
      {
        match: "\\(([\\w\\s,]{1,120})\\)\\s*(->)(?!>|\\s*')",
        captures: { 1: { patterns: [argument, COMMA] }, 2: { name: 'keyword.operator.arrow' } },
      },
      parts('(?<=[(,]|[(,]\\s)([^\\W\\d]\\w*)\\s*(:=|=>)', PARAMETER, 'keyword.operator.assignment'),
    ],
  },
  literals: {
    patterns: [
      parts('(?<![\\w$])(\\$)(batch)(?![\\w$])', 'punctuation.definition.variable', 'variable.language.batch'),
      parts('(?<![\\w$])(\\$)(\\w++)(?!\\$)', 'punctuation.definition.variable', PARAMETER),
      word('constant.numeric.hex', '(?<![\\w.$])0[xX]\\h+(?:_\\h+)*(?!\\w)'),
      word('constant.numeric.float', '(?<![\\w.$])\\d+(?:\\.\\d*)?[eE][-+]?\\d+(?!\\w)'),
      word('constant.numeric.integer', '(?<![\\w.$])\\d+(?:_\\d+)+(?!\\w)'),
      word('constant.language.boolean', '(?i)(?<![\\w.$@#])(?:TRUE|FALSE)(?!\\w|\\s*[.(])'),
    ],
  },
  operators: {
    patterns: [
      word('keyword.operator.assignment', ':='),
      word('keyword.operator.arrow', '->>?'),
      word('keyword.operator.arithmetic', '//|\\*\\*'),
      word('keyword.operator.comparison', '!~~\\*?|~~~|~~\\*?|\\^@|&&'),
    ],
  },
};
