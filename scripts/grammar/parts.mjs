// The pieces that the grammar's rules are made of. TextMate JSON has no variables, so the rules are written
// with these and printed by scripts/build-grammar.mjs, which also adds the language's suffix to every scope.

/** A name as the engine's lexer takes it: letters, digits, `_` and currency signs, or backquoted. */
export const NAME = '(?:[^\\W\\d][\\w\\p{Sc}]*|(?:`[^`]*`)+)';

const MARKER = '(?:--|//)\\s*(?:UP|DOWN)\\s*:?\\s*$';
const FIRST_WORDS =
  '(?:CREATE|ALTER|DROP\\s+(?:TABLE|SEQUENCE)|COMMENT\\s+ON|COPY|EXPORT|IMPORT|ATTACH|DETACH|USE|CALL|BEGIN|COMMIT|' +
  'ROLLBACK|CHECKPOINT|LOAD|INSTALL|MATCH|OPTIONAL|MERGE|UNWIND|RETURN|EXPLAIN|PROFILE)\\b';
const FIRST_WORDS_OF_DDL =
  '(?:CREATE\\s+(?:NODE|REL|SEQUENCE|MACRO|TYPE|USER)|ALTER\\s+TABLE|DROP\\s+(?:TABLE|SEQUENCE))\\b';

/** Ends a statement: `;`, a section marker, or a line that starts another one, since files of one statement a line without `;` exist. */
export const STATEMENT_END = `(?i)(?=;)|^(?=\\s*(?:${MARKER}|${FIRST_WORDS}))`;
/** Ends a statement that has become a query, whose own clauses start lines too. */
export const QUERY_END = `(?i)(?=;)|^(?=\\s*(?:${MARKER}|${FIRST_WORDS_OF_DDL}))`;

/** Before a word that only means something at the start of a statement, and may be a name elsewhere. */
export const START = '(?i)(?:^|(?<=;|\\*/|EXPLAIN|LOGICAL|PROFILE))\\s*';
/** After the last word of a statement. */
export const ALONE = '(?=\\s*(?:;|$|//|/\\*))';

export const DDL = 'keyword.other.ddl';
export const DATA = 'keyword.other.data';
export const CLAUSE = 'keyword.control.clause';
export const TRANSACTION = 'keyword.control.transaction';
export const TABLE = 'entity.name.type.table';
export const LABEL = 'entity.name.type.label';
export const COLUMN = 'variable.other.property';
export const VARIABLE = 'variable.other.readwrite';
export const NAMESPACE = 'entity.name.namespace';
export const FUNCTION = 'entity.name.function';

/** Capture groups 1, 2, … with a scope each; a group without a scope is skipped. */
export function groups(scopes) {
  return Object.fromEntries(scopes.flatMap((name, at) => (name ? [[String(at + 1), { name }]] : [])));
}

/** References to rules of the repository. */
export function use(...rules) {
  return rules.map((rule) => ({ include: `#${rule}` }));
}

/** Text of one scope. */
export function word(name, match) {
  return { name, match };
}

/** Text whose capture groups have a scope each. */
export function parts(match, ...scopes) {
  return { match, captures: groups(scopes) };
}

/** From the text that `begin` matches, its groups scoped, up to a zero-width `end`. */
export function span({ begin, scopes, end, name, patterns }) {
  return { ...(name ? { name } : {}), begin, beginCaptures: groups(scopes), end, patterns };
}

const CLOSERS = { parens: '\\)', brackets: '\\]', braces: '\\}' };

/** A bracket pair, `scopes` for what leads up to the bracket itself; `;` ends one that was never closed. */
export function pair(kind, { begin, scopes = [], name, patterns }) {
  return {
    ...(name ? { name } : {}),
    begin,
    beginCaptures: groups([...scopes, `punctuation.section.${kind}.begin`]),
    end: `(${CLOSERS[kind]})|(?=;)`,
    endCaptures: groups([`punctuation.section.${kind}.end`]),
    patterns,
  };
}

/** Any name, as one scope. */
export function name(as) {
  return word(as, NAME);
}

export const COMMA = word('punctuation.separator.comma', ',');
