import { COMMA, groups, use, word } from './parts.mjs';

const COLON = 'punctuation.separator.key-value';
const DIRECTIVE = 'keyword.control.directive';
const DELIMITER = 'punctuation.definition.comment';
const LINE = 'comment.line meta.directive';

/**
 * Section markers and directives: lines that are comments to an engine or to us. `leads` are what may start such a line,
 * as alternatives of a regular expression; `query` is what colours a precondition's query.
 */
export function directives(leads, query) {
  return {
    sectionMarker: {
      match: `(?i)^\\s*((${leads})\\s*(UP|DOWN)\\b\\s*:?)\\s*$`,
      captures: groups(['comment.line meta.section-marker', DELIMITER, 'keyword.control.section entity.name.section']),
    },
    // `while` that never holds: whatever the query leaves open ends with its line.
    directiveWithQuery: {
      begin: `(?i)^\\s*((${leads})\\s*(assert|assume)\\s*(:))`,
      beginCaptures: groups([LINE, DELIMITER, DIRECTIVE, COLON]),
      while: '(?!)',
      contentName: 'meta.embedded.inline',
      patterns: query,
    },
    // A colon or a line of its own is asked for, so that "-- requires care" stays prose.
    directive: {
      match: `(?i)^\\s*((${leads})\\s*(?:(reopen)\\s*$|(lint-ignore)(?![\\w-])(?:\\s*(:))?(.*)|(transaction|requires|batch|rename)\\s*(:)(.*)))`,
      captures: {
        ...groups([LINE, DELIMITER, DIRECTIVE, DIRECTIVE, COLON, '', DIRECTIVE, COLON]),
        6: { name: LINE, patterns: use('directive-value') },
        9: { name: LINE, patterns: use('directive-value') },
      },
    },
    directiveValue: { patterns: [word('constant.other.directive-value', '[^\\s,]+'), COMMA] },
  };
}
